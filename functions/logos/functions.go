package logos

import (
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Get, Change, Remove}

// writing is what putting an image in the place of another takes.
func writing(ops ...contract.Op) contract.Uses {
	return contract.Uses{Tables: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Workspace}},
		{Table: schema.Core, Ops: ops, Kinds: []schema.Kind{schema.Logo}},
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	}}
}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}
