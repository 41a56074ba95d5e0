package web

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
	"time"

	"portero/shared/domain/fault"
)

// refuse turns an error into the problem that is answered, and keeps what the
// log record says about it.
func (x *exchange) refuse(err error) []byte {
	p := problemOf(err)
	p.RequestID = x.event.RequestContext.RequestID
	x.status, x.fault, x.cause = p.Status, p.Code, err
	x.header.Set("Content-Type", ProblemMedia)
	if p.retry > 0 {
		x.header.Set("Retry-After", strconv.Itoa(p.retry))
	}
	x.tellLimit(fault.As(err))
	return p.encode()
}

// log writes the one record of a request.
func (s *Server) log(ctx context.Context, fn string, x *exchange, took time.Duration) {
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("fn", fn), slog.Int("status", x.status), slog.Int64("duration_ms", took.Milliseconds()),
		slog.String("request_id", x.event.RequestContext.RequestID),
	}
	if x.call.Actor.Workspace != "" {
		attrs = append(attrs, slog.String("workspace", string(x.call.Actor.Workspace)), slog.String("actor", x.call.Actor.Name()))
	}
	if x.fault != "" {
		attrs = append(attrs, slog.String("fault", string(x.fault)))
	}
	if x.status >= 500 && x.cause != nil {
		level = slog.LevelError
		attrs = append(attrs, slog.String("cause", x.cause.Error()))
	}
	s.Log.LogAttrs(ctx, level, "request", attrs...)
}

// pause waits before a rerun: full jitter, doubling from 5 ms, at most 160 ms.
func pause(ctx context.Context, run int) error {
	longest := 5 * time.Millisecond << min(run, 5)
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	timer := time.NewTimer(time.Duration(binary.LittleEndian.Uint64(b[:])%uint64(longest)) + 1)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return fault.New(fault.Unavailable, fault.CodeUnavailable, "The service did not answer in time. Try again in a moment.").Because(ctx.Err())
	case <-timer.C:
		return nil
	}
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" && f.Anonymous {
		return ""
	}
	return name
}

func join(path, name string) string { return strings.Trim(path+"."+name, ".") }

func itoa(i int) string { return strconv.Itoa(i) }
