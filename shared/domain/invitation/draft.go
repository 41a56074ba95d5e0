package invitation

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/workspace"
)

// Draft is a request to invite: what holds for every line, and the lines.
type Draft struct {
	Portal    id.Portal
	Role      id.Role // empty: the portal's default
	Language  string  // for those whose own is not known; empty: the workspace's
	Note      string  // the personal message, text only
	Source    string  // where the firm got the addresses, shown to the invitee
	By        Way     // empty: as the workspace's setting says
	Validity  localtime.Validity
	Reminders *localtime.Plan // nil: the workspace's
	Reach     Reach           // how far it goes
	Lines     []Line          // 1 to Most
	// Switched are grants as the same request leaves them otherwise: they are
	// offered like this, and stored as they were read.
	Switched map[grant.Key]grant.Grant
	Most     int // 0: MaxLines
	// Key makes the request's identifiers: a repeat under the same key finds
	// what the first run made and gives it the same verdict. Never empty.
	Key string
}

// Line is one person to invite: a contact, or an address.
type Line struct {
	Number   int // as the caller counts, from 0
	Address  string
	Contact  id.Contact
	Account  id.Account // empty: the contact's only one, or a personal one
	Name     string
	Role     id.Role // empty: the draft's
	Language string  // empty: the person's own, then the draft's
	Zone     string  // empty: the person's own, then the workspace's
	Source   string  // of a contact that is made; empty: the draft's
}

// MaxSourceRune bounds where the firm got an address (chosen; no evidence).
const MaxSourceRune = 200

// check refuses what is wrong for all lines: lines_missing, too_many_lines, language_unknown,
// note_malformed, source_malformed, validity_malformed, reminders_malformed.
func (d Draft) check() error {
	if d.Reminders != nil {
		if err := d.Reminders.Validate(); err != nil {
			return fault.On(localtime.At("reminders", err), ErrReminders.Code, ErrReminders.Detail)
		}
	}
	switch {
	case len(d.Lines) == 0:
		return ErrNoLines
	case len(d.Lines) > cmp.Or(d.Most, MaxLines):
		return ErrLines
	case d.Language != "" && !workspace.Speaks(d.Language):
		return ErrLanguage
	case d.Validity.Validate() != nil:
		return ErrValidity
	case !oneLine(d.Source, MaxSourceRune):
		return ErrSource
	}
	return checkNote(d.Note)
}

// oneLine reports whether s is text without control characters, of at most
// most characters.
func oneLine(s string, most int) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, unicode.IsControl)
}
