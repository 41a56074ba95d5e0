package invitation

import (
	"time"

	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
)

// Letter makes the message of an invitation to its invitee: the first mail, a
// resend or a reminder. For staff the portal is the zero value. Where one comes
// in by credentials, first mail and resends carry a new temporary password, and
// the one before is dead; reminders carry a link, which leads in as well.
func (i Invitation) Letter(m id.Message, kind message.Kind, w workspace.Workspace, p portal.Portal, now time.Time) message.Message {
	if kind == message.Invitation && i.By == ByCredentials {
		kind = message.Credentials
	}
	letter := w.Letter(m, kind, i.Address, i.Language, now)
	letter.Invitation, letter.Test = i.ID, i.tested()
	letter.Model.Portal, letter.Model.PortalURL = p.Title, p.Name
	letter.Model.Inviter, letter.Model.Recipient = i.InviterName, i.Name
	letter.Model.InviterAt = i.InviterAt
	letter.Model.Note, letter.Model.Source = i.Note, i.Source
	letter.Model.Level = string(i.Level)
	letter.Model.Until, letter.Model.Zone = i.ExpiresAt, i.Zone
	if kind == message.Credentials {
		letter.Expires = i.ExpiresAt
		if end := now.Add(mailbox.TemporaryLife); end.Before(letter.Expires) {
			letter.Expires = end
		}
		letter.Model.Until = letter.Expires
	}
	return letter
}

// Notice makes a message to the inviter about the invitation.
func (i Invitation) Notice(m id.Message, kind message.Kind, w workspace.Workspace, to identity.Identity, now time.Time) message.Message {
	notice := w.Letter(m, kind, to.Address, w.LanguageOf(to.Profile.Language), now)
	notice.Invitation, notice.Test = i.ID, i.tested()
	notice.Model.Subject = string(i.Address)
	notice.Model.Recipient = to.Name
	notice.Model.Until = i.ExpiresAt
	return notice
}
