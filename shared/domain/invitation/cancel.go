package invitation

import (
	"portero/shared/domain/audit"

	"context"

	"portero/shared/domain/change"
	"portero/shared/domain/id"
)

// Cancel ends an invitation that was not answered: every link of it is dead at
// once. What it offered is then "granted, never sent"; with withdraw its
// sign-in switches go off, too. Cancelling again is no fault. It returns
// not_found, invitation_accepted or invitation_declined.
func (d Desk) Cancel(ctx context.Context, one id.Invitation, withdraw bool) (Invitation, change.Set, error) {
	f, _, err := d.open(ctx, one, Wanted{}, file.pending)
	if err != nil {
		return Invitation{}, change.Set{}, err
	}
	return f.cancel(withdraw)
}

func (f file) cancel(withdraw bool) (Invitation, change.Set, error) {
	var set change.Set
	before := f.StateAt(f.desk.Now)
	next, err := f.Invitation.Cancel(f.desk.Now)
	if err != nil {
		return f.Invitation, set, err
	}
	f.Invitation = next
	withdrawn := f.withdraw(withdraw)
	if before == Cancelled && !withdrawn {
		return f.Invitation, change.Set{}, nil
	}
	entry := f.desk.entry("cancelled", f.ID)
	entry.Before = map[string]string{"state": string(before)}
	entry.After = map[string]string{"state": string(Cancelled)}
	if withdrawn {
		entry.After["sign_in"] = "off"
	}
	if before != Cancelled {
		set.Replace(f.Invitation)
	}
	if held, ok := f.box.OpenAt(f.Portal); ok && held == f.ID {
		f.box.Release(f.Portal, f.ID).Save(&set)
	}
	f.saveGrants(&set)
	audit.File(&set, entry, f.Accounts()...)
	return f.Invitation, set, nil
}

// withdraw takes the invitation off the grants it offered and nobody accepted,
// and switches their sign-in off if asked; it reports whether one was. A grant
// that another invitation offers by now is left alone.
func (f file) withdraw(off bool) (any bool) {
	for _, g := range f.grants {
		if !g.AcceptedAt.IsZero() || (g.Invitation != "" && g.Invitation != f.ID) {
			continue
		}
		if off && g.SignIn {
			g, any = g.Withdrawn(f.desk.host != nil), true
		}
		g = g.Unsent()
		_ = f.regrant(g, false) // giving a seat up needs none
	}
	return any
}

// pending reports whether the invitation's offers hold seats.
func (f file) pending() bool { return f.State == Pending }
