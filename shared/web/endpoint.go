package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
)

// Endpoint is a row with its handler.
type Endpoint[I, O any] struct {
	Row contract.Endpoint
	Do  Do[I, O]
	// Again is needed by rows whose answer carries a secret.
	Again Again[I, O]
}

// raw is an encoded answer, for huma to write as it is.
type raw struct {
	Status   int
	Type     string   `header:"Content-Type"`
	Cookies  []string `header:"Set-Cookie"`
	Replayed string   `header:"Idempotent-Replayed"`
	Body     []byte
}

// Register binds the endpoint to one huma API for serving.
func (e Endpoint[I, O]) Register(s *Server, api huma.API) {
	huma.Register(api, operation(e.Row), func(ctx context.Context, in *I) (*raw, error) {
		x := exchangeFrom(ctx)
		out, err := e.serve(ctx, s, x, in)
		if err != nil {
			return nil, x.refuse(err)
		}
		return out, nil
	})
}

// maxRuns is how often a request is run against a state that keeps changing
// under it before its caller hears of it (chosen; 50 at once need about 8).
const maxRuns = 12

// serve is the life of a decoded request.
func (e Endpoint[I, O]) serve(ctx context.Context, s *Server, x *exchange, in *I) (*raw, error) {
	if err := checkIDs(in); err != nil {
		return nil, err
	}
	ws := workspaceOf(x.Param("workspace"), in)
	call, err := s.authenticate(ctx, e.Row, x, ws)
	if err != nil {
		return nil, err
	}
	x.call = call
	if err := authorise(e.Row, call.Actor); err != nil {
		return nil, err
	}
	if err := s.limit(ctx, e.Row, call); err != nil {
		return nil, err
	}
	k, err := keyOf(e.Row, x, call, in)
	if err != nil {
		return nil, err
	}
	call.Key = k.hash
	for run := 0; ; run++ {
		out, err := e.run(ctx, s, call, k, in)
		if !rerun(err) {
			return out, err
		}
		if run == maxRuns {
			if k.hash != "" {
				return nil, errBusy.Because(err)
			}
			return nil, err
		}
		if err := pause(ctx, run); err != nil {
			return nil, err
		}
	}
}

// rerun reports whether err says that the state changed between reading and
// writing.
func rerun(err error) bool {
	return err != nil && (errors.Is(err, fault.Stale(nil)) || errors.Is(err, errKeyRaced))
}

// run decides and commits once.
func (e Endpoint[I, O]) run(ctx context.Context, s *Server, call Call, k keyed, in *I) (*raw, error) {
	prior, found, err := s.remembered(ctx, k)
	if err != nil {
		return nil, err
	}
	var reply Reply[O]
	switch {
	case found && e.Again == nil:
		return &raw{Status: prior.Status, Type: jsonType(prior.Answer), Replayed: "true", Body: prior.Answer}, nil
	case found:
		var before O
		if err := json.Unmarshal(prior.Answer, &before); err != nil {
			return nil, err
		}
		reply, err = e.Again(ctx, call, in, before)
	default:
		reply, err = e.Do(ctx, call, in)
	}
	if err != nil {
		return nil, err
	}
	out, err := e.encode(s, call, reply)
	if err != nil {
		return nil, err
	}
	if k.hash != "" && !found && (!reply.Change.Empty() || reply.Committed) {
		r, err := record(k, out.Status, reply.Body, call.Now)
		if err != nil {
			return nil, err
		}
		reply.Change.InsertOr(r, errKeyRaced)
	}
	if err := s.Store.Commit(ctx, reply.Change); err != nil {
		return nil, err
	}
	if found {
		out.Replayed = "true"
	}
	return out, nil
}

func (e Endpoint[I, O]) encode(s *Server, call Call, reply Reply[O]) (*raw, error) {
	out := &raw{Status: reply.Status}
	if out.Status == 0 {
		out.Status = e.Row.Status
	}
	if _, none := any(reply.Body).(None); none {
		if out.Status == 0 {
			out.Status = http.StatusNoContent
		}
	} else {
		body, err := json.Marshal(reply.Body)
		if err != nil {
			return nil, err
		}
		out.Body, out.Type = body, jsonType(body)
		if out.Status == 0 {
			out.Status = http.StatusOK
		}
	}
	switch {
	case !reply.Cookie.Zero():
		out.Cookies = []string{s.cookie(reply.Cookie.Workspace, reply.Cookie.Reveal())}
	case reply.SignOut:
		out.Cookies = []string{s.cookie(call.Actor.Workspace, "")}
	}
	return out, nil
}

func jsonType(body []byte) string {
	if len(body) == 0 {
		return ""
	}
	return "application/json"
}

// authorise decides the row's own question. What the object says comes later,
// in the domain.
func authorise(row contract.Endpoint, a access.Actor) error {
	switch row.Auth {
	case contract.Public, contract.Link:
		return nil
	case contract.Session:
		if access.May(a, row.Needs) {
			return nil
		}
		return fault.NotAllowed()
	}
	return fault.NotAllowed()
}

// checkIDs refuses identifiers of the wrong kind or form in path and query:
// nothing can be there, so the answer is the one for "not there"; in a body it
// is a field at fault.
func checkIDs(in any) error {
	v := reflect.ValueOf(in).Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Tag.Get("path") != "" {
			if c, ok := v.Field(i).Interface().(interface{ Check() error }); ok && c.Check() != nil {
				return fault.NotYours()
			}
			continue
		}
		name := f.Tag.Get("query")
		if name == "" && f.Name == "Body" {
			if err := checkBody(v.Field(i), ""); err != nil {
				return err
			}
			continue
		}
		if c, ok := v.Field(i).Interface().(interface{ Check() error }); ok && name != "" && !v.Field(i).IsZero() && c.Check() != nil {
			return badID(name)
		}
	}
	return nil
}

func badID(name string) error {
	return fault.On(name, "id_malformed", "This is not an identifier of the kind that belongs here.")
}

// checker is implemented by identifiers.
type checker interface{ Check() error }

var checkerType = reflect.TypeFor[checker]()

func checkBody(v reflect.Value, path string) error {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return checkBody(v.Elem(), path)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			if err := checkBody(v.Field(i), join(path, jsonName(f))); err != nil {
				return err
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := checkBody(v.Index(i), path+"["+itoa(i)+"]"); err != nil {
				return err
			}
		}
	case reflect.String:
		if v.Type().Implements(checkerType) && v.Len() > 0 && v.Interface().(checker).Check() != nil {
			return badID(path)
		}
	}
	return nil
}
