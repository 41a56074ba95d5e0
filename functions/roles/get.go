package roles

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows one role.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "roles/get", Summary: "Show a role.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Role}}, seats,
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/roles/{role}",
	Auth: contract.Session, Needs: access.RoleRead,
}, get)

// GetRole names one.
type GetRole struct {
	Workspace id.Workspace `path:"workspace"`
	Role      id.Role      `path:"role"`
}

func get(ctx context.Context, a *app.App, call web.Call, in *GetRole) (web.Reply[RoleItem], error) {
	r, err := a.Store.Role(ctx, call.Actor.Workspace, in.Role)
	if err == nil && r.ID != in.Role {
		err = fault.NotYours() // it was deleted
	}
	if err != nil {
		return web.Reply[RoleItem]{}, err
	}
	items, err := counted(ctx, a, call, r)
	return web.Reply[RoleItem]{Body: items[0]}, err
}
