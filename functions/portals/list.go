package portals

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/domain/portal"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows every portal of the workspace; there are at most five.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "portals/list", Summary: "List the portals of the workspace.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/portals",
	Auth: contract.Session, Needs: access.PortalRead,
}, list)

// PortalList asks for all portals.
type PortalList struct {
	Workspace id.Workspace `path:"workspace"`
}

// PortalPage is all portals.
type PortalPage struct {
	Items []PortalItem `json:"items"`
}

func list(ctx context.Context, a *app.App, call web.Call, _ *PortalList) (web.Reply[PortalPage], error) {
	all, err := a.Store.Portals(ctx, call.Actor.Workspace)
	return web.Reply[PortalPage]{Body: PortalPage{Items: page.Each(all, func(p portal.Portal) PortalItem { return item(a, p) })}}, err
}
