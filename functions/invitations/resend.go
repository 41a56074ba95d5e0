package invitations

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/invitation"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Resend mails an invitation again: a pending one is renewed, an expired one
// reopened.
var Resend = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/resend", Summary: "Mail an invitation again; a pending one is renewed, an expired one reopened.",
		Uses: deed(filed, schema.Invitation, schema.Mailbox, schema.Account, schema.Message),
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/invitations/{invitation}/resend",
	Auth: contract.Session, Needs: access.InvitationSend,
	Faults: codesOf(workspace.ErrOwn, seat.ErrNone, invitation.ErrAccepted, invitation.ErrDeclined, invitation.ErrCancelled, invitation.ErrAlreadyPending, invitation.ErrAlreadyMember,
		invitation.ErrBounced, invitation.ErrComplained, invitation.ErrSuppressed, invitation.ErrOptedOut, invitation.ErrPaused),
}, resend)

// Resending is a request to mail an invitation again.
type Resending struct {
	One
	Body *ResendHow `required:"false"`
}

// ResendHow says how to mail it again.
type ResendHow struct {
	Override bool `json:"override_pause,omitempty" doc:"Send although the firm's mail is held back (mail_paused)."`
}

func resend(ctx context.Context, a *app.App, call web.Call, in *Resending) (web.Reply[Invitation], error) {
	i, set, err := sending(a, call, in.Body != nil && in.Body.Override).Resend(ctx, in.Invitation)
	return web.Reply[Invitation]{Body: item(i, call.Now), Change: set}, err
}
