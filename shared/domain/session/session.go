package session

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/id"
)

// Session is one signed-in browser or program. Only the hash of its secret is
// stored; the secret stands in the token (see token.go).
type Session struct {
	ID         id.Session   `json:"id"`
	Workspace  id.Workspace `json:"ws"`
	Identity   id.Identity  `json:"identity"`
	Hash       []byte       `json:"hash"`
	Generation int          `json:"generation"` // must equal the identity's
	Level      access.Level `json:"level,omitempty"`
	Owes       access.Debt  `json:"owes,omitempty"` // what must be done before anything else
	Grant      access.Grant `json:"grant,omitempty"`
	Zone       string       `json:"zone,omitempty"` // in which the grant's dates are read
	IdleMin    int          `json:"idle_min"`
	CreatedAt  time.Time    `json:"created_at"`
	SeenAt     time.Time    `json:"seen_at"`
	ExpiresAt  time.Time    `json:"expires_at"` // absolute; valid until, not including
	// Replaced says that another took its place: it hears once more what was
	// answered to the request that replaced it, and is nobody to any other.
	Replaced bool   `json:"replaced,omitempty"`
	Device   string `json:"device,omitempty"`
	From     string `json:"from,omitempty"`
	Version  int    `json:"v"`
}

// Live reports whether the session still counts at now.
func (s Session) Live(now time.Time) bool {
	return now.Before(s.ExpiresAt) && now.Before(s.SeenAt.Add(time.Duration(s.IdleMin)*time.Minute))
}
