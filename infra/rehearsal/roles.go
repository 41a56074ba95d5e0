package rehearsal

import (
	"fmt"
	"maps"

	"portero/infra/rehearsal/policy"
	"portero/infra/rehearsal/template"
)

// document is a policy in a role.
type document struct{ PolicyDocument any }

// addRoles reads every role with the policies inside it and beside it.
func (p *plan) addRoles(a *template.Assembly) error {
	beside := map[string][]any{}
	for _, r := range a.Of("AWS::IAM::Policy") {
		var in struct {
			document
			Roles []string
		}
		if err := r.Decode(&in); err != nil {
			return err
		}
		for _, name := range in.Roles {
			beside[name] = append(beside[name], in.PolicyDocument)
		}
	}
	p.roles, p.assumers = map[string]*policy.Role{}, map[string]*policy.Role{}
	for _, r := range a.Of("AWS::IAM::Role") {
		var in struct {
			AssumeRolePolicyDocument any
			Policies                 []document
		}
		if err := r.Decode(&in); err != nil {
			return err
		}
		documents := beside[r.Physical]
		for _, d := range in.Policies {
			documents = append(documents, d.PolicyDocument)
		}
		role, err := policy.ParseRole(r.Physical, r.ARN(), documents)
		if err == nil {
			p.roles[r.ARN()] = role
			p.assumers[r.ARN()], err = granted(r.ARN(), in.AssumeRolePolicyDocument)
		}
		if err != nil {
			return explain(r, "%w", err)
		}
	}
	return nil
}

// granted reads the policy of a resource as a role's, by whom it is for: the
// service that a statement names becomes its action's first part, since a role's
// policy has no principal.
func granted(resource string, policyDocument any) (*policy.Role, error) {
	object, _ := policyDocument.(map[string]any)
	list, ok := object["Statement"].([]any)
	if !ok {
		return nil, fmt.Errorf("the policy of %s has no list of statements", resource)
	}
	all := make([]any, len(list))
	for i, one := range list {
		statement, ok := one.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("the policy of %s has a statement that is no object", resource)
		}
		principals, err := principals(statement["Principal"])
		if err != nil {
			return nil, fmt.Errorf("the policy of %s: %w", resource, err)
		}
		copied := maps.Clone(statement)
		delete(copied, "Principal")
		if copied["Resource"] == nil {
			copied["Resource"] = resource
		}
		if copied["Condition"], err = with(copied["Condition"], principals); err != nil {
			return nil, fmt.Errorf("the policy of %s: %w", resource, err)
		}
		all[i] = copied
	}
	return policy.ParseRole(resource, resource, []any{map[string]any{"Version": object["Version"], "Statement": all}})
}

// principals are the services, or everybody, that a statement is for; others are
// not known here
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
func principals(principal any) (any, error) {
	object, _ := principal.(map[string]any)
	switch {
	case principal == "*", len(object) == 1 && object["AWS"] == "*":
		return "*", nil
	case len(object) == 1 && object["Service"] != nil:
		return object["Service"], nil
	}
	return nil, fmt.Errorf("the principal %v is no service", principal)
}

// with adds to a statement's condition that the call is of one of the services.
func with(condition, services any) (map[string]any, error) {
	block, ok := condition.(map[string]any)
	if !ok && condition != nil {
		return nil, fmt.Errorf("a condition that is no object")
	}
	all := maps.Clone(block)
	if all == nil {
		all = map[string]any{}
	}
	like, ok := all["StringLike"].(map[string]any)
	if !ok && all["StringLike"] != nil {
		return nil, fmt.Errorf("a condition that is no object")
	}
	like = maps.Clone(like)
	if like == nil {
		like = map[string]any{}
	}
	like[byService] = services
	all["StringLike"] = like
	return all, nil
}

// byService is the condition key that says which service calls
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalservicename).
const byService = "aws:PrincipalServiceName"

// asked is what a service asks of a resource's policy on behalf of another.
func asked(action, resource, service, source string) policy.Call {
	return policy.Call{Action: action, Resource: resource, Context: map[string][]string{
		byService: {service}, "aws:SourceAccount": {account}, "aws:SourceArn": {source}, "aws:SecureTransport": {"true"},
	}}
}

// takes says what keeps a service from taking a role.
func (p *plan) takes(role, service string) error {
	trust := p.assumers[role]
	if trust == nil {
		return fmt.Errorf("the role %q is in no template", role)
	}
	if d := trust.Decide(asked("sts:AssumeRole", role, service, "")); !d.Allowed {
		return fmt.Errorf("%s may not take the role %s: its policy does not trust it", service, trust.Name)
	}
	return nil
}

// invokes says what a service lacks to call a function by a role.
func (p *plan) invokes(service, arn string, f *function) error {
	if err := p.takes(arn, service); err != nil {
		return err
	}
	if d := p.roles[arn].Decide(policy.Call{Action: "lambda:InvokeFunction", Resource: f.ARN}); !d.Allowed {
		return fmt.Errorf("%s may not call %s; missing: %s", service, f.Name, d.Missing)
	}
	return nil
}
