package sessions

import (
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/session"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Create, Code, Get, List, Switch, End, EndAll}

// desk serves a call.
func desk(a *app.App, call web.Call) session.Desk {
	return session.Desk{Store: a.Store, Actor: call.Actor, Former: call.Former, Cost: a.Cost, Now: call.Now}
}

// facts are what is known of the caller's browser or program.
func facts(call web.Call) session.Facts {
	return session.Facts{Device: call.Agent, From: call.Actor.From}
}

// doors is what reading somebody's grants takes.
var doors = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
		schema.Workspace, schema.Identity, schema.Mailbox, schema.Account, schema.Contact, schema.Role}},
	{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
}

// seen is what noting a grant's last sign-in takes (row T8).
var seen = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Account}}

// noted is what writing an audit entry takes.
var noted = contract.Access{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}}
