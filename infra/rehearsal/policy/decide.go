package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Decision is what a role's policies say about a call.
type Decision struct {
	Allowed   bool
	Statement int    // index of the statement that allows or denies; -1: none allows
	Missing   string // one line if not allowed: the statement that would be needed, or the one that denies
}

// Decide evaluates a role's policies for one call: a statement that denies
// beats all that allow, and what none allows is refused
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
// It may be called concurrently.
func (r *Role) Decide(c Call) Decision {
	allowing := -1
	for i, s := range r.Statements {
		switch {
		case !s.applies(c):
		case s.Deny:
			return Decision{Statement: i, Missing: fmt.Sprintf("denied by statement %d: %s", i, line(s.document()))}
		case allowing < 0:
			allowing = i
		}
	}
	if allowing < 0 {
		return Decision{Statement: -1, Missing: line(needed(c))}
	}
	return Decision{Allowed: true, Statement: allowing}
}

func (s Statement) applies(c Call) bool {
	action := func(pattern string) bool { return likeAction(pattern, c.Action) }
	resource := func(pattern string) bool { return likeResource(pattern, c.Resource) }
	return one(s.Actions, s.NotActions, action) && one(s.Resources, s.NotResources, resource) &&
		!slices.ContainsFunc(s.Conditions, func(k Condition) bool { return !k.holds(c.Context) })
}

// one reports whether an element, or its Not form, takes something in.
func one(is, isNot []string, matches func(string) bool) bool {
	if len(isNot) > 0 {
		return !slices.ContainsFunc(isNot, matches)
	}
	return slices.ContainsFunc(is, matches)
}

// document is a statement in IAM's words and order.
type document struct {
	Effect      string
	Action      []string                       `json:",omitempty"`
	NotAction   []string                       `json:",omitempty"`
	Resource    []string                       `json:",omitempty"`
	NotResource []string                       `json:",omitempty"`
	Condition   map[string]map[string][]string `json:",omitempty"`
}

func (s Statement) document() document {
	d := document{"Allow", s.Actions, s.NotActions, s.Resources, s.NotResources, nil}
	if s.Deny {
		d.Effect = "Deny"
	}
	for _, c := range s.Conditions {
		d.require(c.Operator, c.Key, c.Values)
	}
	return d
}

func (d *document) require(operator, key string, values []string) {
	if d.Condition == nil {
		d.Condition = map[string]map[string][]string{}
	}
	if d.Condition[operator] == nil {
		d.Condition[operator] = map[string][]string{}
	}
	d.Condition[operator][key] = values
}

// needed is the statement that would allow a call, in the shape that
// infra/constructs writes: by leading keys of the same kind, in any workspace,
// and by any address of the sender's domain.
func needed(c Call) document {
	d := document{Effect: "Allow", Action: []string{c.Action}, Resource: []string{c.Resource}}
	if keys := c.Context[leadingKeys]; len(keys) > 0 {
		var patterns []string
		for _, key := range keys {
			patterns = append(patterns, patternOf(key))
		}
		slices.Sort(patterns)
		d.require("ForAllValues:StringLike", leadingKeys, slices.Compact(patterns))
		d.require("Null", leadingKeys, []string{"false"})
	}
	if from := c.Context[fromAddress]; len(from) == 1 {
		d.require("StringLike", fromAddress, []string{"*" + from[0][max(0, strings.LastIndex(from[0], "@")):]})
	}
	return d
}

// ownKey is a key that begins with an identifier, and then a kind; otherKey
// begins with a word (shared/dynamo/schema, LeadingKeys).
var (
	ownKey   = regexp.MustCompile(`^([a-z]+_)[^#]*#([a-z]+)`)
	otherKey = regexp.MustCompile(`^([a-z]+#)`)
)

// patternOf returns the pattern of all keys of a key's kind.
func patternOf(key string) string {
	if m := ownKey.FindStringSubmatch(key); m != nil {
		return m[1] + "*#" + m[2] + "*"
	}
	if m := otherKey.FindStringSubmatch(key); m != nil {
		return m[1] + "*"
	}
	return key
}

// line is JSON on one line, with < and > as they are.
func line(d document) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return err.Error() // texts and lists of them cannot fail
	}
	return strings.TrimSuffix(b.String(), "\n")
}
