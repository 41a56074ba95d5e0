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

// Change gives an account another name.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/change", Summary: "Give an account another name.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/accounts/{account}",
	Auth: contract.Session, Needs: access.AccountManage,
	Faults: []fault.Code{"name_malformed", "name_has_link"},
}, change)

// ChangeAccount names one and its name to be.
type ChangeAccount struct {
	Workspace id.Workspace `path:"workspace"`
	Account   id.Account   `path:"account"`
	Body      AccountCard
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeAccount) (web.Reply[AccountItem], error) {
	one, set, err := desk(a, call).RenameAccount(ctx, in.Account, in.Body.Name)
	return web.Reply[AccountItem]{Body: item(one), Change: set}, err
}
