package contacts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the contacts of the workspace.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/list", Summary: "List the contacts of the workspace by name, then address.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Contact}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/contacts",
	Auth: contract.Session, Needs: access.ContactRead,
}, list)

// ContactList asks for a page of contacts.
type ContactList struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor"`
}

// ContactPage is a page of contacts.
type ContactPage struct {
	Items []ContactItem `json:"items"`
	Next  page.Cursor   `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *ContactList) (web.Reply[ContactPage], error) {
	all, next, err := a.Store.Contacts(ctx, call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	return web.Reply[ContactPage]{Body: ContactPage{Items: page.Each(all, item), Next: next}}, err
}
