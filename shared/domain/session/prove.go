package session

import (
	"context"
	"errors"

	"portero/shared/domain/email"
	"portero/shared/domain/factor"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/password"
)

// ErrSecondFactor says that the password was right and does not do: a code of
// the authenticator app, or a recovery code, goes with it.
var ErrSecondFactor = fault.New(fault.Unauthenticated, "second_factor_needed", "The password is right. Sign in with it and with the code that your authenticator app shows.")

// ErrTemporary says that the temporary password was right, and that it lets
// nobody in by itself.
var ErrTemporary = fault.New(fault.Unauthenticated, "password_temporary", "This is the temporary password. Choose one of your own to come in.")

// ProveTemporary checks the temporary password that was mailed to an address,
// known or not: it counts and costs what signing in does. too_many_requests or
// sign_in_failed.
func (d Desk) ProveTemporary(ctx context.Context, who identity.Identity, k email.Key, box mailbox.Mailbox, p password.Plain, network string) error {
	one := identity.IDOf(d.ws(), k)
	g := d.guard(one, network)
	err := d.check(ctx, g, identity.Identity{Password: who.Password}, &proof{password: p, temporary: box.TemporaryAt(d.Now)})
	switch {
	case errors.Is(err, ErrTemporary):
		return d.forget(ctx, g)
	case err == nil:
		err = ErrSignIn // their own: there is nothing to choose here
	}
	return err
}

// proof is what somebody types to show who they are, and, once it was checked,
// what became of their second factor.
type proof struct {
	password password.Plain
	code     string
	// temporary is the hash of what was mailed to whoever has no password yet;
	// empty: nothing.
	temporary password.Hash
	factor    *factor.Factor // as the code leaves it, to be stored; nil: there is none
	taken     factor.Taken
}

// verify compares the password, or nobody's: one hash either way. Whoever has a
// second factor shows that as well, at the price of a hash more, once the
// password was right.
func (d Desk) verify(who identity.Identity, p *proof) error {
	hash, there, typed := who.Password, who.HasPassword(), p.password
	mailed := !there && p.temporary != ""
	switch {
	case mailed:
		hash, typed = p.temporary, mailbox.TypedTemporary(typed)
	case !there:
		hash = password.Dummy(d.Cost)
	}
	ok, err := hash.Verify(typed)
	switch {
	case err != nil:
		return err
	case ok && mailed:
		return ErrTemporary
	case !ok || !there:
		return ErrSignIn
	case who.Factor == nil:
		return nil
	case p.code == "" && who.Factor.Lost():
		return factor.ErrLost
	case p.code == "":
		return ErrSecondFactor
	}
	next, taken, err := who.Factor.Take(p.code, string(who.ID), p.password, d.Now)
	p.factor, p.taken = &next, taken
	return err
}

// failed reports whether somebody showed what was wrong.
func failed(err error) bool {
	return errors.Is(err, ErrSignIn) || errors.Is(err, factor.ErrWrong)
}

// Prove checks the password of somebody who signs in to do one thing, such as
// accepting an invitation while nothing else lets them in. It counts and costs
// what signing in does; too_many_requests, sign_in_failed, or
// second_factor_needed for whoever has a second factor: they sign in first.
func (d Desk) Prove(ctx context.Context, who identity.Identity, p password.Plain, network string) error {
	return d.check(ctx, d.guard(who.ID, network), who, &proof{password: p})
}
