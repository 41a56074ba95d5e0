package session

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/grant"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
)

// Credentials are what a token's keys lead to, as just read.
type Credentials struct {
	Session  Session
	Identity identity.Identity
	// Grant is the grant in use; RoleThere says that it is the identity's, with
	// the role of the token, and that the role is there. Both zero for staff.
	Grant     grant.Grant
	RoleThere bool
}

// Knows reports whether the token opens a session that has merely run out: its
// holder was let in here, and nothing has happened since that ends sessions.
func (c Credentials) Knows(t Token) bool {
	return c.Session.ID != "" && c.Identity.ID != "" && t.Opens(c.Session) && c.Session.Generation == c.Identity.Generation && c.Identity.Active()
}

// Admit reports whether everything the token leads to still stands at now.
// Whatever changes here counts from the next request on.
func (c Credentials) Admit(t Token, now time.Time) bool {
	switch {
	case c.Session.ID == "" || c.Identity.ID == "" || !t.Opens(c.Session):
		return false
	case !c.Session.Live(now) || c.Session.Generation != c.Identity.Generation || c.Session.Level != c.Identity.Level:
		return false
	case !c.Identity.Deactivated.IsZero():
		return false
	case t.Grant.Zero():
		return c.Identity.Level != access.None
	}
	zone, err := localtime.Load(c.Session.Zone)
	return err == nil && c.RoleThere && c.Grant.Active(now, zone)
}
