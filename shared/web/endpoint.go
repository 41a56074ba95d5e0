package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"

	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/session"
)

// Endpoint is a row with its handler, its types forgotten: everything below
// Bind exists once, not once per row.
type Endpoint struct {
	row   contract.Endpoint
	in    reflect.Type
	do    func(ctx context.Context, call Call, in any) (reply, error)
	again func(ctx context.Context, call Call, in any, prior []byte) (reply, error)
}

// reply is a Reply with its body encoded.
type reply struct {
	status    int
	body      []byte // nil: none
	kept      []byte // the body without its secret
	change    change.Set
	cookie    session.Token
	signOut   bool
	committed bool
}

// Bind makes an endpoint of a row and a handler. again is needed by rows whose
// answer carries a secret, and nil for the rest.
func Bind[I, O any](row contract.Endpoint, do Do[I, O], again Again[I, O]) Endpoint {
	e := Endpoint{row: row, in: reflect.TypeFor[I](),
		do: func(ctx context.Context, call Call, in any) (reply, error) {
			r, err := do(ctx, call, in.(*I))
			return plain(r, err)
		},
	}
	if again != nil {
		e.again = func(ctx context.Context, call Call, in any, prior []byte) (reply, error) {
			var before O
			if err := json.Unmarshal(prior, &before); err != nil {
				return reply{}, err
			}
			r, err := again(ctx, call, in.(*I), before)
			return plain(r, err)
		}
	}
	return e
}

// plain encodes a reply's body.
func plain[O any](r Reply[O], err error) (reply, error) {
	out := reply{status: r.Status, change: r.Change, cookie: r.Cookie, signOut: r.SignOut, committed: r.Committed}
	if err != nil {
		return out, err
	}
	if _, none := any(r.Body).(None); none {
		return out, nil
	}
	if out.body, err = json.Marshal(r.Body); err != nil {
		return out, err
	}
	out.kept = out.body
	if s, ok := any(r.Body).(Secretive[O]); ok {
		out.kept, err = json.Marshal(s.WithoutSecret())
	}
	return out, err
}

// maxRuns is how often a request is run against a state that keeps changing
// under it before its caller hears of it (chosen; 50 at once need about 8).
const maxRuns = 12

// serve is the life of a decoded request; it returns the answer's body.
func (e Endpoint) serve(ctx context.Context, s *Server, x *exchange, in any) ([]byte, error) {
	if err := checkIDs(in); err != nil {
		return nil, err
	}
	ws := workspaceOf(x.event.PathParameters["workspace"], in)
	call, err := s.authenticate(ctx, e.row, x, ws)
	if err != nil {
		return nil, err
	}
	x.call = call
	if err := authorise(e.row, call.Actor); err != nil {
		return nil, err
	}
	if err := s.limit(ctx, e.row, call); err != nil {
		return nil, err
	}
	k, err := keyOf(e.row, x, call, in)
	if err != nil {
		return nil, err
	}
	call.Key = k.hash
	for run := 0; ; run++ {
		body, err := e.run(ctx, s, x, call, k, in)
		if !rerun(err) {
			return body, err
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
func (e Endpoint) run(ctx context.Context, s *Server, x *exchange, call Call, k keyed, in any) ([]byte, error) {
	prior, found, err := s.remembered(ctx, k)
	if err != nil {
		return nil, err
	}
	if found {
		x.header.Set("Idempotent-Replayed", "true")
	}
	var r reply
	switch {
	case found && e.again == nil:
		x.say(prior.Status, prior.Answer)
		return prior.Answer, nil
	case found:
		r, err = e.again(ctx, call, in, prior.Answer)
	default:
		r, err = e.do(ctx, call, in)
	}
	if err != nil {
		return nil, err
	}
	status := e.status(r)
	if k.hash != "" && !found && (!r.change.Empty() || r.committed) {
		r.change.InsertOr(k.record(status, r.kept, call.Now), errKeyRaced)
	}
	if err := s.Store.Commit(ctx, r.change); err != nil {
		return nil, err
	}
	switch {
	case !r.cookie.Zero():
		x.header.Set("Set-Cookie", s.cookie(r.cookie.Workspace, r.cookie.Reveal()))
	case r.signOut:
		x.header.Set("Set-Cookie", s.cookie(call.Actor.Workspace, ""))
	}
	x.say(status, r.body)
	return r.body, nil
}

// status is the reply's, else the row's, else what fits the body.
func (e Endpoint) status(r reply) int {
	switch {
	case r.status != 0:
		return r.status
	case e.row.Status != 0:
		return e.row.Status
	case r.body == nil:
		return http.StatusNoContent
	}
	return http.StatusOK
}

// say sets status and type of the answer.
func (x *exchange) say(status int, body []byte) {
	x.status = status
	if len(body) > 0 {
		x.header.Set("Content-Type", "application/json")
	}
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
// nothing can be there, so the answer is the one for "not there"; in the query
// it is a field at fault, as in a body (decode.go).
func checkIDs(in any) error {
	v := reflect.ValueOf(in).Elem()
	for _, f := range reflect.VisibleFields(v.Type()) {
		path, query := f.Tag.Get("path"), f.Tag.Get("query")
		if path == "" && query == "" {
			continue
		}
		c, ok := v.FieldByIndex(f.Index).Interface().(checker)
		switch {
		case !ok:
		case path != "" && c.Check() != nil:
			return fault.NotYours()
		case query != "" && !v.FieldByIndex(f.Index).IsZero() && c.Check() != nil:
			return badID(query)
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

// checkBody refuses identifiers of the wrong kind or form in a body; sent is
// what was sent there, so that an empty one is told from one left out.
func checkBody(v reflect.Value, sent any, path string) error {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return checkBody(v.Elem(), sent, path)
	case reflect.Struct:
		object, _ := sent.(map[string]any)
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			inner, name := any(object), jsonName(f)
			if name != "" {
				inner = object[name]
			}
			if err := checkBody(v.Field(i), inner, join(path, name)); err != nil {
				return err
			}
		}
	case reflect.Slice:
		list, _ := sent.([]any)
		for i := range min(v.Len(), len(list)) {
			if err := checkBody(v.Index(i), list[i], path+"["+itoa(i)+"]"); err != nil {
				return err
			}
		}
	case reflect.String:
		if sent != nil && v.Type().Implements(checkerType) && v.Interface().(checker).Check() != nil {
			return badID(path)
		}
	}
	return nil
}
