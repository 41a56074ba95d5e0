package access

import (
	"time"

	"portero/shared/domain/id"
)

// Level is what an identity may do as staff.
type Level string

// The staff levels of design.md §2. The zero value is not staff.
const (
	None   Level = ""
	Member Level = "member" // sees external users and what they can see
	Admin  Level = "admin"  // manages portals, roles and access
)

// Kind says how the actor proved who they are.
type Kind string

// The kinds of actor.
const (
	Anonymous Kind = ""        // nobody has signed in
	Person    Kind = "person"  // an identity with a session
	Key       Kind = "key"     // a program with an API key, for the identity that made it
	Link      Kind = "link"    // the holder of a mailed or shared secret
	Clock     Kind = "clock"   // a job
	Service   Kind = "service" // an AWS service: stream, mail feedback
	Ops       Kind = "ops"     // whoever may invoke functions in the account
)

// Debt is what somebody who has signed in must do before they may do anything
// else.
type Debt string

// The debts. The zero value owes nothing.
const (
	OwesPassword     Debt = "password"      // theirs is too short to be the only factor
	OwesSecondFactor Debt = "second_factor" // the workspace asks staff for one, or theirs was lost
)

// Grant names the access a member's session is using right now. It is zero for
// staff sessions.
type Grant struct {
	Account id.Account `json:"account,omitempty"`
	Contact id.Contact `json:"contact,omitempty"`
	Portal  id.Portal  `json:"portal,omitempty"`
	Role    id.Role    `json:"role,omitempty"`
}

// Zero reports whether no grant is in use.
func (g Grant) Zero() bool { return g == Grant{} }

// Actor is who makes a request. It is a value; it grants nothing by itself.
type Actor struct {
	Kind      Kind
	Workspace id.Workspace
	Identity  id.Identity
	Session   id.Session
	Level     Level
	Grant     Grant
	// Key and Scopes are of a program with an API key; Identity and Level are its
	// creator's then, as just read.
	Key    id.APIKey
	Scopes Scopes
	// Owes is what the person must do before anything else; empty: nothing. An
	// actor who owes holds OwnEntry and no other permission.
	Owes Debt
	// Role is what the role of the grant in use says of the permissions that it
	// decides (ByRole); what it does not name is as the table says.
	Role map[Permission]bool
	From string // the viewer's network address, for the audit trail only
	// At is the instant to the millisecond, so that what happens within one
	// second sorts as it happened; zero where nobody measured it. Nothing is
	// decided by it.
	At time.Time
}

// Name is how the audit trail calls the actor: an identifier or a kind, never
// an address or a name.
func (a Actor) Name() string {
	if a.Key != "" {
		return string(a.Key)
	}
	if a.Identity != "" {
		return string(a.Identity)
	}
	if a.Kind == Anonymous {
		return "anonymous"
	}
	return string(a.Kind)
}

// Staff reports whether the actor is staff of its workspace at any level.
func (a Actor) Staff() bool { return a.Kind == Person && a.Level != None }
