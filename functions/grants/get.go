package grants

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/grant"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows one grant with its owner (row Z11).
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "grants/get", Summary: "Show a grant, its state and its owner.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Account}},
		}, shown...)},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/accounts/{account}/contacts/{contact}/grants/{portal}",
	Auth: contract.Session, Needs: access.GrantRead,
}, get)

func get(ctx context.Context, a *app.App, call web.Call, in *GrantKey) (web.Reply[GrantFull], error) {
	g, err := a.Store.Grant(ctx, call.Actor.Workspace, grant.Key{Account: in.Account, Contact: in.Contact, Portal: in.Portal})
	if err != nil {
		return web.Reply[GrantFull]{}, err
	}
	full, err := show(ctx, a, call, g)
	return web.Reply[GrantFull]{Body: full}, err
}
