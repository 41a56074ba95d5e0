package functions_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"portero/functions"
	"portero/shared/contract"
	"portero/shared/web"
)

// promised is an endpoint's body: what the document says it may be, and what is
// taken.
type promised struct {
	name     string
	schema   *huma.Schema
	registry huma.Registry
	taken    web.Input
}

// promises lists the endpoints with a body, beside the document's schemas.
func promises(t testing.TB) []promised {
	t.Helper()
	huma.ValidateStrictCasing = true // names are taken as they are written
	doc, _ := documented(t)
	var all []promised
	for _, f := range functions.All() {
		row, ok := f.Row.(contract.Endpoint)
		if !ok {
			continue
		}
		op := operation(doc, row)
		if op.RequestBody == nil || row.BodyMedia != "" {
			continue
		}
		in, err := web.InputOf(f.Takes)
		if err != nil {
			t.Fatalf("%s: %v", row.Name, err)
		}
		all = append(all, promised{row.Name, op.RequestBody.Content["application/json"].Schema, doc.Components.Schemas, in})
	}
	return all
}

// documentSays is what huma finds wrong with a body by the document's schema, in
// web's form.
func (p promised) documentSays(body any) []string {
	found := &huma.ValidateResult{}
	huma.Validate(p.registry, p.schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, body, found)
	var all []string
	for _, err := range found.Errors {
		d := err.(*huma.ErrorDetail)
		at := d.Location
		if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
			at += "." + strings.TrimSuffix(name, " to be present")
		}
		all = append(all, strings.Trim(at, ".")+": "+strings.ToUpper(d.Message[:1])+d.Message[1:]+".")
	}
	slices.Sort(all)
	return all
}

func (p promised) webSays(body any) []string {
	var all []string
	for _, f := range p.taken.CheckBody(body) {
		if f.Code == "" {
			all = append(all, "no code")
		}
		all = append(all, f.Name+": "+f.Detail)
	}
	slices.Sort(all)
	return all
}

// agree compares the two on one body.
func (p promised) agree(t *testing.T, body any) {
	t.Helper()
	if diff := cmp.Diff(p.documentSays(body), p.webSays(body)); diff != "" {
		raw, _ := json.Marshal(body)
		t.Fatalf("%s: document (-) and web (+) differ about %.500s\n%s", p.name, raw, diff)
	}
}

// checked are the words of a schema that web checks, and those that say nothing
// about what is taken. A tag that brings another word into the document fails
// here until form.go knows it.
var checked = []string{
	"$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "maxLength", "minItems", "maxItems",
	"description", "examples", "default", "format",
}

func TestB7TheDocumentPromisesNothingOfABodyThatIsNotChecked(t *testing.T) {
	for _, p := range promises(t) {
		walk(p.registry, p.schema, func(s *huma.Schema) {
			raw, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			said := map[string]any{}
			if err := json.Unmarshal(raw, &said); err != nil {
				t.Fatal(err)
			}
			for word := range said {
				if !slices.Contains(checked, word) {
					t.Errorf("%s: the document says %s, which is not checked", p.name, word)
				}
			}
			if s.Format != "" && s.Type != "integer" {
				t.Errorf("%s: the format %s is not checked", p.name, s.Format)
			}
		})
	}
	doc, _ := documented(t)
	for _, f := range functions.All() {
		row, ok := f.Row.(contract.Endpoint)
		if !ok {
			continue
		}
		for _, param := range operation(doc, row).Parameters {
			s := *param.Schema
			s.Enum, s.MaxLength, s.Description, s.Default, s.Examples = nil, nil, "", nil, nil
			raw, err := json.Marshal(&s)
			if err != nil || string(raw) != `{"type":"string"}` {
				t.Errorf("%s: %s of the parameter %s is not checked", row.Name, raw, param.Name)
			}
		}
	}
}

func walk(r huma.Registry, s *huma.Schema, do func(*huma.Schema)) {
	if s == nil {
		return
	}
	do(s)
	if s.Ref != "" {
		s = r.SchemaFromRef(s.Ref)
		do(s)
	}
	walk(r, s.Items, do)
	for _, p := range s.Properties {
		walk(r, p, do)
	}
	if inner, ok := s.AdditionalProperties.(*huma.Schema); ok {
		walk(r, inner, do)
	}
}

