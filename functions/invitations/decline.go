package invitations

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/web"
)

// Decline answers an invitation with no. A second time changes nothing.
var Decline = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/decline", Summary: "Decline an invitation.",
		Uses: contract.Uses{Tables: append(answers[:len(answers):len(answers)], app.SeatsTaken)},
	},
	Method: "POST", Path: "/v1/invitations/decline",
	Auth: contract.Link, Because: becauseOfLink, Limit: often,
	Faults: codesOf(link.ErrUnknown, invitation.ErrReason, invitation.ErrAccepted, invitation.ErrCancelled, invitation.ErrExpired),
}, decline)

// Refusal is what a person may say who declines.
type Refusal struct {
	Token  string `json:"token" doc:"What stands behind the # of the link." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.msg_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
	Reason string `json:"reason,omitempty" maxLength:"300" code:"reason_malformed" doc:"For the inviter: text." example:"We have another accountant."`
}

type refusal struct{ Body Refusal }

// LinkToken makes the link the caller.
func (in refusal) LinkToken() string { return in.Body.Token }

// Declined is the answer.
type Declined struct {
	State invitation.State `json:"state" enum:"declined"`
}

func decline(ctx context.Context, a *app.App, call web.Call, in *refusal) (web.Reply[Declined], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[Declined]{}, err
	}
	set, err := guest(a).Decline(ctx, token, in.Body.Reason, visitor(call))
	return web.Reply[Declined]{Body: Declined{State: invitation.Declined}, Change: set}, err
}
