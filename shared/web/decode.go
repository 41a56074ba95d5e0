package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"portero/shared/domain/fault"
)

// Input is what a handler takes, as its type's tags say: texts from path and
// query, and a body. The document is made of the same fields.
type Input struct {
	Path  []Parameter
	Query []Parameter
	Body  *reflect.StructField // nil: none; a pointer may be left out
	form  *form                // of the body
}

// Parameter is one text of the path or the query.
type Parameter struct {
	Name     string
	Field    reflect.StructField
	Required bool
	form     *form
}

// misfit is what is wrong with an input type.
type misfit string

// InputOf reads an input type. It returns an error for what no row needed so far: a
// parameter that is no string, since identifiers, cursors and words are all there
// is, or a body's field that has no form. A test of the rows asks for it by their
// names (functions/list_test.go).
func InputOf(t reflect.Type) (in Input, err error) {
	defer func() {
		switch wrong := recover().(type) {
		case nil:
		case misfit:
			err = errors.New("web: " + string(wrong))
		default:
			panic(wrong)
		}
	}()
	for _, f := range reflect.VisibleFields(t) {
		if len(f.Index) > 1 && !embedded(t, f.Index) {
			continue
		}
		path, query := f.Tag.Get("path"), f.Tag.Get("query")
		switch {
		case path != "":
			in.Path = append(in.Path, parameterOf(path, f, true))
		case query != "":
			in.Query = append(in.Query, parameterOf(query, f, f.Tag.Get("required") == "true"))
		case f.Name == "Body":
			if in.Body = &f; f.Type != rawType {
				in.form = formOf(f.Type, f.Tag)
			}
		}
	}
	return in, nil
}

// rawType is the type of a body that is taken as it is.
var rawType = reflect.TypeFor[[]byte]()

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

func parameterOf(name string, f reflect.StructField, required bool) Parameter {
	if f.Type.Kind() != reflect.String {
		panic(misfit(fmt.Sprintf("parameter %s is a %s, not a string", name, f.Type)))
	}
	return Parameter{Name: name, Field: f, Required: required, form: formOf(f.Type, f.Tag)}
}

// CheckBody names the fields of a body, as encoding/json decodes it into an any,
// that are not acceptable. A row without a body takes whatever there is.
func (s Input) CheckBody(body any) []fault.Field {
	var found finding
	if s.form != nil {
		s.form.check(body, nil, &found)
	}
	return found
}

// decode fills in, a pointer to a value of the input's type: unknown names are
// refused, values that are not acceptable are named.
func (s Input) decode(x *exchange, in any) error {
	v := reflect.ValueOf(in).Elem()
	var found finding
	for _, name := range slices.Sorted(maps.Keys(x.query)) {
		if !slices.ContainsFunc(s.Query, func(p Parameter) bool { return p.Name == name }) {
			found.add(path(name), "no parameter has this name")
		}
	}
	for _, p := range s.Path {
		v.FieldByIndex(p.Field.Index).SetString(x.event.PathParameters[p.Name])
	}
	for _, p := range s.Query {
		p.decode(x.query.Get(p.Name), v.FieldByIndex(p.Field.Index), &found)
	}
	if len(found) > 0 {
		return unacceptable(found)
	}
	body := bytes.TrimSpace(x.body)
	switch {
	case s.Body != nil && s.Body.Type == rawType:
		v.FieldByIndex(s.Body.Index).SetBytes(x.body)
		return nil
	case s.Body == nil && len(body) > 0 && !bytes.Equal(body, empty):
		return errNoBody
	case s.Body == nil || len(body) == 0 && s.Body.Type.Kind() == reflect.Pointer:
		return nil
	case len(body) == 0:
		return errBodyNeeded
	}
	return s.decodeBody(body, v.FieldByIndex(s.Body.Index))
}

var empty = []byte("{}")

// decode sets a parameter of the query; left out, it is its default.
func (p Parameter) decode(value string, v reflect.Value, found *finding) {
	switch {
	case value != "":
		p.form.check(value, path(p.Name), found)
	case p.Required:
		found.add(path(p.Name), "this parameter is needed")
	default:
		value = p.Field.Tag.Get("default")
	}
	v.SetString(value)
}

func (s Input) decodeBody(body []byte, v reflect.Value) error {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return errJSON.Because(err)
	}
	if found := s.CheckBody(value); len(found) > 0 {
		return unacceptable(found)
	}
	var refused finding
	if s.form.read(value, nil, &refused); len(refused) > 0 {
		return unacceptable(refused)
	}
	if err := json.Unmarshal(body, v.Addr().Interface()); err != nil {
		return unreadable(err)
	}
	return checkBody(v, value, "")
}

var (
	errNoBody     = fault.New(fault.Malformed, "body_unexpected", "This request takes no body.")
	errBodyNeeded = fault.On("body", "body_missing", "This request needs a body: a JSON object, if only an empty one.")
)

// unacceptable names the fields at fault.
func unacceptable(found []fault.Field) error {
	return fault.OnMany(found, "Some values are not acceptable. See each field's detail.")
}

// unreadable is a number that is too large for its field.
func unreadable(err error) error {
	if t, ok := err.(*json.UnmarshalTypeError); ok {
		return fault.On(t.Field, fault.CodeInvalid, "A value is of the wrong type.").Because(err)
	}
	return errJSON.Because(err)
}
