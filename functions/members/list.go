package members

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows who is in (row F4: an accepted invitation shows up here).
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "members/list", Summary: "List the members of the workspace by address.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{"member"}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/members",
	Auth: contract.Session, Needs: access.GrantRead,
}, list)

// MemberList asks for a page of members.
type MemberList struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor"`
}

// MemberPage is a page of members.
type MemberPage struct {
	Items []MemberItem `json:"items"`
	Next  page.Cursor  `json:"next,omitempty"`
}

// MemberItem is somebody who accepted. Staff who are members as well stand in
// staff/list only.
type MemberItem struct {
	ID          id.Identity `json:"id"`
	Address     string      `json:"address"`
	Name        string      `json:"name"`
	Deactivated bool        `json:"deactivated"`
	CreatedAt   time.Time   `json:"created_at"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *MemberList) (web.Reply[MemberPage], error) {
	all, next, err := a.Store.Members(ctx, call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	return web.Reply[MemberPage]{Body: MemberPage{Items: page.Each(all, item), Next: next}}, err
}

func item(who identity.Identity) MemberItem {
	return MemberItem{ID: who.ID, Address: string(who.Address), Name: who.Name, Deactivated: !who.Active(), CreatedAt: who.CreatedAt}
}
