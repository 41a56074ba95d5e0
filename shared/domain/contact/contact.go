package contact

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
)

// Contact is a person known to the firm; may still be a lead.
type Contact struct {
	ID        id.Contact    `json:"id"`
	Workspace id.Workspace  `json:"ws"`
	Name      string        `json:"name,omitempty"`
	Address   email.Address `json:"address,omitempty"` // as typed; empty when unknown
	Accounts  []id.Account  `json:"accounts"`
	Language  string        `json:"language,omitempty"` // "es", "en" or empty: the workspace's
	Zone      string        `json:"zone,omitempty"`     // IANA name or empty: the workspace's
	Lead      bool          `json:"lead,omitempty"`
	// Test marks a test client (row T6): made as one and never anything else. It is
	// never counted, takes no seat, may have an address of the firm's own, and can be
	// removed. Its address is nobody else's.
	Test bool `json:"test,omitempty"`
	// Host is the test client that invited it, who is one itself therefore: it goes
	// with that.
	Host id.Contact `json:"host,omitempty"`
	// Leaving is the job that removes it; empty: nobody asked for that. Nothing is
	// given to who leaves.
	Leaving id.Job `json:"leaving,omitempty"`
	Source  string `json:"source,omitempty"` // where the firm got the address, shown to the invitee
	// From and Until are the first and the last day on which the contact is
	// supported (row D1); zero: no bound. Every grant that is made for the contact
	// begins with them, and there they are asked.
	From  localtime.Date `json:"support_from,omitempty"`
	Until localtime.Date `json:"support_until,omitempty"`
	// ExternalID is what another system calls the contact, once per workspace (row
	// B11); an External holds it.
	ExternalID string    `json:"external_id,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	Version    int       `json:"v"`
}

// External says whose an external identifier is. It lies under that, so that
// there can be only one, and is written with its contact and never changed.
type External struct {
	Workspace  id.Workspace `json:"ws"`
	ExternalID string       `json:"external_id"`
	Contact    id.Contact   `json:"contact"`
	Version    int          `json:"v"`
}

// External returns the record that holds the contact's external identifier, as
// it is stored.
func (c Contact) External() External {
	return External{Workspace: c.Workspace, ExternalID: c.ExternalID, Contact: c.ID, Version: 1}
}
