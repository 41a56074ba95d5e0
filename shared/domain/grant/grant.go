package grant

import (
	"time"

	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
)

// Grant is one contact's access to one account in one portal with one role.
// These three names are its key: there can be only one.
type Grant struct {
	Workspace id.Workspace   `json:"ws"`
	Account   id.Account     `json:"account"`
	Contact   id.Contact     `json:"contact"`
	Portal    id.Portal      `json:"portal"`
	Role      id.Role        `json:"role"`
	Owner     id.Identity    `json:"owner"` // row Z11
	SignIn    bool           `json:"sign_in"`
	Notify    bool           `json:"notify"`
	EmailSync bool           `json:"email_sync"`
	From      localtime.Date `json:"from,omitempty"`  // first day of access; zero: none
	Until     localtime.Date `json:"until,omitempty"` // last day of access; zero: none
	// Test says that the contact is a test client (row T6), which never changes: the
	// grant takes no seat and is not counted.
	Test bool `json:"test,omitempty"`
	// Identity is set once the person has accepted; from then on they are a
	// member through this grant.
	Identity   id.Identity   `json:"identity,omitempty"`
	Invitation id.Invitation `json:"invitation,omitempty"` // the last one that offered it; empty: never sent
	InvitedBy  id.Identity   `json:"invited_by,omitempty"`
	// TakenBack says that the member who offered it to a colleague switched it off
	// again (row T14), and may offer it once more.
	TakenBack  bool      `json:"taken_back,omitempty"`
	SentAt     time.Time `json:"sent_at,omitempty"` // when that invitation was last mailed; zero: never sent
	AcceptedAt time.Time `json:"accepted_at,omitempty"`
	SignedInAt time.Time `json:"signed_in_at,omitempty"` // the last sign-in after that, noted once a day
	// Assessed is the version that the account's standing was derived from, and
	// Turns when it must be derived again by the clock. Who writes a grant leaves
	// both as they are: the version it then has was not looked at yet.
	Assessed  int       `json:"assessed,omitempty"`
	Turns     time.Time `json:"turns,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	Version   int       `json:"v"`
}

// Key names a grant.
type Key struct {
	Account id.Account `json:"a"`
	Contact id.Contact `json:"c"`
	Portal  id.Portal  `json:"p"`
}

// Key returns the grant's name.
func (g Grant) Key() Key { return Key{g.Account, g.Contact, g.Portal} }

// Active reports whether the grant lets its identity in at now.
func (g Grant) Active(now time.Time, zone *time.Location) bool {
	if !g.SignIn || g.AcceptedAt.IsZero() {
		return false
	}
	today := localtime.DateOf(now, zone)
	var none localtime.Date
	if g.From != none && today.Before(g.From) {
		return false
	}
	return g.Until == none || !today.After(g.Until)
}
