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

// Move is another level for somebody of staff.
type Move struct {
	Identity  id.Identity
	To        access.Level // none: they leave
	Successor id.Identity  // to whom a leaver's things go; empty: to the actor
}

// ChangeLevel gives somebody of staff another level, or none; their sessions end
// at once. not_found for whoever is not staff, last_admin if nobody would be
// left to manage the workspace. Whoever leaves hands over what belongs to them
// (Bequeath), and being the default owner: to the successor, else to the actor;
// successor_missing if they leave by themselves and name nobody,
// successor_unknown, and successor_unneeded if nobody leaves.
func (d Desk) ChangeLevel(ctx context.Context, m Move) (identity.Identity, change.Set, error) {
	var set change.Set
	before, err := d.Store.Identity(ctx, d.ws(), m.Identity)
	if err = left(before, err); err == nil && m.To != access.None && m.Successor != "" {
		err = ErrHeirUnneeded
	}
	if err != nil || before.Level == m.To {
		return before, set, err
	}
	// The workspace is read before the heir, and written by everybody who leaves:
	// of two who name each other, one is asked again.
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return before, set, err
	}
	entry := d.entry("staff.changed", string(before.ID))
	entry.Before = map[string]string{"level": word(before.Level)}
	entry.After = map[string]string{"level": word(m.To)}
	changed, who, err := identity.Relevel(w, before, m.To)
	if err != nil {
		return before, set, err
	}
	if m.To == access.None {
		heir, err := d.heir(ctx, before.ID, m.Successor)
		if err != nil {
			return before, set, err
		}
		who.Successor, entry.After["successor"] = heir.ID, string(heir.ID)
		who.LeftAt = d.Now
		if w.Settings.DefaultOwner == before.ID {
			changed.Settings.DefaultOwner, entry.After["default_owner"] = heir.ID, string(heir.ID)
		}
		by, err := d.doer(ctx, before, heir)
		if err != nil {
			return before, set, err
		}
		entry.After["job"] = string(d.handOver(&set, before, heir, by))
	}
	if m.To == access.None || before.Level == access.Admin || m.To == access.Admin {
		set.Replace(changed)
	}
	set.Replace(who)
	set.Insert(entry)
	return who, set, nil
}

// doer is the actor, who is mostly one of those that were read.
func (d Desk) doer(ctx context.Context, read ...identity.Identity) (identity.Identity, error) {
	for _, one := range read {
		if one.ID == d.Actor.Identity {
			return one, nil
		}
	}
	return d.Store.Identity(ctx, d.ws(), d.Actor.Identity)
}

func word(l access.Level) string {
	if l == access.None {
		return "none"
	}
	return string(l)
}
