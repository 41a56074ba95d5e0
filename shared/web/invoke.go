package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/shared/contract"
	"portero/shared/domain/fault"
)

// Invoker returns the function that serves a row's events. Only this row's
// input is read.
func (e Endpoint) Invoker(s *Server) func(ctx context.Context, payload []byte) ([]byte, error) {
	input, unread := InputOf(e.Takes)
	return func(ctx context.Context, payload []byte) ([]byte, error) {
		var event events.APIGatewayV2HTTPRequest
		if err := json.Unmarshal(payload, &event); err != nil {
			return nil, fmt.Errorf("not an API Gateway event: %w", err)
		}
		if unread != nil {
			return nil, fmt.Errorf("%s: %w", e.Row.Name, unread)
		}
		began := s.Now()
		x, err := newExchange(&event)
		var body []byte
		if err == nil {
			body, err = e.handle(ctx, s, input, x)
		}
		if err != nil {
			body = x.refuse(err)
		}
		s.log(ctx, e.Row.Name, x, s.Now().Sub(began))
		return json.Marshal(x.answer(body))
	}
}

// handle decodes and serves. A panic is a fault of ours like any other.
func (e Endpoint) handle(ctx context.Context, s *Server, input Input, x *exchange) (body []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			body, err = nil, fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if err := e.readable(x); err != nil {
		return nil, err
	}
	in := reflect.New(e.Takes)
	if err := input.decode(x, in.Interface()); err != nil {
		return nil, err
	}
	ctx, cancel := deadline(ctx)
	defer cancel()
	return e.serve(ctx, s, x, in.Interface())
}

// readable refuses what is too large, of another media type, or loose JSON.
func (e Endpoint) readable(x *exchange) error {
	if int64(len(x.body)) > bodyLimit(e.Row) {
		return errTooLarge
	}
	if e.Row.AnyBody {
		x.body = nil // nothing of it is read
	}
	if len(x.body) == 0 {
		return nil
	}
	kind, _, _ := strings.Cut(header(x.event, "content-type"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), mediaOf(e.Row)) {
		return fault.New(fault.Unsupported, "media_type_unsupported", "Send the body as "+mediaOf(e.Row)+".")
	}
	if e.Row.BodyMedia != "" {
		return nil // the handler reads it
	}
	return strictJSON(x.body)
}

// mediaOf is the media type of a row's body.
func mediaOf(row contract.Endpoint) string { return cmp.Or(row.BodyMedia, "application/json") }

var errTooLarge = fault.New(fault.TooLarge, fault.CodeTooLarge, "The request is too large. Send less at once.")

func bodyLimit(row contract.Endpoint) int64 {
	if row.MaxBodyBytes > 0 {
		return row.MaxBodyBytes
	}
	return contract.DefaultBodyBytes
}

// beforeTimeout is what is left for the answer when Lambda's time is nearly up.
const beforeTimeout = 500 * time.Millisecond

func deadline(ctx context.Context) (context.Context, context.CancelFunc) {
	end, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, end.Add(-beforeTimeout))
}
