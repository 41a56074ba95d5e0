package grants

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Create grants access without sending anything (row T3); invitations/create
// sends it later.
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "grants/create", Summary: "Grant a contact access without sending anything.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Portal, schema.Role, schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
			app.Seats[0], app.SeatsNamed,
		}, shown...)},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/accounts/{account}/contacts/{contact}/grants", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.GrantManage,
	Faults: []fault.Code{"already_granted", "contact_unknown", "portal_unknown", "role_unknown", "owner_unknown", "dates_reversed", "date_malformed", "support_dates_off"},
}, create)

// CreateGrant makes one.
type CreateGrant struct {
	Workspace id.Workspace `path:"workspace"`
	Account   id.Account   `path:"account"`
	Contact   id.Contact   `path:"contact"`
	Body      NewGrant
}

// NewGrant is what is granted.
type NewGrant struct {
	Portal id.Portal `json:"portal"`
	GrantTerms
}

func create(ctx context.Context, a *app.App, call web.Call, in *CreateGrant) (web.Reply[GrantFull], error) {
	key := grant.Key{Account: in.Account, Contact: in.Contact, Portal: in.Body.Portal}
	g, set, err := desk(a, call).AddGrant(ctx, key, in.Body.terms())
	if err != nil {
		return web.Reply[GrantFull]{}, err
	}
	full, err := show(ctx, a, call, g)
	return web.Reply[GrantFull]{Body: full, Change: set}, err
}
