package role

import (
	"time"

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
	// InvitesColleagues lets a member with this role invite people of the same
	// account (row T14; later).
	InvitesColleagues bool      `json:"invites_colleagues,omitempty"`
	CreatedAt         time.Time `json:"created_at"`
	Version           int       `json:"v"`
}
