package accounts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the accounts of the workspace.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/list", Summary: "List the accounts of the workspace by name, all or those whose name begins like this (row B12).",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/accounts",
	Auth: contract.Session, Needs: access.AccountRead,
	Faults: []fault.Code{"filter_malformed"},
}, list)

// AccountList asks for a page of accounts.
type AccountList struct {
	Workspace id.Workspace `path:"workspace"`
	Name      string       `query:"name" maxLength:"254" code:"filter_malformed" doc:"What the name begins with; capitals and accents make no difference."`
	Cursor    page.Cursor  `query:"cursor"`
}

// AccountPage is a page of accounts.
type AccountPage struct {
	Items []AccountItem `json:"items"`
	Next  page.Cursor   `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *AccountList) (web.Reply[AccountPage], error) {
	all, next, err := a.Store.Accounts(ctx, call.Actor.Workspace, in.Name, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	return web.Reply[AccountPage]{Body: AccountPage{Items: page.Each(all, item), Next: next}}, err
}
