package roles

import (
	"cmp"
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/role"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Create makes a role of a portal.
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "roles/create", Summary: "Make a role of a portal.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query, contract.Put}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/roles", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.RoleManage,
	Faults: []fault.Code{"portal_unknown", "roles_full", "name_malformed", "name_has_link", "seats_malformed", "permission_unknown"},
}, create)

// CreateRole makes one.
type CreateRole struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewRole
}

// NewRole is a role to be.
type NewRole struct {
	Portal id.Portal            `json:"portal"`
	Name   string               `json:"name" maxLength:"80" code:"name_malformed" example:"Supplier"`
	For    role.For             `json:"for,omitempty" enum:"contacts,leads" doc:"Whom the role is for; contacts if left out."`
	Seats  *int                 `json:"seats,omitempty" example:"500" doc:"How many people may have the role; 10,000 if left out."`
	May    *[]access.Permission `json:"may,omitempty" maxItems:"50" code:"permission_unknown" example:"[\"own.profile\"]" doc:"What the role allows of what roles decide, if not what every client may: own.profile; colleague.invite lets members invite people of their account, where the workspace does as well."`
}

func create(ctx context.Context, a *app.App, call web.Call, in *CreateRole) (web.Reply[RoleItem], error) {
	r, set, err := desk(a, call).AddRole(ctx, in.Body.Portal, cmp.Or(in.Body.For, role.Contacts),
		directory.RoleCard{Name: &in.Body.Name, Seats: in.Body.Seats, May: in.Body.May})
	return web.Reply[RoleItem]{Body: item(r, 0), Change: set}, err
}
