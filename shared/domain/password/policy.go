package password

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxLength is the longest password in code points. NIST SP 800-63B-4
	// §3.1.1.2 asks for at least 64; the upper bound is chosen, no evidence.
	maxLength = 256
	// maxTyped bounds the work before code points are counted, in bytes: no
	// password of maxLength code points in any Unicode form is longer than four
	// times its four-byte characters. Chosen.
	maxTyped = 4 * utf8.UTFMax * maxLength
	// maxMinLength is the most that a setting may ask for: 64 characters must
	// always be enough (NIST SP 800-63B-4 §3.1.1.2, read from the other side).
	maxMinLength = 64
)

// Policy says how short a password may be, in code points. The zero value is
// [SecondFactor], the floor below everything.
type Policy struct{ MinLength int }

// The two floors of NIST SP 800-63B-4 §3.1.1.2 (product rule: design.md §7).
var (
	// SingleFactor is for a password that lets somebody in by itself.
	SingleFactor = Policy{MinLength: 15}
	// SecondFactor is for a password that a second factor always follows.
	SecondFactor = Policy{MinLength: 8}
)

// Raise returns the policy with a workspace's own minimum: never less than the
// policy itself, never more than 64.
func (pol Policy) Raise(minLength int) Policy {
	return Policy{MinLength: max(pol.floor(), min(minLength, maxMinLength))}
}

// Check returns nil or a [*Weak]. Context is what an attacker would try first
// for this person: the firm's name, their own name and address; the
// product's own name is always among them. There are no composition rules.
func (pol Policy) Check(p Plain, context ...string) error {
	if len(p) > maxTyped {
		return &Weak{Reason: TooLong}
	}
	text := p.normal()
	if strings.ContainsFunc(text, unicode.IsControl) {
		return &Weak{Reason: Malformed}
	}
	switch length := utf8.RuneCountInString(text); {
	case length > maxLength:
		return &Weak{Reason: TooLong}
	case length < pol.floor():
		return &Weak{Reason: TooShort, MinLength: pol.floor()}
	}
	folded := fold(text)
	switch {
	case simple(folded):
		return &Weak{Reason: Repetitive}
	case common(folded) || robotic(folded):
		return &Weak{Reason: Common}
	case onlyContext(folded, context):
		return &Weak{Reason: Context}
	}
	return nil
}

// Short reports whether a password has fewer code points than the policy asks for.
func (pol Policy) Short(p Plain) bool { return utf8.RuneCountInString(p.normal()) < pol.floor() }

func (pol Policy) floor() int { return max(pol.MinLength, SecondFactor.MinLength) }

// Reasons for which a password is refused. They are stable: pages and other
// programs translate by them.
const (
	Malformed  = "malformed"  // holds control characters: NIST SP 800-63B-4 §3.1.1.2 asks for printing characters, spaces and Unicode
	TooShort   = "too_short"  // fewer code points than the policy asks for
	TooLong    = "too_long"   // more than 256 code points
	Common     = "common"     // on the list of common and breached passwords, or what robots fill in
	Context    = "context"    // nothing but the firm's, the person's or the product's name, the person's address, digits and signs
	Repetitive = "repetitive" // a short thing repeated, or a walk along the alphabet or the keyboard
)

// Weak is the error for a refused password. It never holds the password.
type Weak struct {
	Reason    string // one of the constants above
	MinLength int    // what was asked for, in code points; with TooShort only
}

// Error returns an internal message.
func (w *Weak) Error() string { return "password refused: " + w.Reason }

// Public returns a sentence for the person who chose the password, in English.
func (w *Weak) Public() string {
	switch w.Reason {
	case Malformed:
		return "A password holds letters, digits, signs and spaces, no tabs, line breaks or other control characters."
	case TooShort:
		return fmt.Sprintf("Use at least %d characters. A few words in a row are easy to remember.", w.MinLength)
	case TooLong:
		return fmt.Sprintf("Use at most %d characters.", maxLength)
	case Common:
		return "This password is on lists of common or stolen passwords. Choose another."
	case Context:
		return "This password is made of your name or address, the company's name or the product's name. Choose another."
	case Repetitive:
		return "This password repeats itself or follows the keyboard or the alphabet. Choose another."
	}
	return "Choose another password."
}
