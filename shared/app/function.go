package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/web"
)

// Invoke serves one event of a function: API Gateway's, the clock's, a
// service's or the operator's.
type Invoke func(ctx context.Context, payload []byte) ([]byte, error)

// Function is a row with its handler: what functions.go lists.
type Function struct {
	Row  contract.Row
	name string // as the row says; a row makes its Base anew for whoever asks
	// Start builds what serves the row's events; called once per process.
	Start func(a *App) Invoke
	// Takes and Answers are the types of an endpoint's handler, from which the
	// OpenAPI document is made; nil for the rest.
	Takes, Answers reflect.Type
}

// Name is the row's one name.
func (f Function) Name() string { return f.name }

// Handler is an endpoint's code: it loads, decides and replies. It may run
// several times for one request, until its change meets the state it was
// decided on.
type Handler[I, O any] func(ctx context.Context, a *App, call web.Call, in *I) (web.Reply[O], error)

// Repeat is the code that answers the repeat of a request whose answer carries
// a secret; see web.Endpoint.
type Repeat[I, O any] func(ctx context.Context, a *App, call web.Call, in *I, prior O) (web.Reply[O], error)

// Endpoint binds a row to its handler. A handler of the wrong types does not
// compile.
func Endpoint[I, O any](row contract.Endpoint, do Handler[I, O]) Function {
	if row.Secret {
		panic("app: " + row.Name + " returns a secret and needs SecretEndpoint")
	}
	return endpoint(row, reflect.TypeFor[I](), reflect.TypeFor[O](), func(ctx context.Context, a *App, call web.Call, in any) (web.Answer, error) {
		r, err := do(ctx, a, call, in.(*I))
		return web.AnswerOf(r), err
	}, nil)
}

// SecretEndpoint binds a row whose answer carries a secret.
func SecretEndpoint[I any, O web.Secretive[O]](row contract.Endpoint, do Handler[I, O], again Repeat[I, O]) Function {
	if !row.Secret {
		panic("app: " + row.Name + " does not say that it returns a secret")
	}
	return endpoint(row, reflect.TypeFor[I](), reflect.TypeFor[O](), func(ctx context.Context, a *App, call web.Call, in any) (web.Answer, error) {
		return keep(do(ctx, a, call, in.(*I)))
	}, func(ctx context.Context, a *App, call web.Call, in any, prior []byte) (web.Answer, error) {
		var before O
		if err := json.Unmarshal(prior, &before); err != nil {
			return web.Answer{}, err
		}
		return keep(again(ctx, a, call, in.(*I), before))
	})
}

func keep[O web.Secretive[O]](r web.Reply[O], err error) (web.Answer, error) {
	if err != nil {
		return web.Answer{}, err
	}
	answer := web.AnswerOf(r)
	answer.Kept = r.Body.WithoutSecret()
	return answer, nil
}

// The code of an endpoint, its types forgotten: what is generic exists once per
// row, so it is kept small.
type (
	handling  func(ctx context.Context, a *App, call web.Call, in any) (web.Answer, error)
	repeating func(ctx context.Context, a *App, call web.Call, in any, prior []byte) (web.Answer, error)
)

// endpoint is not inlined, or all of it would stand in the binary once per row
// (120 KB, measured).
//
//go:noinline
func endpoint(row contract.Endpoint, takes, answers reflect.Type, do handling, again repeating) Function {
	held := contract.Row(row) // kept once, not once more for Start
	return Function{Row: held, name: row.Name, Takes: takes, Answers: answers, Start: func(a *App) Invoke {
		e := web.Endpoint{Row: held.(contract.Endpoint), Takes: takes, Do: func(ctx context.Context, call web.Call, in any) (web.Answer, error) {
			return do(ctx, a, call, in)
		}}
		if again != nil {
			e.Again = func(ctx context.Context, call web.Call, in any, prior []byte) (web.Answer, error) {
				return again(ctx, a, call, in, prior)
			}
		}
		return e.Invoker(a.server)
	}}
}

// Tick is the event that the clock sends; "now" is the event's time, so a late
// or repeated tick does what it would have done in time.
type Tick struct {
	Time time.Time `json:"time"`
}

// Job binds a job to its code. What it returns is its answer, for whoever
// invokes it by hand.
func Job[O any](row contract.Job, do func(ctx context.Context, a *App, now time.Time) (O, error)) Function {
	return plain(row, func(ctx context.Context, a *App, t Tick) (O, error) {
		return do(ctx, a, t.Time.UTC().Truncate(time.Second))
	})
}

// Kick is what calls a job that a stream calls, too: a tick, or the things that
// the stream's records are about.
type Kick struct {
	Now    time.Time
	Things []Due // by the stream; none: a tick
}

// kicked is either event.
type kicked struct {
	Tick
	Records []events.DynamoDBEventRecord `json:"Records"`
}

// KickedJob binds a job that the clock and a stream call to its code. A record's
// thing is named by its attributes ws and id.
func KickedJob[O any](row contract.Job, do func(ctx context.Context, a *App, k Kick) (O, error)) Function {
	return plain(row, func(ctx context.Context, a *App, in kicked) (O, error) {
		k := Kick{Now: in.Time.UTC().Truncate(time.Second)}
		if len(in.Records) > 0 {
			k.Now = a.Now()
		}
		for _, r := range in.Records {
			k.Things = append(k.Things, Due{Workspace: id.Workspace(Word(r.Change.NewImage, "ws")), Thing: Word(r.Change.NewImage, "id"), At: k.Now})
		}
		return do(ctx, a, k)
	})
}

// Word is a text attribute of an image or key in a stream's record; empty where
// there is none.
func Word(of map[string]events.DynamoDBAttributeValue, name string) string {
	v, ok := of[name]
	if !ok || v.DataType() != events.DataTypeString {
		return ""
	}
	return v.String()
}

// Trigger binds a trigger to its code.
func Trigger[E, O any](row contract.Trigger, do func(ctx context.Context, a *App, event E) (O, error)) Function {
	return plain(row, do)
}

// Task binds an operator's task to its code.
func Task[I, O any](row contract.Task, do func(ctx context.Context, a *App, in I) (O, error)) Function {
	return plain(row, do)
}

// plain serves events that are JSON in and JSON out, with one log record each.
func plain[I, O any](row contract.Row, do func(ctx context.Context, a *App, in I) (O, error)) Function {
	name := row.Base().Name
	return Function{Row: row, name: name, Start: func(a *App) Invoke {
		return func(ctx context.Context, payload []byte) ([]byte, error) {
			began := a.Config.Now()
			var in I
			if err := json.Unmarshal(payload, &in); err != nil {
				return nil, fmt.Errorf("%s: not its event: %w", name, err)
			}
			out, err := do(ctx, a, in)
			level, attrs := slog.LevelInfo, []slog.Attr{slog.String("fn", name), slog.Int64("duration_ms", a.Config.Now().Sub(began).Milliseconds())}
			if err != nil {
				level, attrs = slog.LevelError, append(attrs, slog.String("cause", err.Error()))
			} else {
				attrs = append(attrs, slog.Any("answer", out))
			}
			a.Log.LogAttrs(ctx, level, "event", attrs...)
			if err != nil {
				return nil, err
			}
			return json.Marshal(out)
		}
	}}
}
