package session

import (
	"context"
	"crypto/rand"

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
// sign_in_failed, and, for the right password only, deactivated,
// access_waiting, access_not_yet, access_ended or access_off.
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
	g := d.guard(who, a.Network)
	if err := d.check(ctx, g, found, a.Password); err != nil {
		return Entry{}, none, err
	}
	return d.enter(ctx, w, found, box, portals, at, a)
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

// verify checks the password, or nobody's: one hash either way.
func verify(who identity.Identity, p password.Plain, cost password.Cost) error {
	hash, there := who.Password, who.HasPassword()
	if !there {
		hash = password.Dummy(cost)
	}
	ok, err := hash.Verify(p)
	if err == nil && !(ok && there) {
		err = ErrSignIn
	}
	return err
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

// enter starts the session of somebody whose password was right.
func (d Desk) enter(ctx context.Context, w workspace.Workspace, who identity.Identity, m mailbox.Mailbox, portals []portal.Portal, at portal.Portal, a Attempt) (Entry, change.Set, error) {
	var set change.Set
	if !who.Active() {
		return Entry{}, set, ErrDeactivated
	}
	door, err := d.choose(ctx, w, who, m, portals, at.ID)
	if err != nil {
		return Entry{}, set, err
	}
	if who.Password.Outdated(d.Cost) {
		hash, err := password.New(a.Password, d.Cost, rand.Reader)
		if err != nil {
			return Entry{}, set, err
		}
		set.Replace(who.Rehash(hash))
	}
	a.Facts.Zone = door.Contact.Zone
	s, t := Start(w, who, door.Grant, a.Facts, d.Now)
	set.Insert(s)
	set.Insert(d.entry("session.started", who.ID, string(s.ID)))
	return Entry{Session: s, Token: t, Portal: door.Portal}, set, nil
}

// choose returns the door to go in by; the zero value is the console. Staff who
// are clients as well go through the portal they stand at, if it is theirs.
func (d Desk) choose(ctx context.Context, w workspace.Workspace, who identity.Identity, m mailbox.Mailbox, portals []portal.Portal, at id.Portal) (Door, error) {
	staff := who.Level != access.None
	if staff && at == "" {
		return Door{}, nil
	}
	doors, err := d.Doors(ctx, w, who, m, portals)
	if err != nil {
		return Door{}, err
	}
	door, err := through(doors, at)
	if staff && (err != nil || door.Portal.ID != at) {
		return Door{}, nil
	}
	if err != nil && len(doors) == 0 && who.Member {
		err = ErrOff // what they had was taken away
	}
	return door, err
}
