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

// Change gives an account another name or external identifier.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/change", Summary: "Give an account another name or external identifier.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put, contract.Delete}, Kinds: []schema.Kind{schema.External}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/accounts/{account}",
	Auth: contract.Session, Needs: access.AccountManage,
	Faults: []fault.Code{"name_malformed", "name_has_link", "external_id_malformed", "external_id_taken"},
}, change)

// ChangeAccount names one and its name to be.
type ChangeAccount struct {
	Workspace id.Workspace `path:"workspace"`
	Account   id.Account   `path:"account"`
	Body      AccountPart
}

// AccountPart is what to change; what is left out stays.
type AccountPart struct {
	Name       *string `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Bodegas Sol, S.L."`
	ExternalID *string `json:"external_id,omitempty" maxLength:"128" code:"external_id_malformed" doc:"What another system calls it; once per workspace. Empty takes it away."`
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeAccount) (web.Reply[AccountItem], error) {
	one, set, err := desk(a, call).ChangeAccount(ctx, in.Account, in.Body.Name, in.Body.ExternalID)
	return web.Reply[AccountItem]{Body: item(one), Change: set}, err
}
