package accounts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the accounts of the workspace.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "accounts/list", Summary: "List the accounts of the workspace by name, all or those whose name begins like this; or those that a filter names, by their last sign-in.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account, schema.Standing}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account, schema.Standing}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/accounts",
	Auth: contract.Session, Needs: access.AccountRead,
	Faults: []fault.Code{"filter_malformed", "filter_contradicts", "state_unknown", "date_malformed"},
}, list)

// AccountList asks for a page of accounts.
type AccountList struct {
	Workspace id.Workspace `path:"workspace"`
	Name      string       `query:"name" maxLength:"254" code:"filter_malformed" doc:"What the name begins with; capitals and accents make no difference."`
	State     string       `query:"state" enum:"active,pending,offline" code:"state_unknown" doc:"As lists know it, a minute or two late. What is filtered by this or by the last sign-in comes by that, those never signed in first, and not by name as well (row T8)."`
	Signed    string       `query:"signed_in" enum:"never" doc:"never: only those where nobody ever signed in."`
	Before    string       `query:"last_sign_in_before" maxLength:"10" code:"date_malformed" example:"2026-06-01" doc:"Only those whose last sign-in was before this day, in the workspace's zone; those without any are left out."`
	Cursor    page.Cursor  `query:"cursor"`
}

// AccountPage is a page of accounts.
type AccountPage struct {
	Items []AccountRow `json:"items"`
	Next  page.Cursor  `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *AccountList) (web.Reply[AccountPage], error) {
	ws, ask := call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now}
	which, err := in.which(ctx, a.Store, ws)
	if err != nil {
		return web.Reply[AccountPage]{}, err
	}
	var items []AccountRow
	var next page.Cursor
	if which.Zero() {
		var all []account.Account
		if all, next, err = a.Store.Accounts(ctx, ws, in.Name, ask); err == nil {
			items, err = named(ctx, a.Store, ws, all)
		}
	} else {
		var all []id.Account
		if all, next, err = a.Store.AccountsBy(ctx, ws, which, ask); err == nil {
			items, err = found(ctx, a.Store, ws, all)
		}
	}
	return web.Reply[AccountPage]{Body: AccountPage{Items: items, Next: next}}, err
}
