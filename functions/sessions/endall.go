package sessions

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// EndAll signs out everywhere, here too.
var EndAll = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "sessions/endall", Summary: "End every session of the signed-in person, the current one too.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			noted,
		}},
	},
	Method: http.MethodDelete, Path: "/v1/workspaces/{workspace}/sessions",
	Auth: contract.Session, Needs: access.OwnSessions,
}, endAll)

func endAll(ctx context.Context, a *app.App, call web.Call, _ *Mine) (web.Reply[web.None], error) {
	set, err := desk(a, call).EndAll(ctx)
	return web.Reply[web.None]{Change: set, SignOut: true}, err
}
