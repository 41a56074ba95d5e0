package passwords

import (
	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/session"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Change, First, Forget, Reset}

// desk serves a call.
func desk(a *app.App, call web.Call) session.Desk {
	return session.Desk{Store: a.Store, Actor: call.Actor, Cost: a.Cost, Now: call.Now}
}

// weak are the codes of a password that is not good enough.
var weak = []fault.Code{"password_malformed", "password_too_short", "password_too_long", "password_common", "password_context", "password_repetitive"}

// noted is what writing an audit entry takes.
var noted = contract.Access{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}}

// entrance is what reading an address takes.
var entrance = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Identity, schema.Mailbox}}

// limited is what counting requests takes.
var limited = contract.Access{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter}}

// forgotten is what making room for attempts again takes.
var forgotten = contract.Access{Table: schema.Ephemera, Ops: []contract.Op{contract.Delete}, Kinds: []schema.Kind{schema.Counter}}

// counted is what counting failures takes, which success forgets.
var counted = contract.Access{Table: schema.Ephemera, Ops: []contract.Op{contract.Update, contract.Delete}, Kinds: []schema.Kind{schema.Counter}}
