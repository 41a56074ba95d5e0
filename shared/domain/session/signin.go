package session

import (
	"context"
	"crypto/rand"
	"strconv"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/password"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
)

// ErrSignIn is the one answer to a wrong password, an unknown address and an
// address without a password.
var ErrSignIn = fault.New(fault.Unauthenticated, "sign_in_failed", "Address and password do not fit together. Check both, or ask for a new password.")

// Attempt is somebody who wants to sign in.
type Attempt struct {
	Address  email.Address
	Password password.Plain
	Code     string // of the authenticator app, or a recovery code; empty: not typed yet
	Portal   string // the name of the portal they stand at; empty: none
	Network  string // where they come from, as the counters see it
	Facts    Facts
}

// Entry is what signing in comes to. The portal is zero for the console.
type Entry struct {
	Session Session
	Token   Token
	Portal  portal.Portal
}

// SignIn lets somebody in with address and password: staff into the console,
// members into the portal they stand at, else into the first they may enter.
// Known or not, an address costs the same calls and one hash. It returns
// not_found for a workspace or portal that is not there, too_many_requests,
// sign_in_failed, and, for the right password only, password_temporary, second_factor_needed,
// second_factor_wrong or recovery_code_needed, then deactivated, access_waiting,
// access_not_yet, access_ended or access_off.
func (d Desk) SignIn(ctx context.Context, a Attempt) (Entry, change.Set, error) {
	none := change.Set{}
	who := identity.IDOf(d.ws(), a.Address.Key())
	w, found, box, err := d.Store.Entrance(ctx, d.ws(), who, a.Address.Key())
	if err != nil {
		return Entry{}, none, err
	}
	portals, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return Entry{}, none, err
	}
	at, err := named(portals, a.Portal)
	if err != nil {
		return Entry{}, none, err
	}
	p := proof{password: a.Password, code: a.Code, temporary: box.TemporaryAt(d.Now)}
	if err := d.check(ctx, d.guard(who, a.Network), found, &p); err != nil {
		return Entry{}, none, err
	}
	return d.enter(ctx, hall{w, found, box, portals, at}, a, p)
}

// hall is what is known of somebody who stands at a door.
type hall struct {
	firm    workspace.Workspace
	who     identity.Identity
	box     mailbox.Mailbox
	portals []portal.Portal
	at      portal.Portal // whose door; zero: none
}

// guard returns the counters of an attempt at an identity from a network, or
// from the device that the actor is signed in on as that identity, or was. A
// device that was signed out is unknown: nothing is kept of it.
func (d Desk) guard(who id.Identity, network string) guard {
	if d.Former.ID != "" && d.Former.Identity == who {
		return guardOf(d.ws(), who, string(d.Former.ID), true, d.Now)
	}
	if d.Actor.Kind == access.Person && d.Actor.Identity == who {
		return guardOf(d.ws(), who, string(d.Actor.Session), true, d.Now)
	}
	return guardOf(d.ws(), who, network, false, d.Now)
}

// named returns the portal of a name, the zero value for none, or not_found.
func named(portals []portal.Portal, name string) (portal.Portal, error) {
	if name == "" {
		return portal.Portal{}, nil
	}
	for _, p := range portals {
		if p.Name == name {
			return p, nil
		}
	}
	return portal.Portal{}, fault.NotYours()
}

// enter starts the session of somebody whose proof was right.
func (d Desk) enter(ctx context.Context, h hall, a Attempt, p proof) (Entry, change.Set, error) {
	var set change.Set
	who := h.who
	if !who.Active() {
		return Entry{}, set, ErrDeactivated
	}
	door, err := d.choose(ctx, h)
	if err != nil {
		return Entry{}, set, err
	}
	if p.factor != nil {
		who = who.WithFactor(p.factor)
	}
	if who.Password.Outdated(d.Cost) {
		hash, err := password.New(a.Password, d.Cost, rand.Reader)
		if err != nil {
			return Entry{}, set, err
		}
		who = who.Rehash(hash)
	}
	if who != h.who {
		set.Replace(who)
	}
	a.Facts.Zone = door.Contact.Zone
	s, t := Start(h.firm, who, door.Grant, a.Facts, d.Now)
	if who.Factor == nil && identity.CheckOnly("", a.Password) != nil {
		s.Owes = access.OwesPassword // the second factor that followed it is gone
	}
	set.Insert(s)
	if g, fresh := door.Grant.SignedIn(d.Now); fresh && door.Grant.Version > 0 {
		set.Replace(g) // their account's last sign-in (row T8)
	}
	entry := d.entry("session.started", who.ID, string(s.ID))
	if p.taken.Recovery {
		entry.After = map[string]string{"recovery_codes": strconv.Itoa(len(p.factor.Codes))}
	}
	set.Insert(entry)
	return Entry{Session: s, Token: t, Portal: door.Portal}, set, nil
}

// choose returns the door to go in by; the zero value is the console. Staff who
// are clients as well go through the portal they stand at, if it is theirs.
func (d Desk) choose(ctx context.Context, h hall) (Door, error) {
	staff := h.who.Level != access.None
	if staff && h.at.ID == "" {
		return Door{}, nil
	}
	doors, err := d.Doors(ctx, h.firm, h.who, h.box, h.portals)
	if err != nil {
		return Door{}, err
	}
	door, err := through(doors, h.at.ID)
	if staff && (err != nil || door.Portal.ID != h.at.ID) {
		return Door{}, nil
	}
	if err != nil && len(doors) == 0 && h.who.Member {
		err = ErrOff // what they had was taken away
	}
	return door, err
}
