package template

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

func (s *stack) join(argument any, at place) (any, error) {
	both, ok := argument.([]any)
	if !ok || len(both) != 2 {
		return nil, at.errorf("Fn::Join: want a delimiter and a list")
	}
	delimiter, ok := both[0].(string)
	if !ok {
		return nil, at.errorf("Fn::Join: want a delimiter and a list")
	}
	list, err := s.list(both[1], -1, at)
	if err != nil {
		return nil, err
	}
	parts, size := make([]string, len(list)), 0
	for i, v := range list {
		if parts[i], ok = plain(v); !ok {
			return nil, at.at(i).errorf("Fn::Join: want strings")
		}
		if size += len(parts[i]) + len(delimiter); size > maxTextBytes {
			return nil, at.errorf("Fn::Join makes more than %d bytes", maxTextBytes)
		}
	}
	return strings.Join(parts, delimiter), nil
}

func (s *stack) split(argument any, at place) (any, error) {
	both, err := s.list(argument, 2, at)
	if err != nil {
		return nil, err
	}
	delimiter, _ := both[0].(string)
	text, ok := both[1].(string)
	if delimiter == "" || !ok {
		return nil, at.errorf("Fn::Split: want a delimiter and a string")
	}
	var parts []any
	for part := range strings.SplitSeq(text, delimiter) {
		parts = append(parts, part)
	}
	return parts, nil
}

func (s *stack) selectOne(argument any, at place) (any, error) {
	both, err := s.list(argument, 2, at)
	if err != nil {
		return nil, err
	}
	position, _ := plain(both[0])
	i, err := strconv.Atoi(position)
	list, ok := both[1].([]any)
	if err != nil || !ok {
		return nil, at.errorf("Fn::Select: want an index and a list")
	}
	if i < 0 || i >= len(list) {
		return nil, at.errorf("Fn::Select: index %d of a list of %d", i, len(list))
	}
	return list[i], nil
}

// sub fills ${Name}, ${Resource.Attribute} and ${name of its own map}; ${!x} is
// ${x} as it stands
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html).
func (s *stack) sub(argument any, at place) (any, error) {
	own := map[string]any{}
	if both, ok := argument.([]any); ok {
		if len(both) != 2 {
			return nil, at.errorf("Fn::Sub: want a string and a map")
		}
		values, ok := both[1].(map[string]any)
		if !ok {
			return nil, at.errorf("Fn::Sub: want a string and a map")
		}
		for _, name := range slices.Sorted(maps.Keys(values)) {
			value, err := s.text(values[name], at.in(name))
			if err != nil {
				return nil, err
			}
			own[name] = value
		}
		argument = both[0]
	}
	text, ok := argument.(string)
	if !ok {
		return nil, at.errorf("Fn::Sub: want a string")
	}
	return s.fill(text, own, at)
}

func (s *stack) fill(text string, own map[string]any, at place) (any, error) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		out.WriteString(before)
		if out.Len() > maxTextBytes {
			return nil, at.errorf("Fn::Sub makes more than %d bytes", maxTextBytes)
		}
		if !found {
			return out.String(), nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, at.errorf("Fn::Sub: a ${ is not closed")
		}
		text = after
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			out.WriteString("${" + literal + "}")
			continue
		}
		value, err := s.named(strings.TrimSpace(name), own, at)
		if err != nil {
			return nil, err
		}
		filled, ok := plain(value)
		if !ok {
			return nil, at.errorf("Fn::Sub: ${%s} is not a string", name)
		}
		out.WriteString(filled)
	}
}

func (s *stack) named(name string, own map[string]any, at place) (any, error) {
	if value, ok := own[name]; ok {
		return value, nil
	}
	if id, attribute, dotted := strings.Cut(name, "."); dotted {
		return s.attribute(id, attribute, at)
	}
	return s.ref(name, at)
}
