package invitation

import (
	"slices"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/message"
)

// State is where an invitation is in its life.
type State string

// The states of design.md §2. A pending invitation past its ExpiresAt is
// expired for every reader, whether or not the job has recorded it.
const (
	Pending   State = "pending"
	Accepted  State = "accepted"
	Declined  State = "declined"
	Cancelled State = "cancelled"
	Expired   State = "expired"
)

// States lists every state.
func States() []State { return []State{Pending, Accepted, Declined, Cancelled, Expired} }

// Kind says to what somebody is invited.
type Kind string

// The kinds of invitation.
const (
	Client Kind = "client" // to a portal, for one or more grants
	Staff  Kind = "staff"  // to a level of staff
)

// Way is by what somebody who was invited comes in.
type Way string

// The ways. An invitation without one is by a link, as before there were others;
// a draft without one is as the workspace's setting says.
const (
	ByLink        Way = "link"
	ByCredentials Way = "credentials" // address and a temporary password (rows D2, R2)
)

// Invitation is the offer to one address for one or more grants.
type Invitation struct {
	ID        id.Invitation `json:"id"`
	Workspace id.Workspace  `json:"ws"`
	Kind      Kind          `json:"kind_of"`
	Portal    id.Portal     `json:"portal,omitempty"` // empty for staff
	Address   email.Address `json:"address"`
	Key       email.Key     `json:"key"`
	Name      string        `json:"name,omitempty"`
	Grants    []Offer       `json:"grants,omitempty"` // at least one for clients; at most MaxOffers
	Level     access.Level  `json:"level,omitempty"`  // for staff
	Language  string        `json:"language"`
	Zone      string        `json:"zone"` // that Validity and Reminders are resolved in
	By        Way           `json:"by,omitempty"`
	Test      bool          `json:"test,omitempty"` // to a test client (row T6), which never changes
	Note      string        `json:"note,omitempty"`
	Source    string        `json:"source,omitempty"`

	State     State              `json:"state"`
	SentAt    time.Time          `json:"sent_at"` // when it was last handed to the outbox
	Sends     int                `json:"sends"`   // first and resends, not reminders
	Validity  localtime.Validity `json:"validity"`
	ExpiresAt time.Time          `json:"expires_at"` // valid until, not including
	Reminders localtime.Plan     `json:"reminders"`
	Reminded  int                `json:"reminded,omitempty"` // the last slot that was used or passed over
	Quiet     bool               `json:"quiet,omitempty"`    // no more reminders: bounce, complaint, opt-out

	Delivery   message.Delivery `json:"delivery"`
	DeliveryAt time.Time        `json:"delivery_at,omitempty"`
	Reason     string           `json:"reason,omitempty"`  // of the delivery state
	Message    id.Message       `json:"message,omitempty"` // the latest mail to the invitee
	// DeliveryOf is the mail that Delivery was reported for; while it is not
	// Message, the latest mail has not been heard of.
	DeliveryOf id.Message `json:"delivery_of,omitempty"`

	Inviter     id.Identity `json:"inviter"`
	InviterName string      `json:"inviter_name,omitempty"`
	// InviterAt is the account that the inviter belongs to who is a client
	// themselves (row T14), by name; empty: staff invite.
	InviterAt string    `json:"inviter_at,omitempty"`
	EndedAt   time.Time `json:"ended_at,omitempty"`
	// LinkAskedAt is when the invitee last asked for a new link.
	LinkAskedAt time.Time `json:"link_asked_at,omitempty"`
	CreatedAt   time.Time `json:"created_at"`
	// Next is what the clock does next; its instant stands in the due index.
	Next    Due `json:"next,omitempty"`
	Version int `json:"v"`
}

// Offer is one grant an invitation offers.
type Offer struct {
	Account id.Account `json:"a"`
	Contact id.Contact `json:"c"`
	Role    id.Role    `json:"r"`
}

// Key returns the key of the offered grant.
func (i Invitation) GrantKey(o Offer) grant.Key {
	return grant.Key{Account: o.Account, Contact: o.Contact, Portal: i.Portal}
}

// Accounts are those whose grants are offered, each once: where the trail files
// what happens to the invitation.
func (i Invitation) Accounts() []id.Account {
	var all []id.Account
	for _, o := range i.Grants {
		if !slices.Contains(all, o.Account) {
			all = append(all, o.Account)
		}
	}
	return all
}

// Due is what the clock does next with an invitation: one thing, since a thing
// stands once in the index of what is due (design.md §5 "Due work"), and each
// instant it stood there by more would be an index write of every change. So
// after an outage that outlasted a reminder and the end, jobs/expire finds the
// invitation only once jobs/remind has looked at it and passed it on, unmailed: a
// tick later, a minute. Nothing hangs on that: it is expired from its instant for
// every reader, and for whoever invites the address anew.
type Due struct {
	Job string    `json:"job,omitempty"` // "remind" or "expire"
	At  time.Time `json:"at,omitempty"`
}

// The jobs that look after invitations.
const (
	JobRemind = "remind"
	JobExpire = "expire"
)

// Limits of an invitation.
const (
	MaxOffers   = 20   // grants in one invitation; keeps accept within one transaction
	MaxNoteRune = 1000 // characters of the personal message; chosen; no evidence
	MaxLines    = 1000 // addresses in one request (issue 2)
	maxWrites   = 99   // items of one transaction, less the idempotency record
)

// StateAt returns the state every reader sees at now: pending ends at
// ExpiresAt, whether or not the job has run.
func (i Invitation) StateAt(now time.Time) State {
	if i.State == Pending && !now.Before(i.ExpiresAt) {
		return Expired
	}
	return i.State
}

// Open reports whether the invitation can be accepted or declined at now.
func (i Invitation) Open(now time.Time) bool { return i.StateAt(now) == Pending }

// History is what an audit entry may not hold: names, addresses and texts
// before and after a change. It lies with the invitation and goes with it.
type History struct {
	Workspace  id.Workspace      `json:"ws"`
	Invitation id.Invitation     `json:"invitation"`
	Entry      id.Audit          `json:"entry"` // the audit entry it belongs to
	At         time.Time         `json:"at"`
	Before     map[string]string `json:"before,omitempty"`
	After      map[string]string `json:"after,omitempty"`
	Version    int               `json:"v"`
}
