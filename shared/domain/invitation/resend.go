package invitation

import (
	"portero/shared/domain/audit"

	"context"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/workspace"
)

// Resend mails an invitation again: a pending one is renewed, an expired one
// reopened with its history. It returns not_found, why it cannot be sent any
// more (invitation_accepted, invitation_declined, invitation_cancelled), mail_paused, why
// its address takes no mail (bounced, complained, suppressed, opted_out), and
// of an expired one already_pending if a newer one is open, or already_member
// if the person has all of it by now.
func (d Desk) Resend(ctx context.Context, one id.Invitation) (Invitation, change.Set, error) {
	f, _, err := d.open(ctx, one, Wanted{}, file.ended)
	if err != nil {
		return Invitation{}, change.Set{}, err
	}
	return f.resend()
}

func (f file) resend() (Invitation, change.Set, error) {
	var set change.Set
	if err := f.desk.held(f.workspace); err != nil {
		return f.Invitation, set, err
	}
	if f.Kind == Client && f.workspace.Settings.Owns(f.Key) && !f.Test {
		return f.Invitation, set, workspace.ErrOwn
	}
	if err := stopped(f.box.Stop); err != nil && f.desk.host == nil {
		return f.Invitation, set, err
	}
	state := f.StateAt(f.desk.Now)
	next, err := f.Invitation.Resend(id.New[id.Message](f.desk.Now), TermsOf(f.workspace), f.desk.Now)
	if err != nil {
		return f.Invitation, set, err
	}
	f.Invitation = next
	if state == Expired {
		if err := f.reopen(&set); err != nil {
			return f.Invitation, change.Set{}, err
		}
	}
	entry := f.desk.entry("resent", f.ID)
	entry.Before = map[string]string{"state": string(state)}
	entry.After = map[string]string{"state": string(f.State), "expires_at": f.ExpiresAt.Format(time.RFC3339)}
	f.sent()
	f.saveGrants(&set)
	set.Replace(f.Invitation)
	f.mail(&set)
	audit.File(&set, entry, f.Accounts()...)
	return f.Invitation, set, nil
}

// ended reports whether sending it again takes its seats again.
func (f file) ended() bool { return f.StateAt(f.desk.Now) == Expired }

// role is a role as it is now; false where nobody asked.
func (f file) role(one id.Role) (id.Role, bool) {
	if f.seats == nil {
		return "", false
	}
	r, there := f.seats.Role(one)
	return r.ID, there
}

// reopen takes the door and the grants again, as far as they are still to be
// offered.
func (f *file) reopen(set *change.Set) error {
	if f.taken(f.held) {
		return ErrAlreadyPending
	}
	if f.Kind == Client {
		if err := f.offerAgain(); err != nil {
			return err
		}
	}
	if held, ok := f.box.OpenAt(f.Portal); !ok || held != f.ID {
		f.box.Hold(f.Portal, f.ID).Save(set)
	}
	return nil
}

// sent notes on what the invitation offers when it was mailed last: those who
// are awaited are listed by that (row T10).
func (f file) sent() {
	for _, g := range f.grants {
		if g.AcceptedAt.IsZero() && g.Invitation == f.ID {
			_ = f.regrant(g.Sent(f.ID, f.SentAt), true) // it has its seat
		}
	}
}

// offerAgain drops what the person has by now and offers the rest again.
func (f *file) offerAgain() error {
	var left []Offer
	for _, o := range f.Grants {
		g, ok := f.grants[f.GrantKey(o)]
		if !ok || (g.SignIn && !g.AcceptedAt.IsZero()) {
			continue
		}
		if now, there := f.role(o.Role); there {
			o.Role = now
		} else {
			o.Role = g.Role // what was offered was deleted when nobody had it
		}
		left = append(left, o)
		g.SignIn, g.Role, g.Identity, g.AcceptedAt = true, o.Role, "", time.Time{}
		if err := f.regrant(g.Sent(f.ID, f.SentAt), true); err != nil {
			return err
		}
	}
	if len(left) == 0 {
		return ErrAlreadyMember
	}
	f.Grants = left
	return nil
}
