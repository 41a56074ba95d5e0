package directory

import (
	"context"
	"maps"
	"slices"

	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
)

// letIn is what became of sending those their way in whose sign-in switch goes on
// (rows D2, R2): who was invited, by the grant, and what must be committed for it in
// place of the grant's own change. The zero value is that of a workspace that sends
// nothing.
type letIn struct {
	outcomes map[grant.Key]invitation.Outcome
	groups   []Group
	contacts map[id.Contact]bool // who is in one of the groups
}

// sent returns the grant as it is offered; false if nothing is sent for it.
func (l letIn) sent(k grant.Key) (grant.Grant, bool) {
	o, asked := l.outcomes[k]
	return o.Grant, asked && o.Verdict.Good()
}

// refused says why nothing is sent for a grant whose switch goes on all the same;
// nil if something is, or nothing was to be.
func (l letIn) refused(k grant.Key) *fault.Error {
	if o, asked := l.outcomes[k]; asked && !o.Verdict.Good() {
		return fault.New(fault.Conflict, o.Code, o.Detail)
	}
	return nil
}

// sends invites those whom changes of grants let in, where the workspace sends by
// the switch: by a link or by credentials, as it says. all are in the order of the
// request's lines. Whoever accepted once comes in as they did; whoever cannot be
// mailed is switched on all the same.
func (d Desk) sends(ctx context.Context, all []regranted) (letIn, error) {
	var l letIn
	off := func(r regranted) bool { return r.before.SignIn || !r.after.Pending() }
	if !slices.ContainsFunc(all, func(r regranted) bool { return !off(r) }) {
		return l, nil
	}
	known, err := d.Store.Known(ctx, d.ws(), invitation.Wanted{Workspace: true})
	if err != nil || !known.Workspace.Settings.SwitchSends {
		return l, err
	}
	drafts := map[id.Portal]*invitation.Draft{}
	l.outcomes, l.contacts = map[grant.Key]invitation.Outcome{}, map[id.Contact]bool{}
	seen := map[grant.Key]bool{}
	for n, r := range all {
		k := r.after.Key()
		if off(r) || seen[k] {
			continue
		}
		seen[k] = true
		if drafts[k.Portal] == nil {
			drafts[k.Portal] = &invitation.Draft{Portal: k.Portal, Key: d.Key, Switched: map[grant.Key]grant.Grant{}}
		}
		one := drafts[k.Portal]
		one.Switched[k] = r.after
		one.Lines = append(one.Lines, invitation.Line{Number: n, Contact: k.Contact, Account: k.Account, Role: r.after.Role})
	}
	for i, p := range slices.Sorted(maps.Keys(drafts)) {
		if err := d.send(ctx, *drafts[p], all, i > 0, &l); err != nil {
			return l, err
		}
	}
	return l, nil
}

// send invites by one draft. later says that another portal's comes before: one
// address may be in both, and its mailbox is written once in a transaction.
func (d Desk) send(ctx context.Context, draft invitation.Draft, all []regranted, later bool, l *letIn) error {
	got, err := invitation.Desk{Store: d.Store, Actor: d.Actor, Self: d.Self, Now: d.Now}.Invite(ctx, draft)
	if f := fault.As(err); f != nil {
		for k := range draft.Switched {
			l.outcomes[k] = invitation.Outcome{Verdict: invitation.Failed, Code: f.Code, Detail: f.Detail}
		}
		return nil
	} else if err != nil {
		return err
	}
	for n, o := range got.Outcomes {
		line := draft.Lines[n]
		l.outcomes[grant.Key{Account: line.Account, Contact: line.Contact, Portal: draft.Portal}] = o
	}
	for _, p := range got.Parties {
		g := Group{Set: p.Set, Later: later}
		for _, n := range p.Lines {
			r := all[n]
			if _, sent := l.sent(r.after.Key()); !sent {
				continue
			}
			g.Lines = append(g.Lines, n)
			if r.before.Account == "" {
				g.Set.Insert(d.grantCreated(r.after))
			} else {
				g.Set.Insert(d.differs(r.before, r.after))
			}
			l.contacts[r.after.Contact] = true
		}
		l.groups = append(l.groups, g)
	}
	return nil
}
