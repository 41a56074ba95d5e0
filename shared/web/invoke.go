package web

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/danielgtaylor/huma/v2"

	"portero/shared/contract"
	"portero/shared/domain/fault"
)

// Registrar is an Endpoint of any types.
type Registrar interface {
	Register(s *Server, api huma.API)
}

// Invoker returns the function that serves a row's events. One operation is
// registered, and nothing of any other row is built.
func Invoker(s *Server, row contract.Endpoint, r Registrar) func(ctx context.Context, payload []byte) ([]byte, error) {
	a := &adapter{}
	r.Register(s, newAPI(a))
	return func(ctx context.Context, payload []byte) ([]byte, error) {
		var e events.APIGatewayV2HTTPRequest
		if err := json.Unmarshal(payload, &e); err != nil {
			return nil, fmt.Errorf("not an API Gateway event: %w", err)
		}
		return json.Marshal(s.serveEvent(ctx, a, row, &e))
	}
}

func (s *Server) serveEvent(ctx context.Context, a *adapter, row contract.Endpoint, e *events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPResponse {
	began := s.Now()
	x, err := newExchange(ctx, e)
	if err != nil {
		x = &exchange{ctx: ctx, event: e, header: map[string][]string{}}
	} else {
		err = s.handle(ctx, a, row, x)
	}
	if err != nil {
		p := x.refuse(err).(Problem)
		x.status = p.Status
		x.out.Reset()
		x.header.Set("Content-Type", p.ContentType(""))
		x.out.Write(p.encode())
	}
	s.log(ctx, row.Name, x, s.Now().Sub(began))
	return x.answer()
}

// handle checks what huma does not, then lets it decode and call the handler.
// A panic is a fault of ours like any other.
func (s *Server) handle(ctx context.Context, a *adapter, row contract.Endpoint, x *exchange) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if int64(len(x.body)) > bodyLimit(row) {
		return fault.New(fault.TooLarge, fault.CodeTooLarge, "The request is too large. Send less at once.")
	}
	if len(x.body) > 0 && !row.AnyBody {
		kind, _, _ := strings.Cut(header(x.event, "content-type"), ";")
		if !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
			return errMediaType
		}
		if err := strictJSON(x.body); err != nil {
			return err
		}
	}
	ctx, cancel := deadline(ctx)
	defer cancel()
	x.ctx, x.op = context.WithValue(ctx, exchangeKey{}, x), a.op
	a.handle(x)
	return nil
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
