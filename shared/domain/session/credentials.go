package session

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/grant"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/role"
)

// Credentials are what a token's keys lead to, as just read.
type Credentials struct {
	Session  Session
	Identity identity.Identity
	// Grant is the grant in use; RoleThere says that it is the identity's, with
	// the role of the token, and that the role is there. Both zero for staff.
	Grant     grant.Grant
	RoleThere bool
	// Role is the token's role as it is now: of one that was deleted, the one its
	// users moved to.
	Role role.Role
}

// Knows reports whether the token opens a session that has merely run out: its
// holder was let in here, and nothing has happened since that ends sessions.
func (c Credentials) Knows(t Token) bool {
	return c.Session.ID != "" && c.Identity.ID != "" && t.Opens(c.Session) && c.Session.Generation == c.Identity.Generation && c.Identity.Active()
}

// Admit refuses whom what the token leads to does not let in at now. Whatever
// changes here counts from the next request on. sign_in_required; and, from whose
// session stands but whose grant's dates do not (row D1), access_not_yet or
// access_ended: the dates lie in the grant, so that asking costs no read more.
func (c Credentials) Admit(t Token, now time.Time) error {
	switch {
	case c.Session.ID == "" || c.Identity.ID == "" || !t.Opens(c.Session):
		return ErrSignedOut
	case !c.Session.Live(now) || c.Session.Generation != c.Identity.Generation || c.Session.Level != c.Identity.Level:
		return ErrSignedOut
	case !c.Identity.Deactivated.IsZero():
		return ErrSignedOut
	case t.Grant.Zero():
		if c.Identity.Level == access.None {
			return ErrSignedOut
		}
		return nil
	}
	zone, err := localtime.Load(c.Session.Zone)
	if err != nil || !c.RoleThere || c.Grant.AcceptedAt.IsZero() {
		return ErrSignedOut
	}
	switch c.Grant.StateAt(now, zone) {
	case grant.Active:
		return nil
	case grant.NotYet:
		return ErrNotYet
	case grant.Over:
		return ErrEnded
	}
	return ErrSignedOut
}
