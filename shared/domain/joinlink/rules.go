package joinlink

import (
	"slices"
	"time"
	"unicode/utf8"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/link"
)

// The faults of following a join link. Each sentence says the way out.
var (
	ErrNotYet = fault.New(fault.Conflict, "joinlink_not_yet", "This link does not work yet. Come back on the day the firm told you.")
	ErrOver   = fault.New(fault.Gone, "joinlink_over", "This link is over. Ask the firm for another.")
	ErrFull   = fault.New(fault.Gone, "joinlink_full", "As many people as this link was for have joined. Ask the firm for another.")
	ErrOff    = fault.New(fault.Gone, "joinlink_off", "This link was switched off. Ask the firm for another.")
	ErrDomain = fault.On("address", "domain_refused", "This link is for other addresses. Use the one of your company, or ask the firm.")
)

// What is wrong with a field of a link that staff make or change.
var (
	ErrLabel   = fault.On("label", "label_malformed", "A label has at most 80 characters, without line breaks or characters that nobody sees.")
	ErrUntil   = fault.On("until", "until_before_from", "The link would end before it begins, or in the past.")
	ErrMaxUses = fault.On("max_uses", "max_uses_malformed", "A link is for 1 to 100,000 people; 0 is for no end.")
)

// Limits of a join link (chosen; no evidence).
const (
	MaxLabelRune = 80
	MaxPeople    = 100_000
	MaxDomains   = 50
)

// State is what a link comes to at an instant.
type State string

// The states of a link.
const (
	Open   State = "open"
	NotYet State = "not_yet"
	Over   State = "over"
	Full   State = "full"
	Off    State = "off"
)

// StateAt returns what the link comes to at now: valid from From, until and not
// including Until, for MaxUses people.
func (l JoinLink) StateAt(now time.Time) State {
	switch {
	case l.Off:
		return Off
	case !l.Until.IsZero() && !now.Before(l.Until):
		return Over
	case l.MaxUses > 0 && l.Uses >= l.MaxUses:
		return Full
	case now.Before(l.From):
		return NotYet
	}
	return Open
}

// Usable returns why nobody can join by the link at now: joinlink_off,
// joinlink_over, joinlink_full, joinlink_not_yet.
func (l JoinLink) Usable(now time.Time) error {
	switch l.StateAt(now) {
	case Off:
		return ErrOff
	case Over:
		return ErrOver
	case Full:
		return ErrFull
	case NotYet:
		return ErrNotYet
	}
	return nil
}

// Admits refuses with domain_refused an address of a domain that the link does
// not name. A subdomain is another domain.
func (l JoinLink) Admits(a email.Address) error {
	if len(l.Domains) > 0 && !slices.Contains(l.Domains, a.Domain()) {
		return ErrDomain
	}
	return nil
}

// Use counts one more person, unless that is a test client (row T6): then it only
// holds that the link still is what was followed.
func (l JoinLink) Use(test bool) Use {
	return Use{Workspace: l.Workspace, Link: l.ID, Hash: l.Hash, Test: test}
}

// Reset draws another secret: the former link is dead at once.
func (l JoinLink) Reset() (JoinLink, link.Token) {
	t := link.New(l.Workspace, string(l.ID))
	l.Hash = t.Hash()
	return l, t
}

// check refuses what staff cannot set: label_malformed, until_before_from,
// max_uses_malformed. Domains are checked where they are read.
func (l JoinLink) check() error {
	switch {
	case utf8.RuneCountInString(l.Label) > MaxLabelRune || !utf8.ValidString(l.Label) || link.Hidden(l.Label):
		return ErrLabel
	case !l.Until.IsZero() && !l.Until.After(l.From):
		return ErrUntil
	case l.MaxUses < 0 || l.MaxUses > MaxPeople:
		return ErrMaxUses
	}
	return nil
}
