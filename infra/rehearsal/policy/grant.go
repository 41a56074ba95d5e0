package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Grant is the smallest thing that a role's policies give: one action of one
// statement, on one pattern of resources, for one pattern of leading keys. It
// can be compared, printed and written as JSON.
type Grant struct {
	Statement int    `json:"statement"` // index in the role's Statements
	Action    string `json:"action"`    // as written, "not …" of a NotAction
	Resource  string `json:"resource"`  // likewise
	Key       string `json:"key,omitempty"`
}

// String is one line: "0 dynamodb:PutItem arn:… ws_*#contact*".
func (g Grant) String() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s %s %s", g.Statement, g.Action, g.Resource, g.Key))
}

// Grants returns everything that the role's statements allow, in their order,
// each once.
func (r *Role) Grants() []Grant {
	everything := func(string) bool { return true }
	var all []Grant
	for i, s := range r.Statements {
		if !s.Deny {
			all = append(all, s.grants(i, everything, everything, everything)...)
		}
	}
	return all
}

// Used returns the grants that a call exercised: of every statement that allows
// it, the actions, resources and key patterns that matched. Two statements that
// allow the same call are both used: neither gives more than the call needs. It
// is empty if the role does not allow the call, and where a statement that has
// key patterns allows a call without keys.
func (r *Role) Used(c Call) []Grant {
	if !r.Decide(c).Allowed {
		return nil
	}
	var all []Grant
	for i, s := range r.Statements {
		if s.Deny || !s.applies(c) {
			continue
		}
		all = append(all, s.grants(i,
			func(p string) bool { return likeAction(p, c.Action) },
			func(p string) bool { return likeResource(p, c.Resource) },
			func(p string) bool {
				return slices.ContainsFunc(c.Context[leadingKeys], func(key string) bool { return like(p, key) })
			})...)
	}
	return all
}

// grants returns a statement's grants whose parts are wanted.
func (s Statement) grants(number int, action, resource, key func(pattern string) bool) (all []Grant) {
	keys := s.keys()
	for _, a := range parts(s.Actions, s.NotActions, action) {
		for _, r := range parts(s.Resources, s.NotResources, resource) {
			for _, k := range keys {
				g := Grant{number, a, r, k}
				if (k == "" || key(k)) && !slices.Contains(all, g) {
					all = append(all, g)
				}
			}
		}
	}
	return all
}

// keys returns the patterns of leading keys that a statement allows; an empty
// one if it does not look at them.
func (s Statement) keys() []string {
	for _, c := range s.Conditions {
		o, err := parseOperator(c.Operator)
		if err == nil && !o.null && !o.negated && strings.EqualFold(c.Key, leadingKeys) {
			return c.Values
		}
	}
	return []string{""}
}

// parts returns the patterns of an element that are wanted; its Not form is one
// part, which cannot be told apart.
func parts(is, isNot []string, wanted func(string) bool) (list []string) {
	if len(isNot) > 0 {
		return []string{"not " + strings.Join(isNot, ",")}
	}
	for _, p := range is {
		if wanted(p) {
			list = append(list, p)
		}
	}
	return list
}
