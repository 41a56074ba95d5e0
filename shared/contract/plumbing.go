package contract

import (
	"portero/shared/domain/access"
	"portero/shared/dynamo/schema"
)

// Base returns what the row says, with what serving an endpoint needs on top:
// who is signed in, the idempotency record, the counter of its limit. A row
// names its own needs only.
func (e Endpoint) Base() Function {
	f := e.Function
	own := f.Uses.Tables
	f.Uses.Tables = append(own[:len(own):len(own)], e.plumbing()...)
	return f
}

// keyed are the kinds that letting somebody in reads: API keys too where they
// can be let in.
func (e Endpoint) keyed(all ...schema.Kind) []schema.Kind {
	if e.Auth == Session && access.Delegable(e.Needs) {
		all = append(all, schema.APIKey)
	}
	return all
}

// plumbing is what shared/web does on its own account.
func (e Endpoint) plumbing() []Access {
	var all []Access
	if e.Auth == Session || e.Auth == Link {
		all = append(all,
			Access{Table: schema.Core, Ops: []Op{Batch}, Kinds: e.keyed(schema.Identity, schema.Account, schema.Role)},
			Access{Table: schema.Ephemera, Ops: []Op{Batch, Update}, Kinds: []schema.Kind{schema.Session}})
	}
	if e.Method == "POST" && e.Auth != Public && !e.NoIdempotency {
		all = append(all, Access{Table: schema.Ephemera, Ops: []Op{Get, Put}, Kinds: []schema.Kind{schema.Idempotency}})
	}
	if e.Limit.Requests > 0 {
		all = append(all, Access{Table: schema.Ephemera, Ops: []Op{Update}, Kinds: []schema.Kind{schema.Counter}})
	}
	return all
}
