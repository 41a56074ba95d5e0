package invitations

import (
	"slices"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// desk is where the caller works on invitations.
func desk(a *app.App, call web.Call) invitation.Desk {
	return invitation.Desk{Store: a.Store, Actor: call.Actor, Self: call.Identity, Now: call.Now}
}

// sending is a desk that may be told to send although the firm's mail is held
// back.
func sending(a *app.App, call web.Call, override bool) invitation.Desk {
	d := desk(a, call)
	d.Override = override
	return d
}

// One names an invitation in a path.
type One struct {
	Workspace  id.Workspace  `path:"workspace"`
	Invitation id.Invitation `path:"invitation"`
}

// known is what a desk reads: things of many kinds, by their names.
var known = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
	schema.Workspace, schema.Portal, schema.Role, schema.Account, schema.Contact, schema.Identity, schema.Mailbox, schema.Invitation,
}}

// filed is what a desk reads of invitations that are there: the invitation, its
// mailbox and grants, and whoever else is offered the same.
var filed = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
	schema.Workspace, schema.Portal, schema.Account, schema.Mailbox, schema.Invitation,
}}

// trail is the audit entry that every change writes.
var trail = contract.Access{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}}

// deed is what a deed reads and puts back.
func deed(reads contract.Access, writes ...schema.Kind) contract.Uses {
	put := contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: writes}
	uses := contract.Uses{Tables: []contract.Access{reads, put, trail, app.SeatsTaken}}
	if !slices.Contains(reads.Kinds, schema.Role) {
		uses.Tables = append(uses.Tables, app.Seats[0])
	}
	return uses
}
