package session

import (
	"context"
	"crypto/rand"

	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/workspace"
)

// ChangePassword gives the actor another password. Every other session ends;
// this one is replaced by the one returned, and a mail says what happened.
// sign_in_failed if the old password is wrong, too_many_requests, or the
// password_* codes on the field "new".
func (d Desk) ChangePassword(ctx context.Context, old, next password.Plain, f Facts) (Entry, change.Set, error) {
	var set change.Set
	present, err := d.Store.Session(ctx, d.ws(), d.Actor.Identity, d.Actor.Session)
	if err != nil {
		return Entry{}, set, signedOut(err)
	}
	who, err := d.Store.Identity(ctx, d.ws(), d.Actor.Identity)
	if err != nil {
		return Entry{}, set, signedOut(err)
	}
	w, _, _, err := d.Store.Entrance(ctx, d.ws(), who.ID, who.Key)
	if err != nil {
		return Entry{}, set, err
	}
	if err := who.CheckPassword("new", w, next); err != nil {
		return Entry{}, set, err
	}
	// The session has shown the second factor; the password opens what it sealed.
	if err := d.checkPassword(ctx, who, old); err != nil {
		return Entry{}, set, err
	}
	if who.Factor != nil {
		moved, err := who.Factor.Move(string(who.ID), old, next, d.Cost, rand.Reader)
		if err != nil {
			return Entry{}, set, err
		}
		who = who.WithFactor(&moved)
	}
	who, err = d.setPassword(&set, w, who, next, "password.changed")
	if err != nil {
		return Entry{}, set, err
	}
	f.Zone = present.Zone
	g := present.Grant
	s, t := Start(w, who, grant.Grant{Account: g.Account, Contact: g.Contact, Portal: g.Portal, Role: g.Role}, f, d.Now)
	present.Generation = who.Generation
	set.Replace(present.replaced(d.Now))
	set.Insert(s)
	return Entry{Session: s, Token: t}, set, nil
}

// setPassword hashes a password that was checked, and adds to the set the
// identity that has it, the mail about it and the audit entry.
func (d Desk) setPassword(set *change.Set, w workspace.Workspace, who identity.Identity, next password.Plain, action string) (identity.Identity, error) {
	hash, err := password.New(next, d.Cost, rand.Reader)
	if err != nil {
		return who, err
	}
	who = who.SetPassword(hash)
	who.PasswordAt = d.Now
	set.Replace(who)
	letter := w.Letter(id.New[id.Message](d.Now), message.PasswordChanged, who.Address, who.Profile.Language, d.Now)
	letter.Identity, letter.Model.Recipient, letter.Test = who.ID, who.Name, who.Tested()
	set.Insert(letter)
	set.Insert(d.entry(action, who.ID, string(who.ID)))
	return who, nil
}
