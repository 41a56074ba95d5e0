package colleagues

import (
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Create, List, Resend, Cancel}

// host serves a call.
func host(a *app.App, call web.Call) invitation.Host {
	return invitation.Host{Desk: invitation.Desk{Store: a.Store, Actor: call.Actor, Self: call.Identity, Now: call.Now}}
}

// seldom bounds what one member has mailed: enough for an account's people, too
// little to write to strangers (chosen; no evidence).
var seldom = contract.Limit{Requests: 20, Per: time.Hour}

// Colleague names somebody of the member's account in a path.
type Colleague struct {
	Workspace id.Workspace `path:"workspace"`
	Contact   id.Contact   `path:"contact"`
}

// known is what inviting reads.
var known = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
	schema.Workspace, schema.Portal, schema.Role, schema.Account, schema.Contact, schema.Identity, schema.Mailbox, schema.Invitation,
}}

// filed is what a deed about somebody who was invited reads.
var filed = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
	schema.Workspace, schema.Portal, schema.Account, schema.Contact, schema.Mailbox, schema.Invitation,
}}

// trail is the audit entry that every change writes.
var trail = contract.Access{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}}

// deed is what a deed reads and puts back.
func deed(reads []contract.Access, writes ...schema.Kind) contract.Uses {
	return contract.Uses{Tables: append([]contract.Access{{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: writes}, trail}, reads...)}
}
