package secondfactors

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/web"
)

// Remove ends one's own second factor.
var Remove = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "secondfactors/remove", Summary: "Take away one's own second factor.",
		Uses: contract.Uses{Hashing: true, Tables: append([]contract.Access{mailed}, reading...)}, MemoryMiB: contract.HashMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/me/second-factor/remove",
	Auth: contract.Session, Needs: access.OwnSessions,
	Faults: append([]fault.Code{"second_factor_required", "password_too_short"}, shown...),
}, remove)

func remove(ctx context.Context, a *app.App, call web.Call, in *Shown) (web.Reply[web.None], error) {
	set, err := desk(a, call).TakeAway(ctx, in.Body.Code, in.Body.Password)
	return web.Reply[web.None]{Change: set}, err
}
