package joinlinks

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows one link with its count of uses.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/get", Summary: "Show a join link and how often it was used.",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.JoinLink}}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/joinlinks/{joinlink}",
	Auth: contract.Session, Needs: access.JoinLinkRead,
}, get)

func get(ctx context.Context, a *app.App, call web.Call, in *named) (web.Reply[Shared], error) {
	l, err := a.Store.JoinLink(ctx, call.Actor.Workspace, in.JoinLink)
	return web.Reply[Shared]{Body: shown(l, call.Now)}, err
}
