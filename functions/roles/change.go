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

// Change gives a role another name (row Z15).
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "roles/change", Summary: "Give a role another name.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/roles/{role}",
	Auth: contract.Session, Needs: access.RoleManage,
	Faults: []fault.Code{"name_malformed", "name_has_link"},
}, change)

// ChangeRole names one and what to change.
type ChangeRole struct {
	Workspace id.Workspace `path:"workspace"`
	Role      id.Role      `path:"role"`
	Body      RolePart
}

// RolePart is what to change.
type RolePart struct {
	Name string `json:"name" maxLength:"80" code:"name_malformed" example:"Supplier"`
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeRole) (web.Reply[RoleItem], error) {
	r, set, err := desk(a, call).RenameRole(ctx, in.Role, in.Body.Name)
	return web.Reply[RoleItem]{Body: item(r), Change: set}, err
}
