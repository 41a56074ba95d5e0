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

// Change changes a grant's switches, dates, role or owner (rows T2, Z11, Z12).
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "grants/change", Summary: "Change a grant's switches, dates, role or owner.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Account, schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Batch}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Invitation}}, app.SeatsTaken,
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}, append(inviting, shown...)...)},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/accounts/{account}/contacts/{contact}/grants/{portal}",
	Auth: contract.Session, Needs: access.GrantManage,
	Faults: []fault.Code{"role_unknown", "owner_unknown", "dates_reversed", "date_malformed", "support_dates_off", "no_seat"},
}, change)

// ChangeGrant names one and what to change.
type ChangeGrant struct {
	Workspace id.Workspace `path:"workspace"`
	Account   id.Account   `path:"account"`
	Contact   id.Contact   `path:"contact"`
	Portal    id.Portal    `path:"portal"`
	Body      GrantTerms
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeGrant) (web.Reply[GrantFull], error) {
	key := grant.Key{Account: in.Account, Contact: in.Contact, Portal: in.Portal}
	g, outcome, set, err := desk(a, call).ChangeGrant(ctx, key, in.Body.terms())
	if err != nil {
		return web.Reply[GrantFull]{}, err
	}
	full, err := show(ctx, a, call, g)
	full.Sent = sent(outcome)
	return web.Reply[GrantFull]{Body: full, Change: set}, err
}
