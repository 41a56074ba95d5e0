package logos

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/web"
)

// Remove takes the firm's image away.
var Remove = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "logos/remove", Summary: "Take the firm's logo away, out of mails that were sent too.",
		Uses: writing(contract.Get, contract.Delete),
	},
	Method: http.MethodDelete, Path: "/v1/workspaces/{workspace}/logo",
	Auth: contract.Session, Needs: access.WorkspaceChange,
}, remove)

// RemoveLogo names the firm.
type RemoveLogo struct {
	Workspace id.Workspace `path:"workspace"`
}

func remove(ctx context.Context, a *app.App, call web.Call, _ *RemoveLogo) (web.Reply[web.None], error) {
	set, err := desk(a, call).RemoveLogo(ctx)
	return web.Reply[web.None]{Change: set}, err
}
