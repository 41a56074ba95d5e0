package verification

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/password"
)

// Purpose is what becomes true once the code is typed.
type Purpose string

// The purposes.
const (
	Accept Purpose = "accept" // an invitation whose link was copied, not mailed
	Join   Purpose = "join"   // a join link
)

// Verification is an address being proved by a code that was mailed to it. It
// lives Life and is bound to the browser that began it.
type Verification struct {
	ID        id.Verification `json:"id"`
	Workspace id.Workspace    `json:"ws"`
	Purpose   Purpose         `json:"purpose"`
	Address   email.Address   `json:"address"`
	Key       email.Key       `json:"key"`
	Name      string          `json:"name,omitempty"`
	Language  string          `json:"language,omitempty"`
	Password  password.Hash   `json:"password,omitempty"` // what was chosen; empty for one who has an identity
	// Binding is the SHA-256 of a secret only that browser holds.
	Binding    []byte        `json:"binding"`
	CodeHash   password.Hash `json:"code_hash,omitempty"` // set by delivery
	Tries      int           `json:"tries,omitempty"`
	Invitation id.Invitation `json:"invitation,omitempty"`
	JoinLink   id.JoinLink   `json:"join_link,omitempty"`
	ExpiresAt  time.Time     `json:"expires_at"`
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
