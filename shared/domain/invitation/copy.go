package invitation

import (
	"portero/shared/domain/audit"

	"context"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/link"
	"portero/shared/domain/message"
)

// ErrResendFirst refuses to copy a link of an invitation that is over.
var ErrResendFirst = fault.New(fault.Conflict, ErrExpired.Code, "This invitation is over. Resend it; that opens it again.")

// Link makes a fresh link of an open invitation, for staff to hand over. It is
// never mailed, so it proves no mailbox: whoever uses it is asked for a code
// that is. The readable secret is in the token only. It returns not_found, or
// why the invitation is not open (invitation_accepted, invitation_declined,
// invitation_cancelled, invitation_expired).
func (d Desk) Link(ctx context.Context, one id.Invitation) (link.Token, change.Set, error) {
	f, _, err := d.open(ctx, one, Wanted{}, nil)
	if err != nil {
		return link.Token{}, change.Set{}, err
	}
	return f.link()
}

func (f file) link() (link.Token, change.Set, error) {
	var set change.Set
	if err := over(f.StateAt(f.desk.Now)); err != nil {
		if f.StateAt(f.desk.Now) == Expired {
			err = ErrResendFirst
		}
		return link.Token{}, set, err
	}
	letter := f.Letter(id.New[id.Message](f.desk.Now), message.CopiedLink, f.workspace, f.portal, f.desk.Now)
	token := link.New(f.desk.ws(), string(letter.ID))
	set.Insert(copied(letter, token))
	audit.File(&set, f.desk.entry("link_copied", f.ID), f.Accounts()...)
	return token, set, nil
}

// copied is a message that only holds a secret: never queued, never mailed,
// with nothing in it to be filled in.
func copied(m message.Message, t link.Token) message.Message {
	m.Delivery, m.Due, m.Model, m.Caps = "", time.Time{}, message.Model{}, message.Caps{}
	m.Secrets = [][]byte{t.Hash()}
	return m
}

// LinkAgain answers the repeat of a request that made a link: the same message
// with another secret, so that the former link is dead. It returns link_unknown
// if that message is not a copied link of the workspace.
func (d Desk) LinkAgain(m message.Message) (link.Token, change.Set, error) {
	var set change.Set
	if m.Kind != message.CopiedLink || m.Workspace != d.ws() {
		return link.Token{}, set, link.ErrUnknown
	}
	token := link.New(d.ws(), string(m.ID))
	set.Replace(copied(m, token))
	set.Insert(d.entry("link_copied", m.Invitation))
	return token, set, nil
}
