package constructs

import (
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// Statement is one statement of a policy.
type Statement struct {
	Deny      bool
	Actions   []string
	Resources []string
	Principal map[string]any // of a resource's policy; nil in a role's
	Condition map[string]any
}

// Document returns a policy of the statements, as CloudFormation takes it.
func Document(statements ...Statement) map[string]any {
	list := make([]any, len(statements))
	for i, s := range statements {
		one := map[string]any{"Effect": "Allow", "Action": values(s.Actions)}
		if s.Deny {
			one["Effect"] = "Deny"
		}
		if len(s.Resources) > 0 {
			one["Resource"] = values(s.Resources)
		}
		if s.Principal != nil {
			one["Principal"] = s.Principal
		}
		if s.Condition != nil {
			one["Condition"] = s.Condition
		}
		list[i] = one
	}
	return map[string]any{"Version": "2012-10-17", "Statement": list}
}

// AssumedBy returns the policy that lets a service take a role.
func AssumedBy(service string, condition map[string]any) map[string]any {
	return Document(Statement{
		Actions: []string{"sts:AssumeRole"}, Principal: map[string]any{"Service": service}, Condition: condition,
	})
}

// allowed returns what a row's Uses let its function do in AWS, no more.
func (d Deployment) allowed(uses contract.Uses) []Statement {
	var all []Statement
	for _, a := range uses.Tables {
		all = append(all, d.items(a))
	}
	if uses.Mail {
		all = append(all, d.send())
	}
	return all
}

// items allows a row's operations on the items of its kinds.
//
// ForAllValues is true where a call names no key, so Null demands one
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html).
// A transaction needs the permissions of its items' operations and none of its own
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
func (d Deployment) items(a contract.Access) Statement {
	s := Statement{Resources: []string{d.tableARN(a.Table)}}
	for _, op := range a.Ops {
		s.Actions = append(s.Actions, "dynamodb:"+string(op))
	}
	var keys []string
	for _, kind := range a.Kinds {
		keys = append(keys, schema.LeadingKeys(kind))
	}
	if a.Index != "" {
		s.Resources[0] += "/index/" + string(a.Index)
		keys = indexKeys(a.Index, keys)
	}
	s.Condition = map[string]any{
		"ForAllValues:StringLike": map[string]any{"dynamodb:LeadingKeys": values(keys)},
		"Null":                    map[string]any{"dynamodb:LeadingKeys": "false"},
	}
	return s
}

// indexKeys returns the patterns of an index's partition keys
// (shared/dynamo/keys.go): the due index is by job and shard over all
// workspaces; the rest are by workspace, and by kind where a row names kinds.
func indexKeys(index schema.Index, kinds []string) []string {
	switch {
	case index == schema.Due:
		return []string{"due" + schema.Sep + "*"}
	case len(kinds) > 0:
		return kinds
	}
	return []string{"ws_*"}
}

// send allows mails from an address of the deployment's identity through its
// configuration set; SendRawEmail asks for both
// (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html).
func (d Deployment) send() Statement {
	return Statement{
		Actions:   []string{"ses:SendRawEmail"},
		Resources: []string{arn("ses", "identity/"+d.SenderDomain()), arn("ses", "configuration-set/"+d.ConfigurationSet)},
		Condition: map[string]any{"StringLike": map[string]any{"ses:FromAddress": "*@" + d.SenderDomain()}},
	}
}

func values(s []string) []any {
	out := make([]any, len(s))
	for i, v := range s {
		out[i] = v
	}
	return out
}
