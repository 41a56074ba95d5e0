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
	Personal  bool      `json:"personal,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	Version   int       `json:"v"`
}

// Link says that a contact belongs to an account.
type Link struct {
	Workspace id.Workspace `json:"ws"`
	Account   id.Account   `json:"account"`
	Contact   id.Contact   `json:"contact"`
	Version   int          `json:"v"`
}
