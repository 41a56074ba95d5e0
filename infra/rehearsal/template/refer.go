package template

import "strings"

// pseudo returns a pseudo parameter
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html).
func (s *stack) pseudo(name string) (any, bool) {
	env := s.loader.env
	switch name {
	case "AWS::AccountId":
		return env.Account, true
	case "AWS::Region":
		return env.Region, true
	case "AWS::Partition":
		return env.Partition, true
	case "AWS::URLSuffix":
		return env.URLSuffix, true
	case "AWS::StackName":
		return s.deployed, true
	case "AWS::StackId":
		return stackID(env, s.deployed), true
	case "AWS::NotificationARNs":
		return []any{}, true
	case "AWS::NoValue":
		return noValue{}, true
	}
	return nil, false
}

func (s *stack) ref(argument any, at place) (any, error) {
	name, ok := argument.(string)
	if !ok {
		return nil, at.errorf("Ref: want a name")
	}
	if value, ok := s.pseudo(name); ok {
		return value, nil
	}
	if _, ok := s.declared.parameters[name]; ok {
		value, ok := s.parameters[name]
		if !ok {
			return nil, at.errorf("parameter %q has a value in an account only", name)
		}
		return value, nil
	}
	r, err := s.target(name, at)
	if err != nil {
		return nil, err
	}
	return r.Physical, nil
}

// target is the resource that a reference means.
func (s *stack) target(id string, at place) (*Resource, error) {
	if at.constant {
		return nil, at.errorf("a condition cannot refer to %q", id)
	}
	r, err := s.resource(id, at)
	if err == nil && r == nil {
		err = at.errorf("resource %q is not made, because its condition is false", id)
	}
	return r, err
}

func (s *stack) getAtt(argument any, at place) (any, error) {
	var id, attribute string
	switch a := argument.(type) {
	case string:
		id, attribute, _ = strings.Cut(a, ".")
	case []any:
		if len(a) != 2 {
			return nil, at.errorf("Fn::GetAtt: want a logical id and an attribute")
		}
		id, _ = a[0].(string)
		var err error
		if attribute, err = s.text(a[1], at); err != nil {
			return nil, err
		}
	}
	if id == "" || attribute == "" {
		return nil, at.errorf("Fn::GetAtt: want a logical id and an attribute")
	}
	return s.attribute(id, attribute, at)
}

func (s *stack) attribute(id, name string, at place) (any, error) {
	r, err := s.target(id, at)
	if err != nil {
		return nil, err
	}
	if value, ok := r.attributes[name]; ok {
		return value, nil
	}
	if value, ok := s.loader.env.value(*r, name); ok {
		r.attributes[name] = value
		return value, nil
	}
	return nil, at.errorf("the rehearsal does not know the attribute %q of %q (%s)", name, id, r.Type)
}

func (s *stack) importValue(argument any, at place) (any, error) {
	name, err := s.text(argument, at)
	if err != nil {
		return nil, err
	}
	value, ok := s.loader.exports[name]
	if !ok {
		return nil, at.errorf("no stack deployed before this one exports %q", name)
	}
	return value, nil
}

func (s *stack) findInMap(argument any, at place) (any, error) {
	path, err := s.list(argument, 3, at)
	if err != nil {
		return nil, err
	}
	found := any(s.declared.mappings)
	for _, step := range path {
		key, _ := plain(step)
		level, _ := found.(map[string]any)
		if found = level[key]; found == nil {
			return nil, at.errorf("Fn::FindInMap: there is no %q in the mappings", key)
		}
	}
	list, isList := found.([]any)
	if !isList {
		list = []any{found}
	}
	for _, v := range list {
		if _, ok := plain(v); !ok {
			return nil, at.errorf("Fn::FindInMap: want a string or a list of strings in the mappings")
		}
	}
	return found, nil
}
