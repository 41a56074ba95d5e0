package roles

import (
	"context"
	"net/http"
	"slices"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the roles of the workspace or of one portal.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "roles/list", Summary: "List the roles of the workspace or of one portal, oldest first.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Role}}, seats,
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/roles",
	Auth: contract.Session, Needs: access.RoleRead,
}, list)

// RoleList asks for a page of roles.
type RoleList struct {
	Workspace id.Workspace `path:"workspace"`
	Portal    id.Portal    `query:"portal" doc:"Only this portal's; a page may then hold fewer."`
	Cursor    page.Cursor  `query:"cursor"`
}

// RolePage is a page of roles.
type RolePage struct {
	Items []RoleItem  `json:"items"`
	Next  page.Cursor `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *RoleList) (web.Reply[RolePage], error) {
	all, next, err := a.Store.Roles(ctx, call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	if err != nil {
		return web.Reply[RolePage]{}, err
	}
	shown := slices.DeleteFunc(all, func(r role.Role) bool { return r.Gone() || in.Portal != "" && r.Portal != in.Portal })
	items, err := counted(ctx, a, call, shown...)
	return web.Reply[RolePage]{Body: RolePage{Items: items, Next: next}}, err
}
