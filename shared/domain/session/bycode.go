package session

import (
	"context"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
)

// ErrNoCodes says that a workspace lets nobody in by mailed codes.
var ErrNoCodes = fault.New(fault.Conflict, "code_sign_in_off", "Here one signs in with a password. Ask the firm, or ask for a new password.")

// Knock is somebody who asks for a code to come in by.
type Knock struct {
	Firm   workspace.Workspace
	Who    identity.Identity
	Portal string // the name of the portal they stand at; empty: none
	// Mails says that they are mailed one. Nobody is told whether they are.
	Mails bool
}

// Knock reads who asks for a code at a portal: the same calls for everybody.
// not_found for a workspace or portal that is not there, code_sign_in_off where
// there are no codes.
func (d Desk) Knock(ctx context.Context, a email.Address, at string) (Knock, error) {
	w, who, box, err := d.Store.Entrance(ctx, d.ws(), identity.IDOf(d.ws(), a.Key()), a.Key())
	if err != nil {
		return Knock{}, err
	}
	portals, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return Knock{}, err
	}
	if _, err := named(portals, at); err != nil {
		return Knock{}, err
	}
	if !w.Settings.CodeSignIn {
		return Knock{}, ErrNoCodes
	}
	return Knock{Firm: w, Who: who, Portal: at, Mails: byCode(who, box)}, nil
}

// byCode reports whether a mailed code is a way in for somebody: members only. A
// mailbox is no second factor and takes the place of none, so staff have their
// password and their app (design.md §7).
func byCode(who identity.Identity, box mailbox.Mailbox) bool {
	return who.Member && who.Level == access.None && who.Factor == nil && who.Active() && box.Takes(message.Code)
}

// EnterByCode lets somebody in who has typed the code that was mailed to their
// address. code_sign_in_off if codes were switched off meanwhile; deactivated,
// access_waiting, access_not_yet, access_ended or access_off.
func (d Desk) EnterByCode(ctx context.Context, k email.Key, at string, f Facts) (Entry, change.Set, error) {
	var set change.Set
	w, who, box, err := d.Store.Entrance(ctx, d.ws(), identity.IDOf(d.ws(), k), k)
	if err != nil {
		return Entry{}, set, err
	}
	switch {
	case !w.Settings.CodeSignIn:
		return Entry{}, set, ErrNoCodes
	case !who.Active():
		return Entry{}, set, ErrDeactivated
	case !byCode(who, box):
		return Entry{}, set, ErrOff
	}
	portals, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return Entry{}, set, err
	}
	stood, err := named(portals, at)
	if err != nil {
		return Entry{}, set, err
	}
	door, err := d.choose(ctx, hall{w, who, box, portals, stood})
	if err != nil {
		return Entry{}, set, err
	}
	f.Zone = door.Contact.Zone
	s, t := Start(w, who, door.Grant, f, d.Now)
	set.Insert(s)
	if g, fresh := door.Grant.SignedIn(d.Now); fresh && door.Grant.Version > 0 {
		set.Replace(g) // their account's last sign-in (row T8)
	}
	entry := d.entry("session.started", who.ID, string(s.ID))
	entry.After = map[string]string{"by": "code"}
	set.Insert(entry)
	return Entry{Session: s, Token: t, Portal: door.Portal}, set, nil
}
