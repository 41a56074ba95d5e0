package template

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// noValue is what AWS::NoValue gives: what holds it is left out.
type noValue struct{}

// maxTextBytes bounds what a string may grow to: a template's own limit
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
const maxTextBytes = 1 << 20

// function resolves one intrinsic function.
type function func(s *stack, argument any, at place) (any, error)

// functions are the intrinsic functions that a rehearsal knows
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
// Those of conditions are in condition.go.
func functions(name string) function {
	switch name {
	case "Ref":
		return (*stack).ref
	case "Fn::GetAtt":
		return (*stack).getAtt
	case "Fn::Sub":
		return (*stack).sub
	case "Fn::Join":
		return (*stack).join
	case "Fn::Split":
		return (*stack).split
	case "Fn::Select":
		return (*stack).selectOne
	case "Fn::FindInMap":
		return (*stack).findInMap
	case "Fn::ImportValue":
		return (*stack).importValue
	case "Fn::If":
		return (*stack).either
	}
	return nil
}

// resolve returns v without intrinsic functions.
func (s *stack) resolve(v any, at place) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		return s.resolveObject(v, at)
	case []any:
		all := make([]any, 0, len(v))
		for i, one := range v {
			value, err := s.resolve(one, at.at(i))
			if err != nil {
				return nil, err
			}
			if value != (noValue{}) {
				all = append(all, value)
			}
		}
		return all, nil
	}
	return v, nil
}

func (s *stack) resolveObject(v map[string]any, at place) (any, error) {
	names := slices.Sorted(maps.Keys(v))
	for _, name := range names {
		if name != "Ref" && !strings.HasPrefix(name, "Fn::") {
			continue
		}
		f := functions(name)
		if f == nil {
			return nil, at.errorf("the rehearsal does not know %s", name)
		}
		if len(v) > 1 {
			return nil, at.errorf("%s does not stand alone", name)
		}
		return f(s, v[name], at)
	}
	resolved := map[string]any{}
	for _, name := range names {
		value, err := s.resolve(v[name], at.in(name))
		if err != nil {
			return nil, err
		}
		if value != (noValue{}) {
			resolved[name] = value
		}
	}
	return resolved, nil
}

// text resolves v to a string.
func (s *stack) text(v any, at place) (string, error) {
	value, err := s.resolve(v, at)
	if err != nil {
		return "", err
	}
	text, ok := plain(value)
	if !ok {
		return "", at.errorf("want a string")
	}
	return text, nil
}

// list resolves v to a list of exactly n values; any number if n is negative.
func (s *stack) list(v any, n int, at place) ([]any, error) {
	value, err := s.resolve(v, at)
	if err != nil {
		return nil, err
	}
	all, ok := value.([]any)
	if !ok || n >= 0 && len(all) != n {
		return nil, at.errorf("want a list%s", map[bool]string{true: " of " + strconv.Itoa(n)}[n >= 0])
	}
	return all, nil
}

// plain is a string, or a number or truth value as CloudFormation writes it
// into one.
func plain(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}
