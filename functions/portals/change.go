package portals

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

// Change gives a portal another title or default role.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "portals/change", Summary: "Change a portal's title or default role.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Portal, schema.Role}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/portals/{portal}",
	Auth: contract.Session, Needs: access.PortalManage,
	Faults: []fault.Code{"title_malformed", "name_has_link", "role_unknown"},
}, change)

// ChangePortal names one and what to change.
type ChangePortal struct {
	Workspace id.Workspace `path:"workspace"`
	Portal    id.Portal    `path:"portal"`
	Body      PortalPart
}

// PortalPart is what to change; what is left out stays.
type PortalPart struct {
	Title       *string  `json:"title,omitempty" maxLength:"80" code:"title_malformed" example:"Vega for suppliers"`
	DefaultRole *id.Role `json:"default_role,omitempty"`
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangePortal) (web.Reply[PortalItem], error) {
	p, set, err := desk(a, call).ChangePortal(ctx, in.Portal, in.Body.Title, in.Body.DefaultRole)
	return web.Reply[PortalItem]{Body: item(a, p), Change: set}, err
}
