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
		Name: "invitations/list", Summary: "List invitations by state, newest sent first.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Invitation}, Index: schema.List},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account, schema.Identity}}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/invitations",
	Auth: contract.Session, Needs: access.InvitationRead,
	Faults: codesOf(page.ErrInvalid, page.ErrExpired),
}, list)

// Which says what to list.
type Which struct {
	Workspace id.Workspace `path:"workspace"`
	State     string       `query:"state" enum:"pending,accepted,declined,cancelled,expired" doc:"Left out: every state, which costs five queries instead of one."`
	Delivery  string       `query:"delivery" enum:"queued,sent,delivered,delayed,bounced,complained,suppressed,failed"`
	Kind      string       `query:"kind" enum:"client,staff"`
	Portal    id.Portal    `query:"portal"`
	With      string       `query:"with" enum:"accounts" doc:"Also the names of the accounts that are offered and the addresses of inviters without a name, which costs one more call."`
	Order     string       `query:"order" enum:"newest,oldest" doc:"By when it was last sent; left out: newest."`
	Cursor    page.Cursor  `query:"cursor" doc:"next of the page before."`
}

// InvitationPage is a page of invitations. With a filter a page may hold fewer
// than 50, even none, and still have a next one.
type InvitationPage struct {
	Items []Invitation `json:"items"`
	Next  page.Cursor  `json:"next,omitempty" doc:"Absent on the last page."`
}

func list(ctx context.Context, a *app.App, call web.Call, in *Which) (web.Reply[InvitationPage], error) {
	which := dynamo.Which{State: invitation.State(in.State), Delivery: message.Delivery(in.Delivery), Kind: invitation.Kind(in.Kind), Portal: in.Portal}
	ask := page.Ask{Cursor: in.Cursor, Oldest: in.Order == "oldest", Now: call.Now}
	read := a.Store.Invitations
	if in.State == "" {
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
