package joinlinks

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/web"
)

// Reset makes a new link and kills the old one at once (row F5).
var Reset = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/reset", Summary: "Give a join link another secret; the old one is dead at once.",
		Uses: contract.Uses{Tables: keeps},
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/joinlinks/{joinlink}/reset",
	Auth: contract.Session, Needs: access.JoinLinkManage, Secret: true,
}, reset, resetAgain)

type named struct {
	Workspace id.Workspace `path:"workspace"`
	JoinLink  id.JoinLink  `path:"joinlink"`
}

func reset(ctx context.Context, a *app.App, call web.Call, in *named) (web.Reply[Copyable], error) {
	return resetting(ctx, a, call, in.JoinLink)
}

func resetAgain(ctx context.Context, a *app.App, call web.Call, in *named, _ Copyable) (web.Reply[Copyable], error) {
	return resetting(ctx, a, call, in.JoinLink)
}
