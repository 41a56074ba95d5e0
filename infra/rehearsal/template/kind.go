package template

import (
	"maps"
	"slices"
	"strings"
)

// kind is what the rehearsal knows of one resource type.
type kind struct {
	// aside says why a rehearsal does not run the type; empty if it does.
	aside string
	// properties are the known ones. The value is used, or the reason why a
	// rehearsal may ignore the property. A property with rows below it, such as
	// Target.Arn (lists are passed through), has exactly those; one without may
	// hold anything.
	properties map[string]string

	ref          func(identity) string // nil: a generated name
	arn          func(identity) string // nil: none
	refIsARN     bool
	arnAttribute string // what Fn::GetAtt calls the ARN; empty if nothing
	attributes   map[string]func(identity) string
}

// used marks a property that whoever runs the type reads.
const used = ""

// Aside returns why a rehearsal does not run resources of a type, and whether
// that is so.
func Aside(resourceType string) (reason string, is bool) {
	k := kinds[resourceType]
	return k.aside, k.aside != ""
}

// Ignored returns the properties of a type that a rehearsal knows and does not
// read, each with the reason.
func Ignored(resourceType string) map[string]string {
	all := map[string]string{}
	for name, why := range kinds[resourceType].properties {
		if why != used {
			all[name] = why
		}
	}
	return all
}

// check returns an error for each property that the row does not have.
func (k kind) check(properties map[string]any, at place) []error {
	return k.checkObject(properties, "", at)
}

func (k kind) checkObject(object map[string]any, prefix string, at place) []error {
	var wrong []error
	for _, name := range slices.Sorted(maps.Keys(object)) {
		path := prefix + name
		if _, ok := k.properties[path]; !ok {
			wrong = append(wrong, at.in(name).errorf("the rehearsal does not know this property"))
			continue
		}
		if k.has(path + ".") {
			wrong = append(wrong, k.checkBelow(object[name], path+".", at.in(name))...)
		}
	}
	return wrong
}

func (k kind) checkBelow(v any, prefix string, at place) []error {
	switch v := v.(type) {
	case map[string]any:
		return k.checkObject(v, prefix, at)
	case []any:
		var wrong []error
		for i, one := range v {
			wrong = append(wrong, k.checkBelow(one, prefix, at.at(i))...)
		}
		return wrong
	}
	return []error{at.errorf("want an object")}
}

func (k kind) has(prefix string) bool {
	for path := range k.properties {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// all makes rows of names that share one meaning.
func all(why, names string) map[string]string {
	rows := map[string]string{}
	for name := range strings.FieldsSeq(names) {
		rows[name] = why
	}
	return rows
}

// with adds rows to rows.
func with(rows map[string]string, more ...map[string]string) map[string]string {
	for _, m := range more {
		maps.Copy(rows, m)
	}
	return rows
}
