package session

import (
	"context"
	"crypto/rand"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/factor"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/workspace"
)

// The faults of setting up and ending a second factor.
var (
	ErrStaffOnly   = fault.New(fault.Conflict, "second_factor_staff_only", "A second factor is for the firm's own people.")
	ErrFactorThere = fault.New(fault.Conflict, "second_factor_there", "You have a second factor already. Take it away first.")
	ErrNoFactor    = fault.New(fault.Conflict, "second_factor_none", "There is no second factor here.")
	ErrFactorDue   = fault.New(fault.Conflict, "second_factor_required", "Your firm asks all staff for a second factor. You can set up another app: ask another administrator to reset this one.")
	ErrFactorOwn   = fault.New(fault.Conflict, "second_factor_own", "You cannot reset your own second factor. Take it away with a code, or ask another administrator.")
)

// SetUp gives the actor a second factor whose app has shown a code, and
// returns the recovery codes, which are shown once. Every other session ends; this
// one owes nothing any more but a password. sign_in_failed if the password is
// wrong, too_many_requests, second_factor_wrong, second_factor_there,
// second_factor_staff_only.
func (d Desk) SetUp(ctx context.Context, s factor.Secret, code string, p password.Plain) ([]factor.Recovery, change.Set, error) {
	var set change.Set
	present, who, w, err := d.self(ctx)
	switch {
	case err != nil:
		return nil, set, err
	case who.Level == access.None:
		return nil, set, ErrStaffOnly
	case who.Factor != nil && !who.Factor.Lost():
		return nil, set, ErrFactorThere
	}
	if err := d.checkPassword(ctx, who, p); err != nil {
		return nil, set, err
	}
	made, codes, err := factor.New(s, string(who.ID), code, p, d.Cost, rand.Reader, d.Now)
	if err != nil {
		return nil, set, err
	}
	who = who.WithFactor(&made).EndSessions()
	set.Replace(who)
	present.Generation = who.Generation
	if present.Owes == access.OwesSecondFactor {
		present.Owes = ""
	}
	set.Replace(present)
	d.told(&set, w, who, message.SecondFactorOn, "secondfactor.set_up")
	return codes, set, nil
}

// RenewCodes draws the actor's recovery codes anew; the former are dead. Its
// faults are those of SignIn that are about password and code, and
// second_factor_none.
func (d Desk) RenewCodes(ctx context.Context, code string, p password.Plain) ([]factor.Recovery, change.Set, error) {
	var set change.Set
	_, who, _, err := d.self(ctx)
	if err != nil {
		return nil, set, err
	}
	if who, err = d.both(ctx, who, code, p); err != nil {
		return nil, set, err
	}
	return d.redraw(who)
}

// CodesAgain answers a repeat of SetUp or RenewCodes: other recovery codes, the
// former dead. second_factor_none if it was taken away meanwhile.
func (d Desk) CodesAgain(ctx context.Context) ([]factor.Recovery, change.Set, error) {
	who, err := d.Store.Identity(ctx, d.ws(), d.Actor.Identity)
	if err == nil && who.Factor == nil {
		err = ErrNoFactor
	}
	if err != nil {
		return nil, change.Set{}, signedOut(err)
	}
	return d.redraw(who)
}

func (d Desk) redraw(who identity.Identity) ([]factor.Recovery, change.Set, error) {
	var set change.Set
	next, codes, err := who.Factor.Renew(rand.Reader)
	if err != nil {
		return nil, set, err
	}
	set.Replace(who.WithFactor(&next))
	set.Insert(d.entry("secondfactor.codes_renewed", who.ID, string(who.ID)))
	return codes, set, nil
}

// TakeAway ends the actor's second factor, for a code of it.
// second_factor_required while the workspace asks staff for one;
// password_too_short on "password" if that cannot be the only factor: another is
// chosen first; else the faults of RenewCodes.
func (d Desk) TakeAway(ctx context.Context, code string, p password.Plain) (change.Set, error) {
	var set change.Set
	_, who, w, err := d.self(ctx)
	switch {
	case err != nil:
		return set, err
	case w.Settings.SecondFactor && who.Level != access.None:
		return set, ErrFactorDue
	}
	if who, err = d.both(ctx, who, code, p); err != nil {
		return set, err
	}
	if err := identity.CheckOnly("password", p); err != nil {
		return set, err
	}
	who = who.WithFactor(nil)
	set.Replace(who)
	d.told(&set, w, who, message.SecondFactorOff, "secondfactor.taken_away")
	return set, nil
}

// Lift ends somebody else's second factor, who lost it: every session of theirs
// ends and a mail tells them. not_found, second_factor_own, second_factor_none.
func (d Desk) Lift(ctx context.Context, one id.Identity) (change.Set, error) {
	var set change.Set
	who, err := d.Store.Identity(ctx, d.ws(), one)
	switch {
	case err != nil:
		return set, err
	case one == d.Actor.Identity:
		return set, ErrFactorOwn
	case who.Factor == nil:
		return set, ErrNoFactor
	}
	w, _, _, err := d.Store.Entrance(ctx, d.ws(), who.ID, who.Key)
	if err != nil {
		return set, err
	}
	who = who.WithFactor(nil).EndSessions()
	set.Replace(who)
	d.told(&set, w, who, message.SecondFactorOff, "secondfactor.reset")
	return set, nil
}

// self reads the actor's session, identity and workspace.
func (d Desk) self(ctx context.Context) (Session, identity.Identity, workspace.Workspace, error) {
	present, err := d.Store.Session(ctx, d.ws(), d.Actor.Identity, d.Actor.Session)
	if err != nil {
		return present, identity.Identity{}, workspace.Workspace{}, signedOut(err)
	}
	who, err := d.Store.Identity(ctx, d.ws(), d.Actor.Identity)
	if err != nil {
		return present, who, workspace.Workspace{}, signedOut(err)
	}
	w, _, _, err := d.Store.Entrance(ctx, d.ws(), who.ID, who.Key)
	return present, who, w, err
}

// both checks password and code of somebody who has a second factor, and returns
// the identity as the code leaves it.
func (d Desk) both(ctx context.Context, who identity.Identity, code string, p password.Plain) (identity.Identity, error) {
	if who.Factor == nil {
		return who, ErrNoFactor
	}
	shown := proof{password: p, code: code}
	if err := d.check(ctx, d.guard(who.ID, ""), who, &shown); err != nil {
		return who, err
	}
	return who.WithFactor(shown.factor), nil
}

// checkPassword checks the password alone of somebody who is signed in.
func (d Desk) checkPassword(ctx context.Context, who identity.Identity, p password.Plain) error {
	return d.check(ctx, d.guard(who.ID, ""), who.WithFactor(nil), &proof{password: p})
}

// told adds the mail about a change of somebody's second factor, and its entry.
func (d Desk) told(set *change.Set, w workspace.Workspace, who identity.Identity, kind message.Kind, action string) {
	letter := w.Letter(id.New[id.Message](d.Now), kind, who.Address, who.Profile.Language, d.Now)
	letter.Identity, letter.Model.Recipient, letter.Test = who.ID, who.Name, who.Tested()
	set.Insert(letter)
	set.Insert(audit.Of(d.Actor, d.Now, action, string(who.ID)))
}
