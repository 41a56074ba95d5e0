package rehearsal

import (
	"encoding/json"
	"fmt"
	"slices"
)

// pattern is an event pattern as EventBridge and event source mappings write it
// (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html):
// fields that must be there, each with what it may be.
type pattern map[string]any

// parsePattern refuses what matches below does not know, so that a filter never
// lets through what AWS would hold back.
func parsePattern(text []byte) (pattern, error) {
	var p pattern
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, fmt.Errorf("the event pattern %s: %w", text, err)
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("the event pattern %s: %w", text, err)
	}
	return p, nil
}

func (p pattern) check() error {
	if len(p) == 0 {
		return fmt.Errorf("an empty object matches nothing that is meant")
	}
	for field, want := range p {
		switch w := want.(type) {
		case map[string]any:
			if err := pattern(w).check(); err != nil {
				return fmt.Errorf("%s: %w", field, err)
			}
		case []any:
			for _, one := range w {
				if err := checkOperator(one); err != nil {
					return fmt.Errorf("%s: %w", field, err)
				}
			}
		default:
			return fmt.Errorf("%s: a pattern's value is an object or a list", field)
		}
	}
	return nil
}

func checkOperator(one any) error {
	op, ok := one.(map[string]any)
	if !ok {
		return checkValue(one)
	}
	if len(op) != 1 {
		return fmt.Errorf("an operator has one name")
	}
	if exists, ok := op["exists"]; ok {
		if _, isBool := exists.(bool); !isBool {
			return fmt.Errorf("exists is true or false")
		}
		return nil
	}
	not, ok := op["anything-but"]
	if !ok {
		return fmt.Errorf("an operator that the rehearsal does not know: %v", op)
	}
	list, isList := not.([]any)
	if !isList {
		list = []any{not}
	}
	for _, v := range list {
		if err := checkValue(v); err != nil {
			return err
		}
	}
	return nil
}

// checkValue refuses what cannot be compared.
func checkValue(v any) error {
	switch v.(type) {
	case map[string]any, []any:
		return fmt.Errorf("a value to compare with is no object and no list")
	}
	return nil
}

// matches reports whether an event, decoded from JSON, has what the pattern
// asks for.
func (p pattern) matches(event any) bool {
	in, _ := event.(map[string]any) // nil: every field is missing
	for field, want := range p {
		got, there := in[field]
		switch w := want.(type) {
		case map[string]any:
			if !pattern(w).matches(got) {
				return false
			}
		case []any:
			if !slices.ContainsFunc(w, func(one any) bool { return matchesOne(one, got, there) }) {
				return false
			}
		}
	}
	return true
}

// matchesOne compares one field's value; of a list, any element may match.
func matchesOne(want, got any, there bool) bool {
	op, isOperator := want.(map[string]any)
	if exists, ok := op["exists"].(bool); ok {
		_, object := got.(map[string]any)
		return exists == (there && !object) // "exists" is about leaves
	}
	if !there {
		return false
	}
	values, isList := got.([]any)
	if !isList {
		values = []any{got}
	}
	if !isOperator {
		return slices.Contains(values, want)
	}
	not, isList := op["anything-but"].([]any)
	if !isList {
		not = []any{op["anything-but"]}
	}
	return slices.ContainsFunc(values, func(v any) bool { return !slices.Contains(not, v) })
}

// matchesAny is what several filters of one mapping mean; none lets all through.
func matchesAny(filters []pattern, event any) bool {
	return len(filters) == 0 || slices.ContainsFunc(filters, func(p pattern) bool { return p.matches(event) })
}
