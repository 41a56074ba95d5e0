package colleagues

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Resend mails somebody whom the member invited again.
var Resend = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "colleagues/resend", Summary: "Mail somebody whom one invited again; once the invitation is over, invite them anew.",
		Uses: deed([]contract.Access{known, app.SeatsTaken}, schema.Account, schema.Mailbox, schema.Invitation, schema.Message),
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/colleagues/{contact}/resend",
	Auth: contract.Session, Needs: access.ColleagueInvite, Limit: seldom,
	Faults: []fault.Code{"address_malformed", "address_unsupported", "address_own_domain", "already_member", "already_pending",
		"invitation_accepted", "invitation_declined", invitation.ErrHostRefused.Code},
}, resend)

func resend(ctx context.Context, a *app.App, call web.Call, in *Colleague) (web.Reply[web.None], error) {
	set, err := host(a, call).Resend(ctx, in.Contact, keyOf(call))
	return web.Reply[web.None]{Change: set}, err
}
