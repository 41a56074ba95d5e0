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

// Create opens another portal, with its own default client role (row Z1).
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "portals/create", Summary: "Open another portal; its name and URL never change.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.PortalName}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Portal, schema.Role}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/portals", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.PortalManage,
	Faults: []fault.Code{"portals_full", "portal_name_taken", "portal_name_malformed", "title_malformed", "name_has_link"},
}, create)

// CreatePortal opens one.
type CreatePortal struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewPortal
}

// NewPortal is what a portal is called.
type NewPortal struct {
	Name  string `json:"name,omitempty" maxLength:"40" code:"portal_name_malformed" example:"vega-suppliers" doc:"The URL's part; empty: made from the title."`
	Title string `json:"title,omitempty" maxLength:"80" code:"title_malformed" example:"Vega for suppliers" doc:"What people read; empty: the firm's name."`
}

func create(ctx context.Context, a *app.App, call web.Call, in *CreatePortal) (web.Reply[PortalItem], error) {
	p, set, err := desk(a, call).OpenPortal(ctx, in.Body.Name, in.Body.Title)
	return web.Reply[PortalItem]{Body: item(a, p), Change: set}, err
}
