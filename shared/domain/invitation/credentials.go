package invitation

import (
	"context"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/password"
	"portero/shared/domain/session"
)

// ErrSamePassword says that the temporary password was chosen again.
var ErrSamePassword = fault.On("password", "password_unchanged", "This is the temporary password. Choose another.")

// Credentials are what somebody types who comes in by them for the first time.
type Credentials struct {
	Address   email.Address
	Temporary password.Plain // as it was mailed
	Entry                    // with the password they choose
}

// Redeem accepts the invitation whose temporary password was mailed, with a
// password of the person's own: that one works from now on, the other never
// again (rows D2, R2). It is counted and costs as signing in does, whether or not
// the address is known: too_many_requests or sign_in_failed; then
// invitation_accepted, …_declined, …_cancelled, …_expired; deactivated;
// password_unchanged, password_…, name_malformed or a profile's codes.
func (g Guest) Redeem(ctx context.Context, c Credentials, v Visitor) (Welcome, error) {
	ws, key := v.Actor.Workspace, c.Address.Key()
	desk := session.Desk{Store: g.Store, Actor: v.Actor, Cost: g.Cost, Now: v.Now}
	firm, who, box, err := g.Store.Entrance(ctx, ws, identity.IDOf(ws, key), key)
	if err != nil {
		return Welcome{}, err
	}
	if err := c.Check(); err != nil {
		return Welcome{}, err
	}
	if err := identity.CheckPassword("password", firm, c.Address, c.Name, c.Password); err != nil {
		return Welcome{}, err
	}
	if mailbox.TypedTemporary(c.Password) == mailbox.TypedTemporary(c.Temporary) {
		return Welcome{}, ErrSamePassword
	}
	if err := desk.ProveTemporary(ctx, who, key, box, c.Temporary, v.Network); err != nil {
		return Welcome{}, err
	}
	o := offered{firm: firm}
	if err := g.answerable(ctx, &o, box.Temporary.Invitation, key, false); err != nil {
		return Welcome{}, err
	}
	// The mailbox as its password was compared: if it changed since, so may have
	// the password, and the commit fails.
	o.box = box
	if err := over(o.offer.StateAt(v.Now)); err != nil {
		return Welcome{}, err
	}
	all, err := g.company(ctx, o)
	if err == nil {
		err = g.entrance(ctx, &o)
	}
	switch {
	case err != nil:
		return Welcome{}, err
	case all.who.HasPassword():
		return Welcome{}, ErrSignInFirst
	case all.who.ID != "" && !all.who.Active():
		return Welcome{}, session.ErrDeactivated
	}
	in := entering{offered: o, company: all, visitor: v, entry: c.Entry}
	if in.hash, err = password.New(c.Password, g.Cost, g.Random); err != nil {
		return Welcome{}, err
	}
	answer := Welcome{Workspace: firm.ID, PortalName: o.door.Name}
	answer.Entrance, err = in.enter()
	return answer, err
}
