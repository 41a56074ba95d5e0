package mailbox

import (
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
)

// Mailbox is everything a workspace knows of one address, in one small record:
// whose it is, which invitations are open for it, and whether it wants or can
// take mail. It is the lock that keeps a portal from having two open
// invitations for one address.
type Mailbox struct {
	Workspace id.Workspace  `json:"ws"`
	Key       email.Key     `json:"key"`
	Address   email.Address `json:"address"` // as last typed
	Identity  id.Identity   `json:"identity,omitempty"`
	Contacts  []Holder      `json:"contacts,omitempty"` // at most MaxHolders
	// Open holds the open invitation per door (see Door): a portal, or the
	// staff entrance.
	Open map[id.Portal]id.Invitation `json:"open,omitempty"`
	// Temporary is the password that was mailed last to come in by the first
	// time; nil: none. It counts while the address has no password of its own.
	Temporary *Temporary `json:"temporary,omitempty"`
	Stop      *Stop      `json:"stop,omitempty"`
	// Test is the test client whose address this is, and no other contact's (row
	// T6); empty: it is nobody's of that kind.
	Test id.Contact `json:"test,omitempty"`
	// Leaving says that this test client is being removed: nobody comes in with the
	// address, and nothing is begun there, until it has gone.
	Leaving bool `json:"leaving,omitempty"`
	Version int  `json:"v"`
}

// Holder is a contact that has this address, at an account.
type Holder struct {
	Account id.Account `json:"a"`
	Contact id.Contact `json:"c"`
}

// Stop is why an address gets no more mail from this workspace.
type Stop struct {
	Reason Reason    `json:"reason"`
	At     time.Time `json:"at"`
	Detail string    `json:"detail,omitempty"` // SES's own words, no address in it
}

// Reason is why an address is stopped.
type Reason string

// The reasons. A bounce or suppression ends when staff correct or confirm the
// address; an opt-out only when that person lifts it; a complaint likewise.
const (
	Bounced    Reason = "bounced"
	Complained Reason = "complained"
	Suppressed Reason = "suppressed"
	OptedOut   Reason = "opted_out"
)

// MaxHolders bounds the contacts that share one address, so that the record
// stays within one write unit's neighbourhood (chosen; no evidence).
const MaxHolders = 50

// Door names what an open invitation leads to: a portal, or, for an invitation
// to staff, the staff entrance.
func Door(p id.Portal) string {
	if p == "" {
		return "staff"
	}
	return string(p)
}
