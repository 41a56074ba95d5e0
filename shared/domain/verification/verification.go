package verification

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/password"
)

// Purpose is what becomes true once the code is typed.
type Purpose string

// The purposes.
const (
	Accept Purpose = "accept" // an invitation whose link was copied, not mailed
	Join   Purpose = "join"   // a join link
	Enter  Purpose = "enter"  // a member signs in by a code
)

// Verification is an address being proved by a code that was mailed to it. It
// lives Life and is bound to the browser that began it.
type Verification struct {
	ID        id.Verification  `json:"id"`
	Workspace id.Workspace     `json:"ws"`
	Purpose   Purpose          `json:"purpose"`
	Address   email.Address    `json:"address"`
	Key       email.Key        `json:"key"`
	Name      string           `json:"name,omitempty"`
	Language  string           `json:"language,omitempty"`
	Profile   identity.Profile `json:"profile,omitempty"`
	// Password is what was chosen; empty for an address that had one already.
	Password password.Hash `json:"password,omitempty"`
	// Known says that the address had a password when the code was asked for,
	// Proved that what was typed was it. The answer comes with the code only,
	// so that nobody learns from a form whether an address is known. Both count
	// while the identity's Generation is still the one seen then.
	Known      bool `json:"known,omitempty"`
	Proved     bool `json:"proved,omitempty"`
	Generation int  `json:"generation,omitempty"`
	// Binding is the SHA-256 of a secret only that browser holds.
	Binding    []byte        `json:"binding"`
	CodeHash   password.Hash `json:"code_hash,omitempty"` // set by delivery
	Tries      int           `json:"tries,omitempty"`
	Invitation id.Invitation `json:"invitation,omitempty"`
	JoinLink   id.JoinLink   `json:"join_link,omitempty"`
	LinkHash   []byte        `json:"link_hash,omitempty"` // of the join link that was followed: a reset kills it
	Portal     string        `json:"portal,omitempty"`    // the name of the portal they stand at, for Enter
	Test       bool          `json:"test,omitempty"`      // a test client's: its mail goes with it (row T6)
	ExpiresAt  time.Time     `json:"expires_at"`          // valid until, not including
	Used       time.Time     `json:"used,omitempty"`
	Version    int           `json:"v"`
}

const (
	// Life is how long a code works: at most 10 minutes (OWASP ASVS 5.0, 6.5.5).
	Life = 10 * time.Minute
	// MaxTries is how often a wrong code may be typed (chosen; 5 of 10^8).
	MaxTries = 5
	// CodeDigits is the length of a code.
	CodeDigits = 8
)
