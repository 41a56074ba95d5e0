package roles

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Change gives a role another name, seats or permissions (rows F3, Z3, Z15, Z19).
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "roles/change", Summary: "Give a role another name, seats or permissions; it counts from the next request on.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Update}, Kinds: []schema.Kind{schema.Seat}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/roles/{role}",
	Auth: contract.Session, Needs: access.RoleManage,
	Faults: []fault.Code{"name_malformed", "name_has_link", "seats_malformed", "seats_taken", "permission_unknown"},
}, change)

// ChangeRole names one and what to change.
type ChangeRole struct {
	Workspace id.Workspace `path:"workspace"`
	Role      id.Role      `path:"role"`
	Body      RolePart
}

// RolePart is what to change; what is left out stays.
type RolePart struct {
	Name  *string              `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Supplier"`
	Seats *int                 `json:"seats,omitempty" example:"500" doc:"How many people may have the role; not fewer than have it."`
	May   *[]access.Permission `json:"may,omitempty" maxItems:"50" code:"permission_unknown" example:"[\"own.profile\"]" doc:"All that the role allows of what roles decide: own.profile; colleague.invite lets members invite people of their account, where the workspace does as well."`
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeRole) (web.Reply[RoleItem], error) {
	r, set, err := desk(a, call).ChangeRole(ctx, in.Role, directory.RoleCard(in.Body))
	if err != nil {
		return web.Reply[RoleItem]{}, err
	}
	items, err := counted(ctx, a, call, r)
	return web.Reply[RoleItem]{Body: items[0], Change: set}, err
}
