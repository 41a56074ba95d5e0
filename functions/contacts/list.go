package contacts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the contacts of the workspace.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/list", Summary: "List the contacts of the workspace by name, then address; or find them by the beginning of either, by account or by role (row B12); or the test clients (row T6).",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Contact}},
			{Table: schema.Core, Index: schema.Called, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Contact}},
			{Table: schema.Core, Index: schema.Address, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Contact}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account, schema.Seat}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Contact}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/contacts",
	Auth: contract.Session, Needs: access.ContactRead,
	Faults: []fault.Code{page.CodeTogether, "filter_malformed"},
}, list)

// ContactList asks for a page of contacts.
type ContactList struct {
	Workspace id.Workspace `path:"workspace"`
	Name      string       `query:"name" maxLength:"254" code:"filter_malformed" doc:"What the name, or the address of who has no name, begins with; capitals and accents make no difference."`
	Address   string       `query:"address" maxLength:"254" code:"filter_malformed" doc:"What the address begins with."`
	Account   id.Account   `query:"account" doc:"Only who belongs to this one, oldest first. It cannot be used together with name or address."`
	Role      id.Role      `query:"role" doc:"Only who sits in this one: who has it or was offered it, with the sign-in switch on. With account: who was granted it there. It cannot be used together with name or address."`
	Test      string       `query:"test" enum:"true" doc:"true: only test clients, by name; with name: of that name. It cannot be used together with the others."`
	Cursor    page.Cursor  `query:"cursor"`
}

// ContactPage is a page of contacts.
type ContactPage struct {
	Items []ContactItem `json:"items"`
	Next  page.Cursor   `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *ContactList) (web.Reply[ContactPage], error) {
	name, address := page.Filter{Name: "name", Value: in.Name}, page.Filter{Name: "address", Value: in.Address}
	for _, other := range []page.Filter{{Name: "account", Value: string(in.Account)}, {Name: "role", Value: string(in.Role)}} {
		if err := page.One(name, address, other); err != nil {
			return web.Reply[ContactPage]{}, err
		}
	}
	for _, other := range []page.Filter{address, {Name: "account", Value: string(in.Account)}, {Name: "role", Value: string(in.Role)}} {
		if err := page.One(page.Filter{Name: "test", Value: in.Test}, other); err != nil {
			return web.Reply[ContactPage]{}, err
		}
	}
	find := dynamo.Find{Name: in.Name, Address: in.Address, Account: in.Account, Test: in.Test != ""}
	all, next, err := a.Store.Contacts(ctx, call.Actor.Workspace, find, dynamo.Through{Role: in.Role}, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	return web.Reply[ContactPage]{Body: ContactPage{Items: page.Each(all, item), Next: next}}, err
}
