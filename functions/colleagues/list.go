package colleagues

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows a member whom they invited.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "colleagues/list", Summary: "List whom one invited to one's own account, and who of them has come.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Account, schema.Contact, schema.Invitation}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/colleagues",
	Auth: contract.Session, Needs: access.ColleagueInvite,
}, list)

// ColleagueList asks for a page.
type ColleagueList struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor" doc:"next of the page before."`
}

// ColleaguePage is a page of those whom the member invited, by contact. One query
// looks at up to 1,000 of the account's grants: a page may be empty and still have a
// next one.
type ColleaguePage struct {
	Items []ColleagueItem `json:"items"`
	Next  page.Cursor     `json:"next,omitempty" doc:"Absent on the last page."`
}

// ColleagueItem is somebody the member invited. Those they took back are not
// listed, nor those that the firm has invited itself since.
type ColleagueItem struct {
	Contact   id.Contact `json:"contact"`
	Address   string     `json:"address"`
	Name      string     `json:"name,omitempty"`
	State     string     `json:"state" enum:"pending,accepted,declined,expired"`
	InvitedAt time.Time  `json:"invited_at" doc:"The first time."`
}

func list(ctx context.Context, a *app.App, call web.Call, in *ColleagueList) (web.Reply[ColleaguePage], error) {
	h, using := host(a, call), call.Actor.Grant
	if err := h.Check(ctx); err != nil {
		return web.Reply[ColleaguePage]{}, err
	}
	all, next, err := a.Store.Offered(ctx, call.Actor.Workspace, using.Account, using.Portal, call.Identity.ID, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	if err != nil {
		return web.Reply[ColleaguePage]{}, err
	}
	var w invitation.Wanted
	for _, g := range all {
		w.Contacts, w.Invitations = append(w.Contacts, g.Contact), append(w.Invitations, g.Invitation)
	}
	found, err := a.Store.Known(ctx, call.Actor.Workspace, w)
	out := ColleaguePage{Items: []ColleagueItem{}, Next: next}
	for _, g := range all {
		state, c := found.Invitations[g.Invitation].StateAt(call.Now), found.Contacts[g.Contact]
		if !g.AcceptedAt.IsZero() {
			state = invitation.Accepted
		}
		out.Items = append(out.Items, ColleagueItem{Contact: g.Contact, Address: string(c.Address), Name: c.Name, State: string(state), InvitedAt: g.CreatedAt})
	}
	return web.Reply[ColleaguePage]{Body: out}, err
}
