package contacts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows one contact.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/get", Summary: "Show a contact.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Contact}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/contacts/{contact}",
	Auth: contract.Session, Needs: access.ContactRead,
}, get)

// GetContact names one.
type GetContact struct {
	Workspace id.Workspace `path:"workspace"`
	Contact   id.Contact   `path:"contact"`
}

func get(ctx context.Context, a *app.App, call web.Call, in *GetContact) (web.Reply[ContactItem], error) {
	c, err := a.Store.Contact(ctx, call.Actor.Workspace, in.Contact)
	return web.Reply[ContactItem]{Body: item(c)}, err
}