func TestB7WhatIsTakenIsWhatIsDocumented(t *testing.T) {
	for _, p := range promises(t) {
		t.Run(p.name, func(t *testing.T) {
			p.agree(t, nil)
			whole := p.value(p.schema)
			p.agree(t, whole)
			if wrong := p.webSays(whole); len(wrong) > 0 {
				t.Errorf("what the document promises is refused: %v", wrong)
			}
			bodies := 0
			p.spoil(p.schema, func(v any) { p.agree(t, v); bodies++ })
			if bodies < 10 {
				t.Errorf("only %d bodies were tried", bodies)
			}
		})
	}
}

// value is one that the document promises to take, with every property.
func (p promised) value(s *huma.Schema) any {
	if s.Ref != "" {
		s = p.registry.SchemaFromRef(s.Ref)
	}
	switch s.Type {
	case "object":
		out := map[string]any{}
		for name, inner := range s.Properties {
			out[name] = p.value(inner)
		}
		if inner, ok := s.AdditionalProperties.(*huma.Schema); ok {
			out["any"] = p.value(inner)
		}
		return out
	case "array":
		out := []any{}
		for range deref(s.MinItems) + 1 {
			out = append(out, p.value(s.Items))
		}
		return out
	case "integer":
		return 1.0
	case "boolean":
		return true
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	return strings.Repeat("ñ", min(deref(s.MaxLength), 300))
}

func deref(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// spoil makes values that differ from a good one in one place, each place in
// every way that may matter.
func (p promised) spoil(s *huma.Schema, try func(any)) {
	if s.Ref != "" {
		s = p.registry.SchemaFromRef(s.Ref)
	}
	for _, v := range []any{nil, true, 1.0, 1.5, -1.0, 1e300, "", "zz", []any{}, []any{nil}, map[string]any{}, map[string]any{"zz": nil}} {
		try(v)
	}
	switch s.Type {
	case "string":
		for _, n := range []int{deref(s.MaxLength), deref(s.MaxLength) + 1} {
			try(strings.Repeat("ñ", n))
		}
		for _, e := range s.Enum {
			try(e)
			try(strings.ToUpper(e.(string)))
		}
	case "array":
		for _, n := range []int{deref(s.MinItems), deref(s.MaxItems), deref(s.MaxItems) + 1} {
			try(slices.Repeat([]any{p.value(s.Items)}, n))
		}
		p.spoil(s.Items, func(v any) { try([]any{p.value(s.Items), v}) })
	case "object":
		p.spoilObject(s, try)
	}
}

func (p promised) spoilObject(s *huma.Schema, try func(any)) {
	with := func(change func(map[string]any)) {
		o := p.value(s).(map[string]any)
		change(o)
		try(o)
	}
	with(func(o map[string]any) { o["unknown"], o["zz"] = 1.0, nil })
	for name, inner := range s.Properties {
		with(func(o map[string]any) { delete(o, name) })
		with(func(o map[string]any) { delete(o, name); o[strings.ToUpper(name)] = p.value(inner) })
		with(func(o map[string]any) { o[strings.ToUpper(name)] = nil })
		p.spoil(inner, func(v any) { with(func(o map[string]any) { o[name] = v }) })
	}
	if inner, ok := s.AdditionalProperties.(*huma.Schema); ok {
		p.spoil(inner, func(v any) { with(func(o map[string]any) { o["any"] = v }) })
	}
}

func FuzzWhatIsTakenIsWhatIsDocumented(f *testing.F) {
	all := promises(f)
	for n, p := range all {
		raw, err := json.Marshal(p.value(p.schema))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(n, raw)
	}
	f.Fuzz(func(t *testing.T, n int, raw []byte) {
		var body any
		// huma loses its way after a name with a dot, a bracket or nothing in it.
		if json.Unmarshal(raw, &body) != nil || n < 0 || lost(reflect.ValueOf(body)) {
			return
		}
		all[n%len(all)].agree(t, body)
	})
}

func lost(v reflect.Value) bool {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			if lost(v.Index(i)) {
				return true
			}
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if k.String() == "" || strings.ContainsAny(k.String(), ".[]") || lost(v.MapIndex(k)) {
				return true
			}
		}
	}
	return false
}
