package template

// condition says whether a named condition of the template holds.
func (s *stack) condition(name string, from place) (bool, error) {
	at := s.place("condition", name)
	at.constant = true
	raw, ok := s.declared.conditions[name]
	switch key := at.path; {
	case !ok:
		return false, from.errorf("there is no condition %q", name)
	case s.state[key] == underway:
		return false, from.errorf("it leads back to condition %q", name)
	case s.state[key] == done:
		return s.conditions[name], nil
	}
	s.state[at.path] = underway
	holds, err := s.holds(raw, at)
	s.state[at.path] = done
	s.conditions[name] = holds
	return holds, err
}

// holds evaluates a condition function
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html).
func (s *stack) holds(v any, at place) (bool, error) {
	object, ok := v.(map[string]any)
	if !ok || len(object) != 1 {
		return false, at.errorf("want one condition function")
	}
	for name, argument := range object {
		if name == "Condition" {
			other, ok := argument.(string)
			if !ok {
				return false, at.errorf("Condition: want a name")
			}
			return s.condition(other, at)
		}
		list, ok := argument.([]any)
		if !ok {
			return false, at.errorf("%s: want a list", name)
		}
		return s.combine(name, list, at.in(name))
	}
	return false, nil
}

// bounds are how many conditions a function takes.
var bounds = map[string][2]int{"Fn::Equals": {2, 2}, "Fn::Not": {1, 1}, "Fn::And": {2, 10}, "Fn::Or": {2, 10}}

func (s *stack) combine(name string, list []any, at place) (bool, error) {
	n, ok := bounds[name]
	if !ok {
		return false, at.errorf("the rehearsal does not know it as a condition")
	}
	if len(list) < n[0] || len(list) > n[1] {
		return false, at.errorf("it takes %d to %d values, not %d", n[0], n[1], len(list))
	}
	if name == "Fn::Equals" {
		a, err := s.text(list[0], at.at(0))
		if err != nil {
			return false, err
		}
		b, err := s.text(list[1], at.at(1))
		return a == b, err
	}
	all, some := true, false
	for i, one := range list {
		holds, err := s.holds(one, at.at(i))
		if err != nil {
			return false, err
		}
		all, some = all && holds, some || holds
	}
	switch name {
	case "Fn::Not":
		return !all, nil
	case "Fn::And":
		return all, nil
	}
	return some, nil
}

func (s *stack) either(argument any, at place) (any, error) {
	three, ok := argument.([]any)
	if !ok || len(three) != 3 {
		return nil, at.errorf("Fn::If: want a condition and two values")
	}
	name, ok := three[0].(string)
	if !ok {
		return nil, at.errorf("Fn::If: want a condition's name")
	}
	holds, err := s.condition(name, at)
	if err != nil {
		return nil, err
	}
	if holds {
		return s.resolve(three[1], at)
	}
	return s.resolve(three[2], at)
}
