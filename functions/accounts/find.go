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

// Find shows an account by what another system calls it (row B11).
var Find = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/find", Summary: "Show an account by its external identifier.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.External, schema.Account}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/external/accounts/{external_id}",
	Auth: contract.Session, Needs: access.AccountRead,
	Faults: []fault.Code{"external_id_malformed"},
}, find)

// FindAccount names one.
type FindAccount struct {
	Workspace  id.Workspace `path:"workspace"`
	ExternalID string       `path:"external_id" example:"crm-4711"`
}

func find(ctx context.Context, a *app.App, call web.Call, in *FindAccount) (web.Reply[AccountItem], error) {
	one, err := desk(a, call).FindAccount(ctx, in.ExternalID)
	return web.Reply[AccountItem]{Body: item(one)}, err
}
