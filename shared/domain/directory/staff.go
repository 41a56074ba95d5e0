package directory

import (
	"context"
	"errors"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
)

// ErrDefaultOwner says that somebody would leave to whom things still fall.
var ErrDefaultOwner = fault.New(fault.Conflict, "default_owner_leaves", "What clients create belongs to this person by default. Name another default owner in the settings first.")

// InviteStaff invites an address to a level of staff; see invitation.NewStaff
// for what it may answer. The inviter is the actor.
func (d Desk) InviteStaff(ctx context.Context, draft invitation.StaffDraft) (invitation.Invitation, change.Set, error) {
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return invitation.Invitation{}, change.Set{}, err
	}
	m, err := d.Store.Mailbox(ctx, d.ws(), draft.Address.Key())
	if err != nil {
		return invitation.Invitation{}, change.Set{}, err
	}
	existing, err := d.Store.Identity(ctx, d.ws(), identity.IDOf(d.ws(), draft.Address.Key()))
	if err != nil && !errors.Is(err, fault.NotYours()) {
		return invitation.Invitation{}, change.Set{}, err
	}
	draft.Existing = existing
	if held, open := m.OpenAt(""); open {
		if draft.Held, err = d.Store.Invitation(ctx, d.ws(), held); err != nil && !errors.Is(err, fault.NotYours()) {
			return invitation.Invitation{}, change.Set{}, err
		}
	}
	return invitation.NewStaff(draft, w, m, d.Actor, d.Now)
}

// ChangeLevel gives somebody of staff another level, or none; their sessions end
// at once. not_found for whoever is not staff, last_admin if nobody would be
// left to manage the workspace. Whoever leaves and is the default owner hands
// that to the actor; if they send themselves away, default_owner_leaves.
func (d Desk) ChangeLevel(ctx context.Context, one id.Identity, to access.Level) (identity.Identity, change.Set, error) {
	var set change.Set
	before, err := d.Store.Identity(ctx, d.ws(), one)
	if err == nil && before.Level == access.None {
		err = fault.NotYours()
	}
	if err != nil || before.Level == to {
		return before, set, err
	}
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return before, set, err
	}
	entry := d.entry("staff.changed", string(one))
	entry.Before = map[string]string{"level": word(before.Level)}
	entry.After = map[string]string{"level": word(to)}
	changed, who, err := identity.Relevel(w, before, to)
	if err != nil {
		return before, set, err
	}
	if to == access.None && w.Settings.DefaultOwner == one {
		if d.Actor.Identity == one {
			return before, set, ErrDefaultOwner
		}
		changed.Settings.DefaultOwner = d.Actor.Identity
		entry.After["default_owner"] = string(d.Actor.Identity)
	}
	if before.Level == access.Admin || to == access.Admin || changed.Settings.DefaultOwner != w.Settings.DefaultOwner {
		set.Replace(changed)
	}
	set.Replace(who)
	set.Insert(entry)
	return who, set, nil
}

func word(l access.Level) string {
	if l == access.None {
		return "none"
	}
	return string(l)
}
