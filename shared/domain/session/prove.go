package session

import (
	"context"

	"portero/shared/domain/identity"
	"portero/shared/domain/password"
)

// Prove checks the password of somebody who signs in to do one thing, such as
// accepting an invitation while nothing else lets them in. It counts and costs
// what signing in does; too_many_requests or sign_in_failed.
func (d Desk) Prove(ctx context.Context, who identity.Identity, p password.Plain, network string) error {
	return d.check(ctx, d.guard(who.ID, network), who, p)
}
