package invitation

import (
	"cmp"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
)

// StaffDraft is an invitation to become staff.
type StaffDraft struct {
	Address  email.Address
	Name     string       // optional
	Level    access.Level // access.Admin or access.Member
	Language string       // empty: the workspace's
	Note     string
	Validity localtime.Validity // zero: the workspace's
	Inviter  identity.Identity  // zero for a workspace's first admin, whom ops invite
	// Existing is the identity of the address (mailbox.Identity), zero if
	// there is none.
	Existing identity.Identity
	// Held is the invitation that holds the staff entrance for the address
	// (mailbox.OpenAt("")), zero if none does.
	Held Invitation
}

// NewStaff makes an invitation to staff, its lock on the address, its mail and
// its audit entry. The mailbox is that of the address, as read. It returns
// already_staff, already_pending, the reason why the address is stopped
// (bounced, complained, suppressed, opted_out), or what is wrong with a field:
// level_unknown, language_unknown, name_malformed, note_malformed,
// validity_malformed.
func NewStaff(d StaffDraft, w workspace.Workspace, m mailbox.Mailbox, actor access.Actor, now time.Time) (Invitation, change.Set, error) {
	if err := d.check(); err != nil {
		return Invitation{}, change.Set{}, err
	}
	if d.Existing.Level != access.None {
		return Invitation{}, change.Set{}, ErrAlreadyStaff
	}
	if err := stopped(m.Stop); err != nil {
		return Invitation{}, change.Set{}, err
	}
	if held, ok := m.OpenAt(""); ok && (d.Held.ID != held || d.Held.Open(now)) {
		return Invitation{}, change.Set{}, ErrAlreadyPending
	}
	draft := Invitation{
		ID: id.New[id.Invitation](now), Workspace: w.ID, Kind: Staff, Address: d.Address, Key: d.Address.Key(), Name: d.Name,
		Level: d.Level, Language: w.LanguageOf(d.Language), Zone: w.Settings.Zone, Note: d.Note,
		Validity: cmp.Or(d.Validity, w.Settings.Validity), Reminders: w.Settings.Reminders,
		Inviter: d.Inviter.ID, InviterName: d.Inviter.Name, CreatedAt: now,
	}
	letter := id.New[id.Message](now)
	i, err := draft.Send(letter, TermsOf(w), now)
	if err != nil {
		return i, change.Set{}, err
	}
	entry := audit.Of(actor, now, "invitation.created", string(i.ID))
	entry.Workspace = w.ID
	entry.After = map[string]string{"kind": string(Staff), "level": string(d.Level), "expires_at": i.ExpiresAt.Format(time.RFC3339)}
	m.Address = d.Address
	var set change.Set
	set.Insert(i)
	m.Hold("", i.ID).Save(&set)
	set.Insert(i.Letter(letter, message.StaffInvitation, w, portal.Portal{}, now))
	set.Insert(entry)
	return i, set, nil
}

func (d StaffDraft) check() error {
	switch {
	case d.Level != access.Admin && d.Level != access.Member:
		return ErrLevel
	case d.Language != "" && !workspace.Speaks(d.Language):
		return ErrLanguage
	case d.Validity.Validate() != nil:
		return ErrValidity
	}
	if d.Name != "" {
		if err := workspace.CheckName("name", d.Name); err != nil {
			return err
		}
	}
	return checkNote(d.Note)
}

// TermsOf returns what the clock needs to know of a workspace.
func TermsOf(w workspace.Workspace) Terms {
	return Terms{Policy: w.Settings.Policy, Paused: w.Paused != nil}
}

// stopped says why an address gets no mail, or nil.
func stopped(s *mailbox.Stop) *fault.Error {
	if s == nil {
		return nil
	}
	switch s.Reason {
	case mailbox.Bounced:
		return ErrBounced
	case mailbox.Complained:
		return ErrComplained
	case mailbox.OptedOut:
		return ErrOptedOut
	}
	return ErrSuppressed
}
