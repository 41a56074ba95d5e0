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

// Create makes an account.
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/create", Summary: "Make an account.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Account, schema.External}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/accounts", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.AccountManage,
	Faults: []fault.Code{"name_malformed", "name_has_link", "external_id_malformed", "external_id_taken"},
}, create)

// CreateAccount makes one.
type CreateAccount struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewAccount
}

// NewAccount is an account to be.
type NewAccount struct {
	AccountCard
	ExternalID string `json:"external_id,omitempty" maxLength:"128" code:"external_id_malformed" example:"crm-4711" doc:"What another system calls it; once per workspace."`
}

// AccountCard is what an account is called.
type AccountCard struct {
	Name string `json:"name" maxLength:"80" code:"name_malformed" example:"Bodegas Sol, S.L."`
}

func create(_ context.Context, a *app.App, call web.Call, in *CreateAccount) (web.Reply[AccountItem], error) {
	one, set, err := desk(a, call).AddAccount(in.Body.Name, in.Body.ExternalID)
	return web.Reply[AccountItem]{Body: item(one), Change: set}, err
}
