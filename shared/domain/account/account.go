package account

import (
	"time"

	"portero/shared/domain/id"
)

// Account is a client company or household of the firm.
type Account struct {
	ID        id.Account   `json:"id"`
	Workspace id.Workspace `json:"ws"`
	Name      string       `json:"name"`
	// Personal marks an account made for one person who was invited without
	// naming an account.
	Personal bool `json:"personal,omitempty"`
	// Test marks one that was made for a test client (row T6): it goes with the last
	// of them, and nobody else belongs to it.
	Test bool `json:"test,omitempty"`
	// ExternalID is what another system calls the account, once per workspace (row
	// B11); an External holds it.
	ExternalID string    `json:"external_id,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	// Assessed says that its standing was derived once; a new account is due.
	Assessed bool `json:"assessed,omitempty"`
	Version  int  `json:"v"`
}

// Link says that a contact belongs to an account.
type Link struct {
	Workspace id.Workspace `json:"ws"`
	Account   id.Account   `json:"account"`
	Contact   id.Contact   `json:"contact"`
	Version   int          `json:"v"`
}

// External says whose an external identifier is. It lies under that, so that
// there can be only one, and is written with its account and never changed.
type External struct {
	Workspace  id.Workspace `json:"ws"`
	ExternalID string       `json:"external_id"`
	Account    id.Account   `json:"account"`
	Version    int          `json:"v"`
}

// External returns the record that holds the account's external identifier, as
// it is stored.
func (a Account) External() External {
	return External{Workspace: a.Workspace, ExternalID: a.ExternalID, Account: a.ID, Version: 1}
}
