package invitation

import (
	"portero/shared/domain/audit"

	"context"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
)

// Correction is what may be put right on an invitation that was not answered.
// What is nil stays.
type Correction struct {
	Address  *string
	Role     *id.Role // for all it offers
	Language *string
	Validity *localtime.Validity
	Note     *string
}

// Change puts an invitation right in place (mission.md pain 17). Another
// address moves it: links that went to the old one are dead, it is mailed again
// and valid anew. The same address again confirms it after mail came back.
// Everything else mails nothing. It returns not_found, why the invitation
// cannot be changed any more (invitation_accepted, …), what is wrong with a
// field (address_malformed, address_unsupported, role_unknown,
// language_unknown, validity_malformed, note_malformed), validity_over, or why
// it cannot move: already_pending, address_in_use, too_many_contacts, bounced,
// complained, suppressed, opted_out, mail_paused, test_client_fixed,
// test_client_address.
func (d Desk) Change(ctx context.Context, one id.Invitation, c Correction) (Invitation, change.Set, error) {
	to, also, err := c.wanted()
	if err != nil {
		return Invitation{}, change.Set{}, err
	}
	f, found, err := d.open(ctx, one, also, func(f file) bool { return f.Kind == Client && (c.Role != nil || c.Address != nil && f.ended()) })
	if err != nil {
		return Invitation{}, change.Set{}, err
	}
	m := correcting{file: f, correction: c, before: map[string]string{}, after: map[string]string{}, history: newHistory()}
	if c.Role != nil {
		m.role = found.Roles[*c.Role]
	}
	if to != "" {
		if err := d.held(found.Workspace); err != nil {
			return f.Invitation, change.Set{}, err
		}
		if f.Test && to.Key() != f.Key {
			return f.Invitation, change.Set{}, contact.ErrTestFixed
		}
		if f.Kind == Client && !f.Test && found.Workspace.Settings.Owns(to.Key()) {
			return f.Invitation, change.Set{}, workspace.ErrOwn
		}
		if err := m.destination(ctx, found, to); err != nil {
			return f.Invitation, change.Set{}, err
		}
	}
	return m.decide()
}

// wanted checks what needs no reading, and says what does.
func (c Correction) wanted() (to email.Address, also Wanted, err error) {
	if c.Language != nil && !workspace.Speaks(*c.Language) {
		return "", also, ErrLanguage
	}
	if c.Validity != nil && c.Validity.Validate() != nil {
		return "", also, ErrValidity
	}
	if c.Note != nil {
		if err := checkNote(*c.Note); err != nil {
			return "", also, err
		}
	}
	if c.Role != nil && c.Role.Check() != nil {
		return "", also, ErrRole
	}
	if c.Role != nil {
		also.Roles = append(also.Roles, *c.Role)
	}
	if c.Address != nil {
		if to, err = parseAddress(*c.Address); err != nil {
			return "", also, err
		}
		also.Mailboxes = append(also.Mailboxes, to.Key())
	}
	return to, also, nil
}

// correcting is a correction being decided.
type correcting struct {
	file
	correction    Correction
	role          role.Role
	to            destination
	readdressed   []contact.Contact // as they were before the invitation took them along
	before, after map[string]string // for the audit trail: nothing personal
	history       History           // names, addresses and texts
	set           change.Set
}

func newHistory() History { return History{Before: map[string]string{}, After: map[string]string{}} }

func (m *correcting) decide() (Invitation, change.Set, error) {
	if s := m.StateAt(m.desk.Now); s != Pending && s != Expired {
		return m.Invitation, change.Set{}, over(s)
	}
	was := m.Invitation
	if err := m.words(); err != nil {
		return was, change.Set{}, err
	}
	if err := m.assign(); err != nil {
		return was, change.Set{}, err
	}
	var err error
	if m.to.address != "" {
		err = m.move()
	} else if m.after["validity"] != "" {
		err = m.retime()
	}
	if err != nil {
		return was, change.Set{}, err
	}
	return m.finish()
}

// words changes what is only said: language, note, validity.
func (m *correcting) words() error {
	c := m.correction
	if c.Language != nil && *c.Language != m.Language {
		m.note("language", m.Language, *c.Language)
		m.Language = *c.Language
	}
	if c.Note != nil && *c.Note != m.Note {
		m.history.Before["note"], m.history.After["note"] = m.Note, *c.Note
		m.Note = *c.Note
		m.after["note"] = "changed"
	}
	if c.Validity != nil && *c.Validity != m.Validity {
		m.note("validity", m.Validity.String(), c.Validity.String())
		m.Validity = *c.Validity
	}
	return nil
}

// assign changes the role of all that is offered and not accepted yet.
func (m *correcting) assign() error {
	c := m.correction
	if c.Role == nil {
		return nil
	}
	if m.Kind == Staff || m.role.ID == "" || m.role.Portal != m.Portal {
		return ErrRole
	}
	offers := append([]Offer{}, m.Grants...)
	for n, o := range offers {
		if o.Role != m.role.ID {
			m.note("role", string(o.Role), string(m.role.ID))
			offers[n].Role = m.role.ID
		}
	}
	m.Grants = offers
	for _, g := range m.grants {
		if g.AcceptedAt.IsZero() && g.Invitation == m.ID && g.Role != m.role.ID {
			g.Role = m.role.ID
			if err := m.regrant(g, m.State == Pending); err != nil {
				return err
			}
		}
	}
	return nil
}

// retime counts the new validity from when the invitation was last sent.
func (m *correcting) retime() error {
	next, err := m.Retime(m.Validity, TermsOf(m.workspace), m.desk.Now)
	if err != nil {
		if m.StateAt(m.desk.Now) == Expired {
			return ErrResendFirst
		}
		return err
	}
	m.note("expires_at", m.ExpiresAt.Format(time.RFC3339), next.ExpiresAt.Format(time.RFC3339))
	m.Invitation = next
	return nil
}

// finish returns the set, or nothing if nothing was changed.
func (m *correcting) finish() (Invitation, change.Set, error) {
	if len(m.after) == 0 {
		return m.Invitation, change.Set{}, nil
	}
	entry := m.desk.entry("changed", m.ID)
	entry.Before, entry.After = m.before, m.after
	m.set.Replace(m.Invitation)
	m.saveGrants(&m.set)
	audit.File(&m.set, entry, m.Accounts()...)
	if len(m.history.After) > 0 {
		m.history.Workspace, m.history.Invitation, m.history.Entry, m.history.At = m.desk.ws(), m.ID, entry.ID, m.desk.Now
		m.set.Insert(m.history)
	}
	for _, was := range m.readdressed {
		if h, personal := m.to.contacts[was.ID].Since(was, entry); personal {
			m.set.Insert(h)
		}
	}
	return m.Invitation, m.set, nil
}

func (m *correcting) note(field, before, after string) {
	m.before[field], m.after[field] = before, after
}
