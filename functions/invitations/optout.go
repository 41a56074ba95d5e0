package invitations

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/link"
	"portero/shared/web"
)

// OptOut asks the firm not to invite or write again, and declines what is open.
var OptOut = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/optout", Summary: "Ask not to be invited or written to again.",
		Uses: contract.Uses{Tables: append(answers[:len(answers):len(answers)], app.SeatsTaken)},
	},
	Method: "POST", Path: "/v1/invitations/optout",
	Auth: contract.Link, Because: becauseOfLink, Limit: often,
	Faults: codesOf(link.ErrUnknown),
}, optOut)

// Noted is an answer that says no more than that it was done.
type Noted struct{}

func optOut(ctx context.Context, a *app.App, call web.Call, in *held) (web.Reply[Noted], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[Noted]{}, err
	}
	set, err := guest(a).OptOut(ctx, token, visitor(call))
	return web.Reply[Noted]{Change: set}, err
}
