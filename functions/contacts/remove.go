package contacts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Remove removes a test client with all that it made (row T6).
var Remove = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/remove", Summary: "Remove a test client with all that it made: it is shut out at once, and a job removes the rest within minutes, the contact last. The audit trail stays.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Contact, schema.Identity, schema.Mailbox, schema.Job}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Query, contract.Delete}, Kinds: []schema.Kind{schema.Session}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodDelete, Path: "/v1/workspaces/{workspace}/contacts/{contact}",
	Auth: contract.Session, Needs: access.ContactManage,
	Faults: []fault.Code{"not_a_test_client"},
}, remove)

// RemoveContact names one.
type RemoveContact struct {
	Workspace id.Workspace `path:"workspace"`
	Contact   id.Contact   `path:"contact"`
}

// ContactRemoval is what becomes of a contact.
type ContactRemoval struct {
	ID  id.Contact `json:"id"`
	Job id.Job     `json:"job" doc:"The job that removes it; once it is done, the contact is not there any more."`
}

func remove(ctx context.Context, a *app.App, call web.Call, in *RemoveContact) (web.Reply[ContactRemoval], error) {
	c, set, err := desk(a, call).RemoveTest(ctx, a.Store, in.Contact)
	return web.Reply[ContactRemoval]{Body: ContactRemoval{ID: in.Contact, Job: c.Leaving}, Change: set}, err
}
