package app

import (
	"context"
	"errors"

	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/workspace"
)

// Informed returns who is told what became of an invitation: its inviter, or
// the workspace's default owner once the inviter is no longer staff. False if
// there is nobody, or that person wants no mail that is not needed to sign in.
func (a *App) Informed(ctx context.Context, w workspace.Workspace, inviter id.Identity) (identity.Identity, bool, error) {
	for _, who := range []id.Identity{inviter, w.Settings.DefaultOwner} {
		if who == "" {
			continue
		}
		one, err := a.Store.Identity(ctx, w.ID, who)
		if errors.Is(err, fault.NotYours()) {
			continue
		}
		if err != nil {
			return one, false, err
		}
		if one.Deactivated.IsZero() && one.Level != access.None {
			return one, !one.Profile.Quiet, nil
		}
	}
	return identity.Identity{}, false, nil
}
