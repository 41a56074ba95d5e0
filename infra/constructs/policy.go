package constructs

import (
	"cmp"
	"slices"
	"strings"

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
	all := d.items(uses.Tables)
	if uses.Mail {
		all = append(all, d.send())
	}
	return all
}

// items allows a row's operations on the items of its kinds: one statement per
// table (or index) and operation, with the keys of all kinds; operations with
// the same keys share it.
//
// One statement, because AWS does not say whether dynamodb:LeadingKeys of a
// transaction's item is its own key or the keys of all its items of that action
// and table: with one, both readings allow the same.
//
// ForAllValues is true where a call names no key, so Null demands one
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html).
// A transaction needs the permissions of its items' operations and none of its own
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
func (d Deployment) items(tables []contract.Access) []Statement {
	var all []Statement
	at := map[string]int{} // of a statement by its resource and keys
	for _, u := range joined(tables) {
		resource := d.tableARN(u.table)
		if u.index != "" {
			resource += "/index/" + string(u.index)
		}
		same := strings.Join(append([]string{string(u.table), string(u.index)}, u.keys...), " ")
		i, ok := at[same]
		if !ok {
			i, at[same] = len(all), len(all)
			all = append(all, Statement{Resources: []string{resource}, Condition: map[string]any{
				"ForAllValues:StringLike": map[string]any{"dynamodb:LeadingKeys": values(u.keys)},
				"Null":                    map[string]any{"dynamodb:LeadingKeys": "false"},
			}})
		}
		all[i].Actions = append(all[i].Actions, "dynamodb:"+string(u.op))
	}
	return all
}

// use is one operation on one table or index, with the patterns of its keys.
type use struct {
	table schema.Name
	index schema.Index
	op    contract.Op
	keys  []string
}

// joined returns what a row's accesses say of each table, index and operation,
// each once and in an order of its own, so that a template does not change with
// the order in which a row says it.
func joined(tables []contract.Access) []use {
	var all []use
	for _, a := range tables {
		var keys []string
		for _, kind := range a.Kinds {
			keys = append(keys, schema.LeadingKeys(kind))
		}
		if a.Index != "" {
			keys = indexKeys(a.Index, keys)
		}
		for _, op := range a.Ops {
			i := slices.IndexFunc(all, func(u use) bool { return u.table == a.Table && u.index == a.Index && u.op == op })
			if i < 0 {
				i, all = len(all), append(all, use{table: a.Table, index: a.Index, op: op})
			}
			all[i].keys = append(all[i].keys, keys...)
		}
	}
	for i := range all {
		slices.Sort(all[i].keys)
		all[i].keys = slices.Compact(all[i].keys)
	}
	slices.SortFunc(all, func(a, b use) int {
		return cmp.Or(cmp.Compare(order[a.table], order[b.table]), cmp.Compare(a.index, b.index), cmp.Compare(a.op, b.op))
	})
	return all
}

// order is that of the tables in a policy.
var order = map[schema.Name]int{schema.Core: 0, schema.Audit: 1, schema.Ephemera: 2}

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
