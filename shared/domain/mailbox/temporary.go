package mailbox

import (
	"strings"
	"time"

	"portero/shared/domain/id"
	"portero/shared/domain/password"
)

const (
	// TemporaryDigits is the length of a temporary password: 53 bits, in digits,
	// which are typed alike on every keyboard. Guessing it is counted as all
	// guessing is (chosen; NIST SP 800-63B-4 §3.1.2 asks 20 bits of such secrets).
	TemporaryDigits = 16
	// TemporaryLife is how long one works at most; its invitation may end before
	// (chosen; no evidence).
	TemporaryLife = 7 * 24 * time.Hour
)

// Temporary is a password that was mailed: it signs nobody in, but lets its
// holder choose one of their own, once, which accepts its invitation (rows D2,
// R2). Delivery drew it; only its hash is kept.
type Temporary struct {
	Hash       password.Hash `json:"hash"`
	Invitation id.Invitation `json:"invitation"`
	Until      time.Time     `json:"until"` // valid until, not including
}

// TemporaryAt returns what a temporary password is compared with at now; empty
// if there is none.
func (m Mailbox) TemporaryAt(now time.Time) password.Hash {
	if m.Temporary == nil || !now.Before(m.Temporary.Until) {
		return ""
	}
	return m.Temporary.Hash
}

// TypedTemporary is a temporary password as it was drawn, however its groups
// were typed.
func TypedTemporary(p password.Plain) password.Plain {
	return password.Plain(strings.NewReplacer(" ", "", "-", "").Replace(string(p)))
}

// forget drops the temporary password of an invitation that is over.
func (m Mailbox) forget(by id.Invitation) Mailbox {
	if m.Temporary != nil && m.Temporary.Invitation == by {
		m.Temporary = nil
	}
	return m
}
