package roles

import (
	"cmp"
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
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
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/roles", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.RoleManage,
	Faults: []fault.Code{"portal_unknown", "name_malformed", "name_has_link"},
}, create)

// CreateRole makes one.
type CreateRole struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewRole
}

// NewRole is a role to be.
type NewRole struct {
	Portal id.Portal `json:"portal"`
	Name   string    `json:"name" maxLength:"80" code:"name_malformed" example:"Supplier"`
	For    role.For  `json:"for,omitempty" enum:"contacts,leads" doc:"Whom the role is for; contacts if left out."`
}

func create(ctx context.Context, a *app.App, call web.Call, in *CreateRole) (web.Reply[RoleItem], error) {
	r, set, err := desk(a, call).AddRole(ctx, in.Body.Portal, in.Body.Name, cmp.Or(in.Body.For, role.Contacts))
	return web.Reply[RoleItem]{Body: item(r), Change: set}, err
}
