package invitations

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Cancel ends an invitation that was not answered: its links are dead at once.
var Cancel = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/cancel", Summary: "Cancel an invitation; every link of it is dead at once.",
		Uses: deed(filed, schema.Invitation, schema.Mailbox, schema.Account),
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/invitations/{invitation}/cancel",
	Auth: contract.Session, Needs: access.InvitationSend,
	Faults: codesOf(invitation.ErrAccepted, invitation.ErrDeclined),
}, cancel)

// Cancelling is a request to cancel an invitation.
type Cancelling struct {
	One
	Body *CancelBody `required:"false"`
}

// CancelBody says how to cancel.
type CancelBody struct {
	Withdraw bool `json:"withdraw,omitempty" doc:"Switch off the sign-in it offered, too; else the access stays granted, never sent."`
}

func cancel(ctx context.Context, a *app.App, call web.Call, in *Cancelling) (web.Reply[Invitation], error) {
	i, set, err := desk(a, call).Cancel(ctx, in.Invitation, in.Body != nil && in.Body.Withdraw)
	return web.Reply[Invitation]{Body: item(i, call.Now), Change: set}, err
}
