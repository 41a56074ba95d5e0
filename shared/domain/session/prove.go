package session

import (
	"context"
	"errors"

	"portero/shared/domain/factor"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/password"
)

// ErrSecondFactor says that the password was right and does not do: a code of
// the authenticator app, or a recovery code, goes with it.
var ErrSecondFactor = fault.New(fault.Unauthenticated, "second_factor_needed", "The password is right. Sign in with it and with the code that your authenticator app shows.")

// proof is what somebody types to show who they are, and, once it was checked,
// what became of their second factor.
type proof struct {
	password password.Plain
	code     string
	factor   *factor.Factor // as the code leaves it, to be stored; nil: there is none
	taken    factor.Taken
}

// verify compares the password, or nobody's: one hash either way. Whoever has a
// second factor shows that as well, at the price of a hash more, once the
// password was right.
func (d Desk) verify(who identity.Identity, p *proof) error {
	hash, there := who.Password, who.HasPassword()
	if !there {
		hash = password.Dummy(d.Cost)
	}
	ok, err := hash.Verify(p.password)
	switch {
	case err != nil:
		return err
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
