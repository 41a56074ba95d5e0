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

// Reactivate lets a member in again who was deactivated (row Z17).
var Reactivate = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "members/reactivate", Summary: "Let a deactivated member sign in again, with the grants they have; no former session revives.",
		Uses: switching,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/members/{identity}/reactivate",
	Auth: contract.Session, Needs: access.GrantManage,
	Faults: []fault.Code{"member_is_staff"},
}, reactivate)

func reactivate(ctx context.Context, a *app.App, call web.Call, in *One) (web.Reply[MemberItem], error) {
	who, set, err := desk(a, call).SetActive(ctx, in.Identity, true)
	return web.Reply[MemberItem]{Body: item(who), Change: set}, err
}
