package invitations

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/link"
	"portero/shared/web"
)

// Renew passes on that the holder of a link that is over asks for a new one, at
// most once a day. The answer is the same whatever becomes of it.
var Renew = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/renew", Summary: "Ask the inviter for a new link.",
		Uses: contract.Uses{Tables: asks},
	},
	Method: "POST", Path: "/v1/invitations/renew",
	Auth: contract.Link, Because: becauseOfLink, Limit: often, Status: http.StatusAccepted,
	Faults: codesOf(link.ErrUnknown),
}, renew)

func renew(ctx context.Context, a *app.App, call web.Call, in *held) (web.Reply[Noted], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[Noted]{}, err
	}
	set, err := guest(a).AskAgain(ctx, token, visitor(call))
	return web.Reply[Noted]{Change: set}, err
}
