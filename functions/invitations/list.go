package invitations

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows invitations by state, in the order they were last sent.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/list", Summary: "List invitations by state, newest sent first; or find them by the beginning of address or name, or by account (row B12).",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Invitation}, Index: schema.List},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Invitation}, Index: schema.Address},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Invitation}, Index: schema.Called},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account, schema.Identity, schema.Invitation}}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/invitations",
	Auth: contract.Session, Needs: access.InvitationRead,
	Faults: append(codesOf(page.ErrInvalid, page.ErrExpired), page.CodeTogether, "filter_malformed"),
}, list)

// Which says what to list.
type Which struct {
	Workspace id.Workspace `path:"workspace"`
	State     string       `query:"state" enum:"pending,accepted,declined,cancelled,expired" doc:"Left out: every state, which costs five queries instead of one."`
	Delivery  string       `query:"delivery" enum:"queued,sent,delivered,delayed,bounced,complained,suppressed,failed"`
	Kind      string       `query:"kind" enum:"client,staff"`
	Portal    id.Portal    `query:"portal"`
	Role      id.Role      `query:"role" doc:"One that is offered."`
	Inviter   id.Identity  `query:"inviter"`
	Address   string       `query:"address" maxLength:"254" code:"filter_malformed" doc:"What the address begins with: of every state unless one is named, by address."`
	Name      string       `query:"name" maxLength:"254" code:"filter_malformed" doc:"What the name begins with, capitals and accents aside: of every state unless one is named, by name."`
	Account   id.Account   `query:"account" doc:"The last ones that offered access at this one, by contact. Only one of address, name and account can be used."`
	With      string       `query:"with" enum:"accounts" doc:"Also the names of the accounts that are offered and the addresses of inviters without a name, which costs one more call."`
	Order     string       `query:"order" enum:"newest,oldest" doc:"By when it was last sent; left out: newest."`
	Cursor    page.Cursor  `query:"cursor" doc:"next of the page before."`
}

// InvitationPage is a page of invitations. With a filter beside state one query
// looks at up to 1,000 of them, and at up to 200 of those found by address, name or account:
// a page may hold fewer than 50, even none, and still have a next one.
type InvitationPage struct {
	Items []Invitation `json:"items"`
	Next  page.Cursor  `json:"next,omitempty" doc:"Absent on the last page."`
}

func list(ctx context.Context, a *app.App, call web.Call, in *Which) (web.Reply[InvitationPage], error) {
	if err := page.One(page.Filter{Name: "address", Value: in.Address}, page.Filter{Name: "name", Value: in.Name}, page.Filter{Name: "account", Value: string(in.Account)}); err != nil {
		return web.Reply[InvitationPage]{}, err
	}
	which := dynamo.Which{State: invitation.State(in.State), Delivery: message.Delivery(in.Delivery), Kind: invitation.Kind(in.Kind), Portal: in.Portal,
		Role: in.Role, Inviter: in.Inviter}
	find := dynamo.Find{Address: in.Address, Name: in.Name, Account: in.Account}
	ask := page.Ask{Cursor: in.Cursor, Oldest: in.Order == "oldest", Now: call.Now}
	read := a.Store.Invitations
	switch {
	case find != (dynamo.Find{}):
		read = func(ctx context.Context, ws id.Workspace, w dynamo.Which, p page.Ask) ([]invitation.Invitation, page.Cursor, error) {
			return a.Store.FoundInvitations(ctx, ws, find, w, p)
		}
	case in.State == "":
		read = a.Store.AllInvitations
	}
	all, next, err := read(ctx, call.Actor.Workspace, which, ask)
	if err != nil {
		return web.Reply[InvitationPage]{}, err
	}
	out := InvitationPage{Items: make([]Invitation, len(all)), Next: next}
	for n, i := range all {
		out.Items[n] = item(i, call.Now)
	}
	if in.With == "accounts" {
		err = name(ctx, a, call, all, out.Items)
	}
	return web.Reply[InvitationPage]{Body: out}, err
}
