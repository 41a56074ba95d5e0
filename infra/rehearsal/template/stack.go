package template

import (
	"maps"
	"slices"
)

// stack is a stack under way.
type stack struct {
	loader     *loader
	name       string   // as Resource.Stack
	deployed   string   // AWS::StackName
	files      []string // its template, after those it is nested in
	declared   declared
	parameters map[string]any       // string, []any of strings, or nil: known to a deploy only
	state      map[string]state     // by "resource X" or "condition X"
	made       map[string]*Resource // nil: its condition is false
	conditions map[string]bool
}

func (s *stack) place(kind, id string) place {
	return place{stack: s.name, path: kind + " " + id}
}

// resource makes a resource, after all it refers to, or returns it if it is
// made. It is nil if the resource's condition is false.
func (s *stack) resource(id string, from place) (*Resource, error) {
	at := s.place("resource", id)
	raw, ok := s.declared.resources[id]
	switch key := at.path; {
	case !ok:
		return nil, from.errorf("there is no resource %q", id)
	case s.state[key] == underway:
		return nil, from.errorf("a circle: it leads back to %q, which waits for it", id)
	case s.state[key] == done:
		return s.made[id], nil
	}
	s.state[at.path] = underway
	made, err := s.make(id, at, raw)
	if err != nil {
		return nil, err
	}
	s.state[at.path] = done
	s.made[id] = made
	if made == nil {
		return nil, nil
	}
	if s.loader.all = append(s.loader.all, made); len(s.loader.all) > maxResources {
		return nil, at.errorf("there are more than %d resources", maxResources)
	}
	return made, nil
}

func (s *stack) make(id string, at place, raw any) (*Resource, error) {
	declared, err := parseItem(at, raw)
	if err != nil {
		return nil, err
	}
	if declared.condition != "" {
		if holds, err := s.condition(declared.condition, at.in("Condition")); err != nil || !holds {
			return nil, err
		}
	}
	for _, other := range declared.dependsOn {
		if _, err := s.resource(other, at.in("DependsOn")); err != nil {
			return nil, err
		}
	}
	r := &Resource{Stack: s.name, LogicalID: id, Type: declared.kind, Metadata: declared.metadata, attributes: map[string]string{}, reads: &reads{}}
	properties := place{stack: at.stack, path: at.path + " (" + r.Type + "): Properties"}
	if r.Properties, err = s.properties(declared.properties, properties); err != nil {
		return nil, err
	}
	known, ok := kinds[r.Type]
	if ok {
		s.loader.unknown = append(s.loader.unknown, known.check(r.Properties, properties)...)
	} else {
		s.loader.unknown = append(s.loader.unknown, at.errorf("the rehearsal does not know the type %s", r.Type))
	}
	if err := s.checkAsset(r, at); err != nil {
		return nil, err
	}
	s.identify(r, known)
	if err := s.loader.own(r, at); err != nil {
		return nil, err
	}
	if r.Type == stackType {
		return r, s.nest(r, at)
	}
	return r, nil
}

// own refuses a second resource of the same name, as a deploy would.
func (l *loader) own(r *Resource, at place) error {
	if r.arn == "" {
		return nil
	}
	if other, taken := l.owners[r.arn]; taken {
		return at.errorf("%s is there already: stack %s, %s", r.arn, other.stack, other.path)
	}
	l.owners[r.arn] = at
	return nil
}

func (s *stack) properties(declared map[string]any, at place) (map[string]any, error) {
	resolved := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		value, err := s.resolve(declared[name], at.in(name))
		if err == nil {
			value, err = s.loader.dynamic(value, at.in(name))
		}
		if err != nil {
			return nil, err
		}
		if value != (noValue{}) {
			resolved[name] = value
		}
	}
	return resolved, nil
}
