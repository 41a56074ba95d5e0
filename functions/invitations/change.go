package invitations

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/localtime"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Change puts an invitation right that was not answered yet.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/change", Summary: "Correct address, role, language, validity or note of an invitation; another address voids old links and is mailed.",
		Uses: deed(known, schema.Invitation, schema.Mailbox, schema.Contact, schema.Account, schema.Message),
	},
	Method: "PATCH", Path: "/v1/workspaces/{workspace}/invitations/{invitation}",
	Auth: contract.Session, Needs: access.InvitationSend,
	Faults: codesOf(workspace.ErrOwn, seat.ErrNone, invitation.ErrMalformed, invitation.ErrUnsupported, invitation.ErrRole, invitation.ErrLanguage, invitation.ErrValidity,
		invitation.ErrShort, invitation.ErrNote, invitation.ErrAccepted, invitation.ErrDeclined, invitation.ErrCancelled, invitation.ErrExpired,
		invitation.ErrAlreadyPending, invitation.ErrAlreadyMember, invitation.ErrInUse, invitation.ErrSharing,
		invitation.ErrBounced, invitation.ErrComplained, invitation.ErrSuppressed, invitation.ErrOptedOut, invitation.ErrPaused),
}, correct)

// Changing is a request to put an invitation right.
type Changing struct {
	One
	Body InvitationChange
}

// InvitationChange says what to put right; what is left out stays.
type InvitationChange struct {
	Address  *string  `json:"address,omitempty" example:"marta@client.example" doc:"Another one moves the invitation; the same one confirms it after mail came back."`
	Role     *id.Role `json:"role,omitempty" doc:"For everything the invitation offers."`
	Language *string  `json:"language,omitempty" example:"es"`
	Validity *string  `json:"validity,omitempty" example:"P30D" doc:"Counted from the last mail."`
	Override bool     `json:"override_pause,omitempty" doc:"Mail another address although the firm's mail is held back (mail_paused)."`
	Note     *string  `json:"note,omitempty" maxLength:"1000" code:"note_malformed" doc:"For the next mail."`
}

func correct(ctx context.Context, a *app.App, call web.Call, in *Changing) (web.Reply[Invitation], error) {
	c := invitation.Correction{Address: in.Body.Address, Role: in.Body.Role, Language: in.Body.Language, Note: in.Body.Note}
	if in.Body.Validity != nil {
		v, err := localtime.ParseValidity(*in.Body.Validity)
		if err != nil {
			return web.Reply[Invitation]{}, invitation.ErrValidity
		}
		c.Validity = &v
	}
	i, set, err := sending(a, call, in.Body.Override).Change(ctx, in.Invitation, c)
	return web.Reply[Invitation]{Body: item(i, call.Now), Change: set}, err
}
