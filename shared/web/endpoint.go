package web

import (
	"context"
	"errors"
	"net/http"
	"reflect"

	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
)

// Endpoint is a row with its handler, whose types are forgotten: what serves a
// request exists once, not once per row.
type Endpoint struct {
	Row   contract.Endpoint
	Takes reflect.Type // the handler's input; Do gets a pointer to one
	// Do is the handler. It may run several times for one request, until its
	// change meets the state it was decided on.
	Do func(ctx context.Context, call Call, in any) (Answer, error)
	// Again answers a repeat of a request whose answer carries a secret: the
	// same object, a new secret, the former one revoked; nil for the rest.
	Again func(ctx context.Context, call Call, in any, prior []byte) (Answer, error)
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
		body, err := e.run(ctx, s, x, call, k, in, run > 0)
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

// run decides and commits once. A request that finds its own record only now
// was overtaken by its twin, whose caller is being handed a secret at this
// moment: it is told so, and makes no other secret that would revoke that one.
func (e Endpoint) run(ctx context.Context, s *Server, x *exchange, call Call, k keyed, in any, again bool) ([]byte, error) {
	prior, found, err := s.remembered(ctx, k)
	if err == nil && found && again && e.Again != nil {
		err = errBusy
	}
	if err != nil {
		return nil, err
	}
	if found {
		x.header.Set("Idempotent-Replayed", "true")
	}
	var r Answer
	switch {
	case found && e.Again == nil:
		x.say(prior.Status, prior.Answer)
		return prior.Answer, nil
	case found:
		r, err = e.Again(ctx, call, in, prior.Answer)
	case call.Session.Replaced:
		err = errSignIn // nothing that was asked before
	default:
		r, err = e.Do(ctx, call, in)
	}
	if !found && k.hash != "" && idle(r, err) {
		_, meanwhile, wrong := s.remembered(ctx, k)
		if wrong != nil {
			return nil, wrong
		}
		if meanwhile {
			return nil, errKeyRaced
		}
	}
	if err != nil {
		return nil, err
	}
	body, kept, err := r.encode()
	if err != nil {
		return nil, err
	}
	status := e.status(r.Status, body)
	if k.hash != "" && !found && (!r.Change.Empty() || r.Committed) {
		r.Change.InsertOr(k.record(status, kept, call.Now), errKeyRaced)
	}
	if err := s.Store.Commit(ctx, r.Change); err != nil {
		return nil, err
	}
	switch {
	case !r.Cookie.Zero():
		x.header.Set("Set-Cookie", s.cookie(r.Cookie.Workspace, r.Cookie.Reveal()))
	case r.SignOut:
		x.header.Set("Set-Cookie", s.cookie(call.Actor.Workspace, ""))
	}
	if r.Location != "" {
		x.header.Set("Location", r.Location)
	}
	if f, ok := r.Body.(File); ok {
		f.tell(x)
	}
	x.say(status, body)
	return body, nil
}

// idle reports whether nothing will be written that could meet another run of
// the same request: what this one decided may be what the other has made true.
func idle(r Answer, err error) bool {
	if f := fault.As(err); err != nil {
		return f != nil && f.Kind != fault.Unavailable && !rerun(err)
	}
	return r.Change.Empty() && !r.Committed
}

// status is the answer's, else the row's, else what fits the body.
func (e Endpoint) status(answered int, body []byte) int {
	switch {
	case answered != 0:
		return answered
	case e.Row.Status != 0:
		return e.Row.Status
	case body == nil:
		return http.StatusNoContent
	}
	return http.StatusOK
}

// say sets status and type of the answer; a file has said its own.
func (x *exchange) say(status int, body []byte) {
	x.status = status
	if len(body) > 0 && x.header.Get("Content-Type") == "" {
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
		if a.Owes != "" {
			return errOwing
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
