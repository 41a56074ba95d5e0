package web

import (
	"encoding"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2/validation"

	"portero/shared/domain/fault"
)

// finding collects the fields at fault. Its words are those of huma's package
// validation, which is words only.
type finding []fault.Field

func (f *finding) add(at path, message string, of ...any) {
	f.addAs(fault.CodeInvalid, at, message, of...)
}

// addAs is add for what has a code of its own.
func (f *finding) addAs(code fault.Code, at path, message string, of ...any) {
	if len(of) > 0 {
		message = fmt.Sprintf(message, of...)
	}
	*f = append(*f, fault.Field{Name: strings.Trim(string(at), "."), Code: code, Detail: sentence(message)})
}

// path says where a value stands: "lines[0].address". A longer path shares the
// bytes of the one it began as, which is used again only after it.
type path []byte

func (p path) name(name string) path {
	if len(p) > 0 {
		p = append(p, '.')
	}
	return append(p, name...)
}

func (p path) index(i int) path {
	return append(strconv.AppendInt(append(p, '['), int64(i), 10), ']')
}

// check names what is not acceptable in a value, as encoding/json decodes it
// into an any.
func (f *form) check(v any, at path, found *finding) {
	if v == nil && f.null {
		return
	}
	switch f.kind {
	case boolean:
		if _, ok := v.(bool); !ok {
			found.add(at, validation.MsgExpectedBoolean)
		}
	case integer:
		if n, ok := v.(float64); !ok || n != math.Trunc(n) {
			found.add(at, validation.MsgExpectedInteger)
		}
	case text:
		f.checkText(v, at, found)
	case list:
		f.checkList(v, at, found)
	case dictionary, object:
		values, ok := v.(map[string]any)
		switch {
		case !ok:
			found.add(at, validation.MsgExpectedObject)
		case f.kind == object:
			f.checkObject(values, at, found)
		default:
			for _, name := range slices.Sorted(maps.Keys(values)) {
				f.item.check(values[name], at.name(name), found)
			}
		}
	}
}

func (f *form) checkText(v any, at path, found *finding) {
	s, ok := v.(string)
	if !ok {
		found.add(at, validation.MsgExpectedString)
		return
	}
	if f.maxLength > 0 && utf8.RuneCountInString(s) > f.maxLength {
		found.addAs(f.code, at, validation.MsgExpectedMaxLength, f.maxLength)
	}
	if len(f.enum) > 0 && !slices.Contains(f.enum, s) {
		found.addAs(f.code, at, validation.MsgExpectedOneOf, strings.Join(f.enum, ", "))
	}
}

func (f *form) checkList(v any, at path, found *finding) {
	items, ok := v.([]any)
	if !ok {
		found.add(at, validation.MsgExpectedArray)
		return
	}
	if len(items) < f.minItems {
		found.addAs(f.none, at, validation.MsgExpectedMinItems, f.minItems)
	}
	if f.maxItems > 0 && len(items) > f.maxItems {
		found.addAs(f.code, at, validation.MsgExpectedMaxItems, f.maxItems)
	}
	for i, item := range items {
		f.item.check(item, at.index(i), found)
	}
}

// checkObject takes names as they are written, in no other case.
func (f *form) checkObject(values map[string]any, at path, found *finding) {
	known := 0
	for _, p := range f.properties {
		v, sent := values[p.name]
		if sent {
			known++
		}
		switch {
		case sent && (v != nil || p.required):
			p.check(v, at.name(p.name), found)
		case !sent && p.required:
			found.add(at.name(p.name), validation.MsgExpectedRequiredProperty, p.name)
		}
	}
	if known == len(values) {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !slices.ContainsFunc(f.properties, func(p property) bool { return p.name == name }) {
			found.add(at.name(name), validation.MsgUnexpectedProperty)
		}
	}
}

// read names the texts of a checked value that their own type refuses: a
// validity, an hour, a date.
func (f *form) read(v any, at path, found *finding) {
	switch v := v.(type) {
	case string:
		if f.own == nil {
			return
		}
		if err := reflect.New(f.own).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(v)); err != nil {
			found.addAs(f.code, at, err.Error())
		}
	case []any:
		for i, item := range v {
			f.item.read(item, at.index(i), found)
		}
	case map[string]any:
		for _, p := range f.properties {
			p.read(v[p.name], at.name(p.name), found)
		}
	}
}
