package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"portero/shared/domain/fault"
)

// shape is what a handler takes, as its input type's tags say: strings from
// path and query, and a body.
type shape struct {
	registry huma.Registry
	path     []parameter
	query    []parameter
	names    map[string]bool // of the query
	body     *huma.Schema    // nil: none
	at       []int           // of the body's field
	optional bool            // the body's field is a pointer: it may be left out
}

// parameter is one string of the path or the query.
type parameter struct {
	name     string
	field    []int
	schema   *huma.Schema
	required bool
}

// shapeOf reads an input type. It panics on a parameter that is no string:
// identifiers, cursors and words are all there is.
func shapeOf(t reflect.Type, registry huma.Registry) shape {
	s := shape{registry: registry, names: map[string]bool{}}
	for _, f := range reflect.VisibleFields(t) {
		if len(f.Index) > 1 && !embedded(t, f.Index) {
			continue
		}
		path, query := f.Tag.Get("path"), f.Tag.Get("query")
		switch {
		case path != "":
			s.path = append(s.path, parameterOf(path, f, true, registry))
		case query != "":
			s.query = append(s.query, parameterOf(query, f, f.Tag.Get("required") == "true", registry))
			s.names[query] = true
		case f.Name == "Body":
			s.body, s.at = huma.SchemaFromField(registry, f, t.Name()+"Body"), f.Index
			s.optional = f.Type.Kind() == reflect.Pointer
		}
	}
	return s
}

// embedded reports whether every step to a field but the last is an embedded
// struct.
func embedded(t reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		f := t.Field(i)
		if !f.Anonymous {
			return false
		}
		t = f.Type
	}
	return true
}

func parameterOf(name string, f reflect.StructField, required bool, registry huma.Registry) parameter {
	if f.Type.Kind() != reflect.String {
		panic(fmt.Sprintf("web: parameter %s is a %s, not a string", name, f.Type))
	}
	return parameter{name: name, field: f.Index, schema: huma.SchemaFromField(registry, f, ""), required: required}
}

func init() {
	// encoding/json takes a name in any case; validation must see what it takes.
	huma.ValidateStrictCasing = true
}

// decode fills in, a pointer to a value of the shape's type: unknown names are
// refused, values that are not acceptable are named.
func (s shape) decode(x *exchange, in any) error {
	v := reflect.ValueOf(in).Elem()
	at, found := huma.NewPathBuffer(nil, 0), &huma.ValidateResult{}
	for name := range x.query {
		if !s.names[name] {
			at.Reset()
			at.Push(name)
			found.Add(at, nil, "no parameter has this name")
		}
	}
	for _, p := range s.path {
		v.FieldByIndex(p.field).SetString(x.event.PathParameters[p.name])
	}
	for _, p := range s.query {
		s.decodeQuery(p, x.query.Get(p.name), v, at, found)
	}
	if len(found.Errors) > 0 {
		return unacceptable(found.Errors)
	}
	body := bytes.TrimSpace(x.body)
	if len(body) == 0 {
		body = empty // nothing said is an object that says nothing
	}
	if s.body == nil {
		if !bytes.Equal(body, empty) {
			return errNoBody
		}
		return nil
	}
	return s.decodeBody(body, v.FieldByIndex(s.at))
}

var empty = []byte("{}")

func (s shape) decodeQuery(p parameter, value string, v reflect.Value, at *huma.PathBuffer, found *huma.ValidateResult) {
	at.Reset()
	at.Push(p.name)
	if value == "" {
		if p.required {
			found.Add(at, nil, "this parameter is needed")
		} else if d, ok := p.schema.Default.(string); ok {
			v.FieldByIndex(p.field).SetString(d)
		}
		return
	}
	huma.Validate(s.registry, p.schema, at, huma.ModeWriteToServer, value, found)
	v.FieldByIndex(p.field).SetString(value)
}

func (s shape) decodeBody(body []byte, v reflect.Value) error {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return errJSON.Because(err)
	}
	found := &huma.ValidateResult{}
	huma.Validate(s.registry, s.body, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, value, found)
	if len(found.Errors) > 0 {
		return unacceptable(found.Errors)
	}
	if err := json.Unmarshal(body, v.Addr().Interface()); err != nil {
		return unreadable(err)
	}
	return checkBody(v, value, "")
}

var errNoBody = fault.New(fault.Malformed, "body_unexpected", "This request takes no body.")

// unacceptable names the fields that validation found at fault.
func unacceptable(errs []error) error {
	f := fault.New(fault.Invalid, fault.CodeInvalid, "Some values are not acceptable. See each field's detail.")
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			detail := d.ErrorDetail()
			f.Fields = append(f.Fields, fault.Field{Name: join(detail.Location, missing(detail.Message)), Code: fault.CodeInvalid, Detail: sentence(detail.Message)})
		}
	}
	return f
}

// missing returns the name of a property that validation misses: huma says it
// in the message only, whose form it exports.
func missing(message string) string {
	before, after, _ := strings.Cut(validation.MsgExpectedRequiredProperty, "%s")
	rest, ok := strings.CutPrefix(message, before)
	if !ok {
		return ""
	}
	return strings.TrimSuffix(rest, after)
}

// unreadable is a value whose own type refuses it: a validity, an hour.
func unreadable(err error) error {
	f := fault.New(fault.Invalid, fault.CodeInvalid, "A value is not acceptable. "+sentence(err.Error()))
	if t, ok := err.(*json.UnmarshalTypeError); ok {
		f = fault.On(t.Field, fault.CodeInvalid, "A value is of the wrong type.")
	}
	return f.Because(err)
}
