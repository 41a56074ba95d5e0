package web

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/shared/contract"
	"portero/shared/domain/apikey"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/idempotency"
	"portero/shared/domain/limit"
	"portero/shared/domain/session"
)

// overtaken is the store of a request whose twin commits between its reading
// and its writing, which no test over HTTP can time.
type overtaken struct{ record idempotency.Record }

func (o *overtaken) Credentials(context.Context, session.Token) (session.Credentials, error) {
	return session.Credentials{}, nil
}
func (o *overtaken) Touch(context.Context, session.Session, time.Time) error { return nil }
func (o *overtaken) Count(context.Context, limit.Counter) (bool, error)      { return true, nil }
func (o *overtaken) KeyCredentials(context.Context, apikey.Token) (apikey.Credentials, error) {
	return apikey.Credentials{}, nil
}
func (o *overtaken) TouchKey(context.Context, id.Workspace, id.APIKey, time.Time) error { return nil }
func (o *overtaken) Remembered(context.Context, id.Workspace, string) (idempotency.Record, bool, error) {
	return o.record, o.record.Hash != "", nil
}
func (o *overtaken) Commit(_ context.Context, set change.Set) error {
	for _, w := range set.Writes {
		if r, ok := w.Record.(idempotency.Record); ok && o.record.Hash == "" {
			o.record = r
			return w.Conflict
		}
	}
	return nil
}

type twin struct {
	Body struct {
		Token string `json:"token"`
	}
}

func (t twin) LinkToken() string { return t.Body.Token }

type handed struct {
	Token string `json:"token"`
}

func TestATwinThatIsOvertakenRevokesNoSecret(t *testing.T) {
	const link = "ws_01jd0h5m3w8q4v9x2c6k7n1t5z.msg_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	rekeyed := 0
	e := Endpoint{
		Row:   contract.Endpoint{Function: contract.Function{Name: "twins/make"}, Method: "POST", Auth: contract.Link, Secret: true},
		Takes: reflect.TypeFor[twin](),
		Do: func(context.Context, Call, any) (Answer, error) {
			answer := AnswerOf(Reply[handed]{Body: handed{Token: "first"}})
			answer.Change.Insert(struct{}{})
			answer.Kept = handed{}
			return answer, nil
		},
		Again: func(context.Context, Call, any, []byte) (Answer, error) {
			rekeyed++
			return AnswerOf(Reply[handed]{Body: handed{Token: "second"}}), nil
		},
	}
	store := &overtaken{}
	serve := e.Invoker(&Server{Store: store, Now: func() time.Time { return time.Unix(1_800_000_000, 0) }, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	event, err := json.Marshal(events.APIGatewayV2HTTPRequest{
		Headers: map[string]string{"content-type": "application/json", "idempotency-key": "k", "sec-fetch-site": "same-origin"},
		Body:    `{"token":"` + link + `"}`,
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func() (answer events.APIGatewayV2HTTPResponse) {
		raw, err := serve(t.Context(), event)
		if err == nil {
			err = json.Unmarshal(raw, &answer)
		}
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	if got := ask(); got.StatusCode != 409 || got.Headers["retry-after"] != "1" || rekeyed != 0 {
		t.Errorf("overtaken: %d %s, %d other secrets", got.StatusCode, got.Body, rekeyed)
	}
	if got := ask(); got.StatusCode != 200 || rekeyed != 1 {
		t.Errorf("asked again: %d %s, %d other secrets", got.StatusCode, got.Body, rekeyed)
	}
}
