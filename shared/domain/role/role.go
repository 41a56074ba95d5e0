package role

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/id"
)

// For says whom a role is for.
type For string

// Whom a role may be for.
const (
	Contacts For = "contacts"
	Leads    For = "leads"
)

// Role is what a kind of client may see and do in one portal (Zoho: user type).
type Role struct {
	ID        id.Role      `json:"id"`
	Workspace id.Workspace `json:"ws"`
	Portal    id.Portal    `json:"portal"`
	Name      string       `json:"name"`
	For       For          `json:"for"`
	Default   bool         `json:"default,omitempty"` // the default client role cannot be deleted (row Z2)
	// May is what the role says of the permissions that roles decide
	// (access.ByRole); what it does not name is as for every client.
	May map[access.Permission]bool `json:"may,omitempty"`
	// Seats is how many contacts may sit in the role; 0: DefaultSeats.
	Seats int `json:"seats,omitempty"`
	// Moved is the role whose users these are by now: the role was deleted, and
	// whoever reads it goes on to that one (rows Z15, Z16). Nothing is named by a role
	// that is not there: the mark stays. Job is the one that rewrites behind, while it does.
	Moved id.Role `json:"moved,omitempty"`
	Job   id.Job  `json:"job,omitempty"`
	// Deleted marks a role that was deleted when it had no users: it is not there for
	// whoever reads it, but what it was called in the past is its name still.
	Deleted   bool      `json:"deleted,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	Version   int       `json:"v"`
}

// Limits of a role's seats, and of a portal's roles.
const (
	MaxRoles     = 50        // of one portal; chosen: they are shown on one page
	DefaultSeats = 10_000    // row Z2
	MaxSeats     = 1_000_000 // chosen; no evidence
)

// Gone reports whether the role was deleted.
func (r Role) Gone() bool { return r.Moved != "" || r.Deleted }

// Limit is how many contacts may sit in the role.
func (r Role) Limit() int {
	if r.Seats == 0 {
		return DefaultSeats
	}
	return r.Seats
}
