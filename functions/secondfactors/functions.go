package secondfactors

import (
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/session"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Begin, SetUp, Renew, Remove, Reset}

// desk serves a call.
func desk(a *app.App, call web.Call) session.Desk {
	return session.Desk{Store: a.Store, Actor: call.Actor, Cost: a.Cost, Now: call.Now}
}

// shown are the faults of showing password and code.
var shown = []fault.Code{"sign_in_failed", "second_factor_needed", "second_factor_wrong", "recovery_code_needed", "second_factor_none"}

// reading is what knowing oneself takes.
var reading = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Identity, schema.Mailbox}},
	{Table: schema.Ephemera, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Session}},
	{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
	{Table: schema.Ephemera, Ops: []contract.Op{contract.Update, contract.Delete}, Kinds: []schema.Kind{schema.Counter}}, // failures, which success forgets
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
}

// mailed is what telling the person takes.
var mailed = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}}
