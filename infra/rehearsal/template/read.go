package template

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// everything is the path of Pass.
const everything = "*"

// reads are the properties that were asked for, for Unread.
type reads struct {
	mu    sync.Mutex
	paths map[string]bool
}

// mark notes a path; a number in it counts in a list, of which all elements
// share their rows.
func (r *reads) mark(path string) {
	if r == nil {
		return
	}
	path = strings.Join(slices.DeleteFunc(strings.Split(path, "."), func(name string) bool { _, err := strconv.Atoi(name); return err == nil }), ".")
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.paths == nil {
		r.paths = map[string]bool{}
	}
	r.paths[path] = true
}

// has is whether the path, something above it or something below it was read.
func (r *reads) has(path string) bool {
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for read := range r.paths {
		if read == everything || read == path || strings.HasPrefix(path, read+".") || strings.HasPrefix(read, path+".") {
			return true
		}
	}
	return false
}

// Unread returns, one a line, the properties that the table calls used, that a
// resource has and that nobody read by the methods below: what a rehearsal
// passed over. Reading an object or a list reads all in it. Concurrent use is
// fine.
func (a *Assembly) Unread() []string {
	var all []string
	for _, r := range a.Resources {
		k := kinds[r.Type]
		for path, why := range k.properties {
			if why == used && k.aside == "" && there(r.Properties, strings.Split(path, ".")) && !r.reads.has(path) {
				all = append(all, r.at([]string{path}).errorf("nobody read it").Error())
			}
		}
	}
	slices.Sort(all)
	return all
}

func (r Resource) at(path []string) place {
	return place{stack: r.Stack, path: "resource " + r.LogicalID + " (" + r.Type + "): Properties." + strings.Join(path, ".")}
}

// there is whether a path leads somewhere, in lists by any element.
func there(v any, path []string) bool {
	if list, ok := v.([]any); ok {
		return slices.ContainsFunc(list, func(one any) bool { return there(one, path) })
	}
	object, ok := v.(map[string]any)
	if len(path) == 0 || !ok {
		return len(path) == 0
	}
	below, ok := object[path[0]]
	return ok && there(below, path[1:])
}

// step follows a path; a number counts in a list.
func step(v any, path []string) (any, bool) {
	for _, name := range path {
		switch level := v.(type) {
		case map[string]any:
			below, ok := level[name]
			if !ok {
				return nil, false
			}
			v = below
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(level) {
				return nil, false
			}
			v = level[i]
		default:
			return nil, false
		}
	}
	return v, true
}

// Has says whether the property is there. A path is the names from the top; a
// number counts in a list: r.String("Targets", "0", "Arn"). Every method below
// takes such a path and returns an error of one line, naming stack, resource and
// path, if the property is missing or of another type.
func (r Resource) Has(path ...string) bool {
	r.reads.mark(strings.Join(path, "."))
	_, ok := step(r.Properties, path)
	return ok
}

// Value returns a property of any type.
func (r Resource) Value(path ...string) (any, error) {
	r.reads.mark(strings.Join(path, "."))
	v, ok := step(r.Properties, path)
	if !ok {
		return nil, r.at(path).errorf("it is missing")
	}
	return v, nil
}

// String returns a string.
func (r Resource) String(path ...string) (string, error) {
	return typed[string](r, path, "a string")
}

// List returns a list.
func (r Resource) List(path ...string) ([]any, error) { return typed[[]any](r, path, "a list") }

// Map returns an object.
func (r Resource) Map(path ...string) (map[string]any, error) {
	return typed[map[string]any](r, path, "an object")
}

func typed[T any](r Resource, path []string, want string) (T, error) {
	var none T
	v, err := r.Value(path...)
	if err != nil {
		return none, err
	}
	t, ok := v.(T)
	if !ok {
		return none, r.at(path).errorf("want %s", want)
	}
	return t, nil
}

// Number returns a number; a string that is one counts, as it does for
// CloudFormation.
func (r Resource) Number(path ...string) (float64, error) {
	v, err := r.Value(path...)
	if err != nil {
		return 0, err
	}
	text, _ := plain(v)
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, r.at(path).errorf("want a number")
	}
	return n, nil
}

// Int returns a whole number.
func (r Resource) Int(path ...string) (int, error) {
	n, err := r.Number(path...)
	if err == nil && n != float64(int(n)) {
		err = r.at(path).errorf("want a whole number")
	}
	return int(n), err
}

// Bool returns a truth value; "true" and "false" count.
func (r Resource) Bool(path ...string) (bool, error) {
	v, err := r.Value(path...)
	if err != nil {
		return false, err
	}
	text, _ := plain(v)
	if text != "true" && text != "false" {
		return false, r.at(path).errorf("want true or false")
	}
	return text == "true", nil
}

// Strings returns a list of strings.
func (r Resource) Strings(path ...string) ([]string, error) {
	list, err := r.List(path...)
	if err != nil {
		return nil, err
	}
	all := make([]string, len(list))
	for i, v := range list {
		text, ok := v.(string)
		if !ok {
			return nil, r.at(path).at(i).errorf("want a string")
		}
		all[i] = text
	}
	return all, nil
}

// StringMap returns an object of strings, such as a function's
// Environment.Variables. It may hold secrets.
func (r Resource) StringMap(path ...string) (map[string]string, error) {
	object, err := r.Map(path...)
	if err != nil {
		return nil, err
	}
	all := make(map[string]string, len(object))
	for name, v := range object {
		text, ok := plain(v)
		if !ok {
			return nil, r.at(path).in(name).errorf("want a string")
		}
		all[name] = text
	}
	return all, nil
}
