package web

import (
	"cmp"
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"portero/shared/domain/fault"
)

// form is what a JSON value must be, as its Go type and the tags of its field
// say: the part of JSON Schema that the rows use. Whatever else a tag may say to
// the document is refused by a test of functions, which also holds each form to
// the schema that the document gives for the same type.
type form struct {
	kind       kind
	null       bool     // null will do
	enum       []string // of a text; empty: any
	maxLength  int      // of a text, in code points; 0: any
	minItems   int      // of a list
	maxItems   int      // likewise; 0: any
	item       *form    // of a list, or of every value of a dictionary
	properties []property
	// code is what a value outside those bounds is called: the tag code, which
	// names the fault that the domain has for it, else invalid. own is the type
	// of a text that reads itself, such as a validity; nil: any text will do.
	code fault.Code
	own  reflect.Type
	// none is what a list with too few entries is called: the tag none, else code.
	none fault.Code
}

// property is one of an object's, which are in the order of their names.
type property struct {
	name     string
	required bool
	*form
}

type kind uint8

const (
	anything kind = iota
	boolean
	integer
	text
	list
	dictionary // any names, values of one form
	object     // its own names and no others
)

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

// formOf reads a type and the tags of its field. It panics with a misfit
// on a type that no row needed so far, and never ends on one that holds itself.
func formOf(t reflect.Type, tag reflect.StructTag) *form {
	f := &form{null: t.Kind() == reflect.Pointer, code: fault.Code(cmp.Or(tag.Get("code"), string(fault.CodeInvalid)))}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch k := t.Kind(); {
	case reflect.PointerTo(t).Implements(textType):
		f.kind, f.own = text, t
	case k == reflect.String:
		f.kind = text
	case k == reflect.Bool:
		f.kind = boolean
	case k == reflect.Int:
		f.kind = integer
	case k == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		f.kind, f.item = list, formOf(t.Elem(), "")
		f.minItems, f.maxItems = number(tag, "minItems"), number(tag, "maxItems")
		f.none = fault.Code(cmp.Or(tag.Get("none"), string(f.code)))
	case k == reflect.Map:
		f.kind, f.null, f.item = dictionary, false, formOf(t.Elem(), "")
	case k == reflect.Struct:
		f.kind, f.null, f.properties = object, false, propertiesOf(t)
	default:
		panic(misfit(fmt.Sprintf("no form for a %s", t)))
	}
	words := f
	if f.kind == list {
		words = f.item
	}
	if said := tag.Get("enum"); said != "" {
		words.enum = strings.Split(said, ",")
	}
	words.maxLength, words.code = max(words.maxLength, number(tag, "maxLength")), f.code
	return f
}

func number(tag reflect.StructTag, name string) int {
	said, ok := tag.Lookup(name)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(said)
	if err != nil {
		panic(misfit(fmt.Sprintf("%s is no number in the tag %s", said, tag)))
	}
	return n
}

// propertiesOf reads the fields of a struct and of what it embeds.
func propertiesOf(t reflect.Type) []property {
	var all []property
	for _, f := range reflect.VisibleFields(t) {
		if !f.IsExported() || f.Anonymous && f.Tag.Get("json") == "" || len(f.Index) > 1 && !embedded(t, f.Index) {
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if name == "" {
			name = f.Name
		}
		p := property{name: name, form: formOf(f.Type, f.Tag)}
		p.required = !strings.Contains(options, "omitempty") && !strings.Contains(options, "omitzero")
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b property) int { return strings.Compare(a.name, b.name) })
	return all
}
