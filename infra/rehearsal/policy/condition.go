package policy

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Condition is one key of one operator: it holds if the key's values in a call
// match any of Values, in the way that Operator says.
type Condition struct {
	Operator string // as written: "ForAllValues:StringLike"
	Key      string // as written; its case does not matter
	Values   []string
}

// operator is an operator taken apart.
type operator struct {
	set      string // "ForAllValues", "ForAnyValue" or nothing
	ifExists bool
	null     bool
	negated  bool
	match    func(pattern, value string) bool
}

// matches are the operators that are known, without Null and the negated ones
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
var matches = map[string]func(pattern, value string) bool{
	"StringEquals":           func(p, v string) bool { return p == v },
	"StringEqualsIgnoreCase": strings.EqualFold,
	"StringLike":             like,
	"ArnEquals":              likeARN, // "ArnEquals and ArnLike behave identically"
	"ArnLike":                likeARN,
	"Bool":                   strings.EqualFold,
}

var negations = map[string]string{
	"StringNotEquals": "StringEquals", "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase", "StringNotLike": "StringLike",
	"ArnNotEquals": "ArnEquals", "ArnNotLike": "ArnLike",
}

func parseOperator(text string) (operator, error) {
	var o operator
	name := text
	if set, rest, ok := strings.Cut(text, ":"); ok && (set == "ForAllValues" || set == "ForAnyValue") {
		o.set, name = set, rest
	}
	if name == "Null" && o.set == "" {
		o.null = true
		return o, nil
	}
	name, o.ifExists = strings.CutSuffix(name, "IfExists")
	if positive, ok := negations[name]; ok {
		o.negated, name = true, positive
	}
	if o.match = matches[name]; o.match == nil {
		return o, fmt.Errorf("unknown operator %s", text)
	}
	return o, nil
}

func parseConditions(raw any) ([]Condition, error) {
	if raw == nil {
		return nil, nil
	}
	block, ok := raw.(map[string]any)
	if !ok {
		return nil, errors.New("the Condition is no object")
	}
	var all []Condition
	for _, op := range slices.Sorted(maps.Keys(block)) {
		keys, ok := block[op].(map[string]any)
		if !ok || len(keys) == 0 {
			return nil, fmt.Errorf("condition %s has no keys", op)
		}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			values, err := texts(keys[key])
			if err != nil {
				return nil, fmt.Errorf("condition %s %s: %w", op, key, err)
			}
			c := Condition{op, key, values}
			if err := c.check(); err != nil {
				return nil, fmt.Errorf("condition %s: %w", op, err)
			}
			all = append(all, c)
		}
	}
	return all, nil
}

// check refuses what Decide would get wrong: operators and keys that it does
// not know (a misspelt key under ForAllValues would hold for every call), and a
// key of many values without a set operator.
func (c Condition) check() error {
	o, err := parseOperator(c.Operator)
	if err != nil {
		return err
	}
	same := func(known string) bool { return strings.EqualFold(known, c.Key) }
	known := slices.ContainsFunc(everywhere, same) || slices.ContainsFunc(rows, func(r row) bool { return slices.ContainsFunc(r.keys, same) })
	switch {
	case !known:
		return fmt.Errorf("unknown key %s", c.Key)
	case o.set == "" && !o.null && slices.ContainsFunc(many, same):
		return fmt.Errorf("%s has many values and needs ForAllValues or ForAnyValue", c.Key)
	}
	if o.null || strings.Contains(c.Operator, "Bool") {
		for _, v := range c.Values {
			if v != "true" && v != "false" {
				return fmt.Errorf("%s: %q is not true or false", c.Key, v)
			}
		}
	}
	return nil
}

// holds evaluates a condition as IAM does. A key that is not there, or has no
// values: Null says so, ...IfExists, ForAllValues and negated operators hold,
// the rest do not
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html).
func (c Condition) holds(context map[string][]string) bool {
	o, err := parseOperator(c.Operator)
	if err != nil {
		return false // ParseRole refuses it
	}
	var values []string
	for key, list := range context {
		if strings.EqualFold(key, c.Key) {
			values = append(values, list...)
		}
	}
	fits := func(value string) bool {
		return slices.ContainsFunc(c.Values, func(pattern string) bool { return o.match(pattern, value) }) != o.negated
	}
	misfits := func(value string) bool { return !fits(value) }
	switch {
	case o.null:
		return slices.Contains(c.Values, fmt.Sprint(len(values) == 0))
	case len(values) == 0:
		return o.ifExists || o.set == "ForAllValues" || o.negated && o.set == ""
	case o.set == "ForAllValues", o.set == "" && o.negated:
		return !slices.ContainsFunc(values, misfits)
	}
	return slices.ContainsFunc(values, fits)
}
