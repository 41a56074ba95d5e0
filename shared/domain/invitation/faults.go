package invitation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"portero/shared/domain/fault"
)

// The faults of an invitation. Each sentence says the way out.
var (
	ErrAccepted  = fault.New(fault.Conflict, "invitation_accepted", "This invitation was accepted already. The person is in; change their access instead.")
	ErrDeclined  = fault.New(fault.Conflict, "invitation_declined", "This invitation was declined. Invite the person again if they ask for it.")
	ErrCancelled = fault.New(fault.Conflict, "invitation_cancelled", "This invitation was cancelled. Invite the person again.")
	ErrExpired   = fault.New(fault.Gone, "invitation_expired", "This invitation is over. Ask for a new link.")
	ErrNotDue    = fault.New(fault.Conflict, "invitation_not_due", "Nothing is due for this invitation.")
	ErrPaused    = fault.New(fault.Conflict, "mail_paused", "The firm's mail is held back: too much of it came back or was called spam, or staff stopped it. Look at the addresses first; then let it go in the settings, or send this one with override_pause.")
	ErrTooMany   = fault.New(fault.Conflict, "too_many_grants", "This invitation offers as much as one can hold. Wait until it is accepted.")
)

// What stands in the way of inviting somebody.
var (
	ErrAlreadyPending = fault.New(fault.Conflict, "already_pending", "There is an open invitation for this address already. Resend or correct that one.")
	ErrAlreadyMember  = fault.New(fault.Conflict, "already_member", "This person is in already. There is nothing to do.")
	ErrAlreadyStaff   = fault.New(fault.Conflict, "already_staff", "This address belongs to staff already. Change their level instead.")
	ErrBounced        = fault.New(fault.Conflict, "bounced", "Mail to this address came back. Correct the address, or confirm it.")
	ErrComplained     = fault.New(fault.Conflict, "complained", "The person marked our mail as unwanted. Reach them another way.")
	ErrSuppressed     = fault.New(fault.Conflict, "suppressed", "The mail service refuses this address. Correct the address, or confirm it.")
	ErrOptedOut       = fault.New(fault.Conflict, "opted_out", "The person asked not to be written to again. Only they can lift that.")
)

// What is wrong with a field.
var (
	ErrLevel     = fault.On("level", "level_unknown", "A level is admin or member.")
	ErrLanguage  = fault.On("language", "language_unknown", "A language is en or es.")
	ErrValidity  = fault.On("validity", "validity_malformed", "A validity is P1D to P365D (days, to the end of the local day) or PT1H to PT8760H (hours).")
	ErrNoLines   = fault.On("lines", "lines_missing", "A request has at least one line.")
	ErrLines     = fault.On("lines", "too_many_lines", "A request has up to 1,000 lines. Send the rest in another one.")
	ErrPortal    = fault.On("portal", "portal_unknown", "There is no such portal.")
	ErrRole      = fault.On("role", "role_unknown", "There is no such role in this portal.")
	ErrReminders = fault.On("reminders", "reminders_malformed", "Reminders have at most 10 ascending days from 1 to 365, and an hour such as 09:00.")
	ErrSource    = fault.On("source", "source_malformed", "A source has at most 200 characters, without line breaks.")
	ErrShort     = fault.On("validity", "validity_over", "This validity is over already, counted from the last mail. Choose a longer one, or resend.")
	ErrNote      = fault.On("note", "note_malformed", "A note has at most 1,000 characters of text.")
)

// checkNote refuses a note that is too long or holds control characters other
// than line breaks and tabs.
func checkNote(note string) error {
	control := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }
	if utf8.RuneCountInString(note) > MaxNoteRune || !utf8.ValidString(note) || strings.ContainsFunc(note, control) {
		return ErrNote
	}
	return nil
}

// over returns why an invitation that is not open cannot be answered.
func over(s State) error {
	switch s {
	case Accepted:
		return ErrAccepted
	case Declined:
		return ErrDeclined
	case Cancelled:
		return ErrCancelled
	case Expired:
		return ErrExpired
	}
	return nil
}
