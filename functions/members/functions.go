package members

import (
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{List, Deactivate, Reactivate, Batch, Promote}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// One names a member in a path.
type One struct {
	Workspace id.Workspace `path:"workspace"`
	Identity  id.Identity  `path:"identity"`
}

// trail is the audit entry that every change writes.
var trail = contract.Access{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}}

// switching is what shutting one out takes, and letting them in.
var switching = contract.Uses{Tables: []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}}, trail,
}}
