package portals

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

// Get shows one portal.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "portals/get", Summary: "Show a portal.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Portal}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/portals/{portal}",
	Auth: contract.Session, Needs: access.PortalRead,
}, get)

// GetPortal names one.
type GetPortal struct {
	Workspace id.Workspace `path:"workspace"`
	Portal    id.Portal    `path:"portal"`
}

func get(ctx context.Context, a *app.App, call web.Call, in *GetPortal) (web.Reply[PortalItem], error) {
	p, err := a.Store.Portal(ctx, call.Actor.Workspace, in.Portal)
	return web.Reply[PortalItem]{Body: item(a, p)}, err
}
