package accounts

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

// Upsert writes the account that another system calls so, and makes it if there is
// none (row B11).
var Upsert = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/upsert", Summary: "Change the account with this external identifier, or make it. The same again answers the same.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Account, schema.External}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPut, Path: "/v1/workspaces/{workspace}/external/accounts/{external_id}",
	Auth: contract.Session, Needs: access.AccountManage,
	Faults: []fault.Code{"external_id_malformed", "name_malformed", "name_has_link"},
}, upsert)

// UpsertAccount names one and what it is called.
type UpsertAccount struct {
	Workspace  id.Workspace `path:"workspace"`
	ExternalID string       `path:"external_id" example:"crm-4711"`
	Body       AccountCard
}

func upsert(ctx context.Context, a *app.App, call web.Call, in *UpsertAccount) (web.Reply[AccountItem], error) {
	one, set, err := desk(a, call).UpsertAccount(ctx, in.ExternalID, in.Body.Name)
	return web.Reply[AccountItem]{Body: item(one), Change: set}, err
}
