package invitations

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Link makes a fresh link for staff to hand over.
var Link = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/link", Summary: "Copy a fresh link of an open invitation; it is never mailed, and whoever uses it must type a code that is.",
		Uses: linkUses,
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/invitations/{invitation}/link",
	Auth: contract.Session, Needs: access.InvitationSend, Secret: true,
	Faults: codesOf(invitation.ErrAccepted, invitation.ErrDeclined, invitation.ErrCancelled, invitation.ErrExpired),
}, copyLink, copyLinkAgain)

// linkUses is what making a link touches; the repeat of a request reads the
// message it made.
var linkUses = contract.Uses{Tables: []contract.Access{
	filed, trail, {Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Message}},
}}

// CopiedLink is a link with its secret, shown once.
type CopiedLink struct {
	Message id.Message `json:"message" doc:"What the link is kept as; no secret."`
	URL     string     `json:"url,omitempty" doc:"Shown once."`
}

// WithoutSecret is what is kept under an Idempotency-Key.
func (l CopiedLink) WithoutSecret() CopiedLink { return CopiedLink{Message: l.Message} }

func copyLink(ctx context.Context, a *app.App, call web.Call, in *Resending) (web.Reply[CopiedLink], error) {
	token, set, err := desk(a, call).Link(ctx, in.Invitation)
	return web.Reply[CopiedLink]{Body: copied(a, token), Change: set}, err
}

func copyLinkAgain(ctx context.Context, a *app.App, call web.Call, _ *Resending, prior CopiedLink) (web.Reply[CopiedLink], error) {
	m, err := a.Store.Message(ctx, call.Actor.Workspace, prior.Message)
	if err != nil {
		return web.Reply[CopiedLink]{}, err
	}
	token, set, err := desk(a, call).LinkAgain(m)
	return web.Reply[CopiedLink]{Body: copied(a, token), Change: set}, err
}

// copied shows a link. The one page that takes it is /accept.
func copied(a *app.App, t link.Token) CopiedLink {
	if t.Zero() {
		return CopiedLink{}
	}
	return CopiedLink{Message: id.Message(t.Thing), URL: a.Config.BaseURL + "/accept#" + t.Reveal()}
}
