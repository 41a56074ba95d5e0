package template

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// Decode reads the properties into a struct by the names of its fields, as
// encoding/json does. Those that the struct names count as read, at every level;
// a map or an any reads all that is in it. An error names stack and resource.
func (r Resource) Decode(into any) error {
	raw, err := json.Marshal(r.Properties)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		return fmt.Errorf("stack %s: resource %s (%s): %w", r.Stack, r.LogicalID, r.Type, err)
	}
	r.named(reflect.TypeOf(into), r.Properties, "")
	return nil
}

// Pass says that whoever runs the type knows the resource and leaves it: all of
// it counts as read.
func (r Resource) Pass() { r.reads.mark(everything) }

// named marks what a type names of a value. It goes no deeper than the value
// does.
func (r Resource) named(t reflect.Type, v any, path string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if list, ok := v.([]any); ok && t.Kind() == reflect.Slice {
		for _, one := range list {
			r.named(t.Elem(), one, path)
		}
		return
	}
	object, ok := v.(map[string]any)
	if !ok || t.Kind() != reflect.Struct {
		r.reads.mark(path)
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch below, there := object[or(name, f.Name)]; {
		case f.Anonymous && name == "":
			r.named(f.Type, object, path)
		case f.IsExported() && there:
			r.named(f.Type, below, strings.TrimPrefix(path+"."+or(name, f.Name), "."))
		}
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
