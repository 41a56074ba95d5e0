package policy

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Role is what a role's policies allow. Make one with ParseRole.
type Role struct {
	Name, ARN  string
	Statements []Statement // of all its policies, in their order
}

// Statement is one statement of a policy
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html).
// Of Actions and NotActions one is set, of Resources and NotResources too.
type Statement struct {
	ID                      string
	Deny                    bool
	Actions, NotActions     []string
	Resources, NotResources []string
	Conditions              []Condition // all must hold
}

var (
	actionText = regexp.MustCompile(`^([A-Za-z0-9-]+:[A-Za-z0-9*?]+|\*)$`)
	// arnText has the six parts of an ARN, written out
	// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).
	arnText = regexp.MustCompile(`^(arn:([^:]*:){4}.+|\*)$`)
)

// ParseRole reads a role's policies: documents, or the {PolicyName,
// PolicyDocument} that hold them, as they stand in a resolved template. An
// element, operator, condition key or policy variable that Decide does not know,
// and a value that is not resolved, is an error that names role, statement and
// element: nothing is ignored.
func ParseRole(name, arn string, policies []any) (*Role, error) {
	role := &Role{Name: name, ARN: arn}
	for i, p := range policies {
		if err := role.add(p); err != nil {
			return nil, fmt.Errorf("role %s: policy %d: %w", name, i, err)
		}
	}
	return role, nil
}

func (r *Role) add(policy any) error {
	document, ok := policy.(map[string]any)
	if !ok {
		return fmt.Errorf("is a %T, no document", policy)
	}
	if inner, ok := document["PolicyDocument"]; ok {
		if err := only(document, "PolicyName", "PolicyDocument", "Roles"); err != nil {
			return err
		}
		return r.add(inner)
	}
	if err := only(document, "Version", "Id", "Statement"); err != nil {
		return err
	}
	if v := document["Version"]; v != "2012-10-17" { // the older one has no variables
		return fmt.Errorf("version %v is not 2012-10-17", v)
	}
	list, ok := document["Statement"].([]any)
	if one, single := document["Statement"].(map[string]any); single {
		list, ok = []any{one}, true
	}
	if !ok {
		return errors.New("has no Statement")
	}
	for i, raw := range list {
		s, err := parseStatement(raw)
		if err != nil {
			return fmt.Errorf("statement %d: %w", i, err)
		}
		r.Statements = append(r.Statements, s)
	}
	return nil
}

// only refuses elements that are not known.
func only(object map[string]any, known ...string) error {
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if !slices.Contains(known, key) {
			return fmt.Errorf("unknown element %s", key)
		}
	}
	return nil
}

func parseStatement(raw any) (Statement, error) {
	var s Statement
	object, ok := raw.(map[string]any)
	if !ok {
		return s, fmt.Errorf("is a %T, no object", raw)
	}
	if err := only(object, "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"); err != nil {
		return s, err
	}
	switch object["Effect"] {
	case "Allow":
	case "Deny":
		s.Deny = true
	default:
		return s, fmt.Errorf("effect %v is not Allow or Deny", object["Effect"])
	}
	if id, given := object["Sid"]; given {
		if s.ID, ok = id.(string); !ok {
			return s, errors.New("the Sid is no text")
		}
	}
	var err error
	if s.Actions, s.NotActions, err = either(object, "Action", actionText); err != nil {
		return s, err
	}
	if s.Resources, s.NotResources, err = either(object, "Resource", arnText); err != nil {
		return s, err
	}
	s.Conditions, err = parseConditions(object["Condition"])
	return s, err
}

// either reads an element or its Not form, of which one must be there.
func either(object map[string]any, element string, form *regexp.Regexp) (is, isNot []string, err error) {
	a, isGiven := object[element]
	b, notGiven := object["Not"+element]
	if isGiven == notGiven {
		return nil, nil, fmt.Errorf("needs %s or Not%s", element, element)
	}
	if isGiven {
		is, err = texts(a)
	} else {
		isNot, err = texts(b)
	}
	for _, t := range slices.Concat(is, isNot) {
		if err == nil && !form.MatchString(t) {
			err = fmt.Errorf("%q is malformed", t)
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", element, err)
	}
	return is, isNot, err
}

// texts reads a text or a list of them; conditions write true and false as such
// too.
func texts(raw any) ([]string, error) {
	list, ok := raw.([]any)
	if !ok {
		list = []any{raw}
	}
	if len(list) == 0 {
		return nil, errors.New("is empty")
	}
	all := make([]string, len(list))
	for i, one := range list {
		switch v := one.(type) {
		case string:
			all[i] = v
		case bool:
			all[i] = fmt.Sprint(v)
		default:
			return nil, fmt.Errorf("%v is no text (not resolved?)", one)
		}
		if strings.Contains(all[i], "${") {
			return nil, fmt.Errorf("policy variables are not known here: %q", all[i])
		}
	}
	return all, nil
}
