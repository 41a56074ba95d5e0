package policy

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// naive evaluates a policy another way than Decide: by regular expressions,
// and condition by condition as the user guide's tables put it.
func naive(statements []Statement, c Call) bool {
	var allowed, denied bool
	for _, s := range statements {
		if !naiveApplies(s, c) {
			continue
		}
		allowed = allowed || !s.Deny
		denied = denied || s.Deny
	}
	return allowed && !denied
}

func naiveApplies(s Statement, c Call) bool {
	var action, resource bool
	for _, p := range slices.Concat(s.Actions, s.NotActions) {
		action = action || expression("(?i)", p, ".*", ".").MatchString(c.Action)
	}
	for _, p := range slices.Concat(s.Resources, s.NotResources) {
		resource = resource || p == "*" || expression("", p, "[^:]*", "[^:]").MatchString(c.Resource)
	}
	if action == (len(s.NotActions) > 0) || resource == (len(s.NotResources) > 0) {
		return false
	}
	for _, k := range s.Conditions {
		if !naiveHolds(k, c.Context[k.Key]) {
			return false
		}
	}
	return true
}

// expression turns a pattern into a regular expression.
func expression(flags, pattern, star, sign string) *regexp.Regexp {
	e := regexp.QuoteMeta(pattern)
	e = regexp.MustCompile(`\\\*(:|$)`).ReplaceAllString(e, ".*$1")
	e = strings.NewReplacer(`\*`, star, `\?`, sign).Replace(e)
	return regexp.MustCompile("(?s)" + flags + "^" + e + "$")
}

func naiveHolds(k Condition, given []string) bool {
	set, name, ok := strings.Cut(k.Operator, ":")
	if !ok {
		set, name = "", k.Operator
	}
	name, ifExists := strings.CutSuffix(name, "IfExists")
	if name == "Null" {
		return slices.Contains(k.Values, "true") && len(given) == 0 || slices.Contains(k.Values, "false") && len(given) > 0
	}
	if len(given) == 0 && ifExists {
		return true
	}
	hits := 0 // of the given values, those that match the operator
	for _, g := range given {
		match := false
		for _, want := range k.Values {
			if strings.HasSuffix(name, "Like") {
				match = match || expression("", want, ".*", ".").MatchString(g)
			} else {
				match = match || g == want
			}
		}
		if match != strings.Contains(name, "Not") {
			hits++
		}
	}
	switch set {
	case "ForAllValues":
		return hits == len(given)
	case "ForAnyValue":
		return hits > 0
	}
	if len(given) == 0 {
		return strings.Contains(name, "Not")
	}
	return hits == 1 // a single value: the test gives no more
}

// dice make small policies and calls out of few words, so that they meet.
type dice struct{ *rand.Rand }

func (d dice) one(of ...string) string { return of[d.IntN(len(of))] }

func (d dice) some(of ...string) string {
	list := make([]string, 1+d.IntN(2))
	for i := range list {
		list[i] = `"` + d.one(of...) + `"`
	}
	return "[" + strings.Join(list, ",") + "]"
}

func (d dice) statement() string {
	var conditions []string
	for _, op := range []string{"ForAllValues:StringLike", "ForAnyValue:StringNotEquals", "ForAnyValue:StringLikeIfExists", "ForAllValues:StringNotLike"} {
		if d.IntN(5) == 0 {
			conditions = append(conditions, fmt.Sprintf(`%q:{%q:%s}`, op, leadingKeys, d.some("a*", "*b", "a?", "ab", "*", "b")))
		}
	}
	for _, op := range []string{"StringEquals", "StringNotLike", "StringLikeIfExists"} {
		if d.IntN(5) == 0 {
			conditions = append(conditions, fmt.Sprintf(`%q:{%q:%s}`, op, selected, d.some("COUNT", "C*", "ALL")))
		}
	}
	if d.IntN(4) == 0 {
		conditions = append(conditions, fmt.Sprintf(`"Null":{%q:%q}`, d.one(leadingKeys, selected), d.one("true", "false")))
	}
	return fmt.Sprintf(`{"Effect":%q,%q:%s,%q:%s,"Condition":{%s}}`, d.one("Allow", "Allow", "Deny"),
		d.one("Action", "Action", "NotAction"), d.some("x:*", "x:Get", "x:g?t", "*", "y:Put", "X:P*"),
		d.one("Resource", "Resource", "NotResource"), d.some("*", "arn:p:x:r:1:t/a", "arn:p:x:r:*:*", "arn:p:x:r:1:t/?", "arn:p:*:r:1:t/a*", "arn:p:x*:r:1:*b"),
		strings.Join(conditions, ","))
}

func (d dice) call() Call {
	c := Call{d.one("x:Get", "x:Put", "y:Put", "x:GetAll"), d.one("arn:p:x:r:1:t/a", "arn:p:x:r:1:t/b", "arn:p:xy:r:1:t/ab", "arn:p:x:r:1:t/a:b"), keysOfCall{}}
	for range d.IntN(3) {
		c.Context[leadingKeys] = append(c.Context[leadingKeys], d.one("a", "ab", "b", "abb"))
	}
	if d.IntN(2) == 0 {
		c.Context[selected] = []string{d.one("COUNT", "ALL")}
	}
	return c
}

func TestDecideAgreesWithANaiveEvaluator(t *testing.T) {
	d := dice{rand.New(rand.NewPCG(3, 1))}
	outcome := map[bool]int{}
	for range 600 {
		statements := make([]string, 1+d.IntN(4))
		for i := range statements {
			statements[i] = d.statement()
		}
		role := roleOf(t, statements...)
		for range 5 {
			c := d.call()
			got := role.Decide(c)
			if want := naive(role.Statements, c); got.Allowed != want {
				t.Fatalf("%v, naive says %v\ncall %+v\npolicy\n%s", got, want, c, strings.Join(statements, "\n"))
			}
			outcome[got.Allowed]++
			if all := role.Grants(); slices.ContainsFunc(role.Used(c), func(g Grant) bool { return !slices.Contains(all, g) }) {
				t.Fatalf("used what is not granted: %v of %v", role.Used(c), all)
			}
		}
	}
	if outcome[true] < 300 || outcome[false] < 300 {
		t.Errorf("the dice are loaded: %v", outcome)
	}
}
