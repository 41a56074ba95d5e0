package joinlink

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
)

// JoinLink is a shareable link that lets its holder join (row F5).
type JoinLink struct {
	ID            id.JoinLink  `json:"id"`
	Workspace     id.Workspace `json:"ws"`
	Portal        id.Portal    `json:"portal"`
	Role          id.Role      `json:"role"`
	Label         string       `json:"label,omitempty"`
	Hash          []byte       `json:"hash"` // SHA-256 of the secret; a reset replaces it
	From          time.Time    `json:"from,omitempty"`
	Until         time.Time    `json:"until,omitempty"` // valid until, not including; zero: no end
	MaxUses       int          `json:"max_uses,omitempty"`
	Uses          int          `json:"uses"`
	Domains       []string     `json:"domains,omitempty"` // empty: any
	Approval      bool         `json:"approval,omitempty"`
	CreateContact bool         `json:"create_contact,omitempty"`
	Off           bool         `json:"off,omitempty"`
	Creator       id.Identity  `json:"creator"` // owner of what those who join create
	CreatedAt     time.Time    `json:"created_at"`
	Version       int          `json:"v"`
}

// Use is one more person by a link: counted where it lies, while the link has
// the secret that was followed, is on, and has not let MaxUses in.
type Use struct {
	Workspace id.Workspace `json:"ws"`
	Link      id.JoinLink  `json:"link"`
	Hash      []byte       `json:"hash"`
	Test      bool         `json:"test,omitempty"` // of a test client, who is not counted (row T6)
}

// Request is somebody who joined by a link where staff approve first.
type Request struct {
	ID        id.JoinRequest `json:"id"`
	Workspace id.Workspace   `json:"ws"`
	Link      id.JoinLink    `json:"link"`
	Portal    id.Portal      `json:"portal"`
	Role      id.Role        `json:"role"`
	Address   email.Address  `json:"address"`
	Key       email.Key      `json:"key"`
	Name      string         `json:"name,omitempty"`
	Identity  id.Identity    `json:"identity"`
	State     RequestState   `json:"state"`
	Test      bool           `json:"test,omitempty"` // a test client's (row T6), with whom it goes
	CreatedAt time.Time      `json:"created_at"`
	EndedAt   time.Time      `json:"ended_at,omitempty"`
	Version   int            `json:"v"`
}

// RequestState is what became of a request.
type RequestState string

// The states of a join request.
const (
	Waiting  RequestState = "waiting"
	Approved RequestState = "approved"
	Refused  RequestState = "refused"
)
