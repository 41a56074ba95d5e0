package members

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/web"
)

// Deactivate shuts a member out; every session of theirs ends with its next
// request (row Z17).
var Deactivate = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "members/deactivate", Summary: "Shut a member out: their sessions end with the next request, and they cannot sign in.",
		Uses: switching,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/members/{identity}/deactivate",
	Auth: contract.Session, Needs: access.GrantManage,
	Faults: []fault.Code{"member_is_staff"},
}, deactivate)

func deactivate(ctx context.Context, a *app.App, call web.Call, in *One) (web.Reply[MemberItem], error) {
	who, set, err := desk(a, call).SetActive(ctx, in.Identity, false)
	return web.Reply[MemberItem]{Body: item(who), Change: set}, err
}
