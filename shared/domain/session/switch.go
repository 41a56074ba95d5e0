package session

import (
	"context"
	"errors"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/portal"
)

// handover is how long who holds a session that was replaced by another may
// repeat the request that replaced it, if its answer was lost; nothing else
// (chosen; no evidence).
const handover = time.Minute

// replaced is the session as it ends: it is kept for the handover at most.
func (s Session) replaced(now time.Time) Session {
	s.Replaced = true
	if end := now.Add(handover); end.Before(s.ExpiresAt) {
		s.ExpiresAt = end
	}
	return s
}

// Switch starts a session of the same person with another grant (row T9); the
// present one ends. not_found for a grant that is not theirs, and why it is shut
// if it is: access_not_yet, access_ended, access_off.
func (d Desk) Switch(ctx context.Context, to grant.Key, f Facts) (Entry, change.Set, error) {
	var set change.Set
	present, err := d.Store.Session(ctx, d.ws(), d.Actor.Identity, d.Actor.Session)
	if err != nil {
		return Entry{}, set, signedOut(err)
	}
	who, err := d.Store.Identity(ctx, d.ws(), d.Actor.Identity)
	if err != nil {
		return Entry{}, set, signedOut(err)
	}
	w, _, box, err := d.Store.Entrance(ctx, d.ws(), who.ID, who.Key)
	if err != nil {
		return Entry{}, set, err
	}
	portals, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return Entry{}, set, err
	}
	doors, err := d.Doors(ctx, w, who, box, portals)
	if err != nil {
		return Entry{}, set, err
	}
	door, ok := doorTo(doors, to)
	if !ok {
		return Entry{}, set, fault.NotYours()
	}
	if door.State != grant.Active {
		return Entry{}, set, shut([]Door{door})
	}
	f.Zone = door.Contact.Zone
	s, t := Start(w, who, door.Grant, f, d.Now)
	set.Replace(present.replaced(d.Now))
	set.Insert(s)
	if g, fresh := door.Grant.SignedIn(d.Now); fresh && door.Grant.Version > 0 {
		set.Replace(g) // their account's last sign-in (row T8)
	}
	entry := d.entry("session.switched", who.ID, string(s.ID))
	entry.Before = map[string]string{"account": string(present.Grant.Account), "portal": string(present.Grant.Portal)}
	entry.After = map[string]string{"account": string(s.Grant.Account), "portal": string(s.Grant.Portal)}
	set.Insert(entry)
	return Entry{Session: s, Token: t, Portal: door.Portal}, set, nil
}

func doorTo(doors []Door, k grant.Key) (Door, bool) {
	for _, door := range doors {
		if door.Grant.Key() == k {
			return door, true
		}
	}
	return Door{}, false
}

// Again answers a repeat of Switch or ChangePassword: the session that was
// started then, with another secret; the former is dead. sign_in_required if
// that session is gone.
func (d Desk) Again(ctx context.Context, started id.Session) (Entry, change.Set, error) {
	var set change.Set
	s, err := d.Store.Session(ctx, d.ws(), d.Actor.Identity, started)
	if err != nil {
		return Entry{}, set, signedOut(err)
	}
	portals, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return Entry{}, set, err
	}
	s, t := s.Rekey()
	set.Replace(s)
	return Entry{Session: s, Token: t, Portal: of(portals, s)}, set, nil
}

func of(portals []portal.Portal, s Session) portal.Portal {
	for _, p := range portals {
		if p.ID == s.Grant.Portal {
			return p
		}
	}
	return portal.Portal{}
}

// ErrSignedOut says that the caller's session ended while it was being used.
var ErrSignedOut = fault.New(fault.Unauthenticated, fault.CodeUnauthorized, "Sign in first, then repeat.")

func signedOut(err error) error {
	if errors.Is(err, fault.NotYours()) {
		return ErrSignedOut
	}
	return err
}
