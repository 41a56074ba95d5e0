package directory

import (
	"context"
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/portal"
)

// Support is what staff set of a contact as a portal user (row D1); nil leaves as
// it is. The dates are days of the contact's zone, else the workspace's; they
// count for each of its grants.
type Support struct {
	// User is the portal-user switch: on, the sign-in switches of all grants, and
	// for whoever has none a grant at each account; off, no sign-in anywhere.
	User *bool
	// Portal is where whoever has no grant gets one; empty: the only portal.
	Portal      id.Portal
	From, Until *localtime.Date
}

// The faults of support.
var (
	ErrSupportOff      = fault.On("support", "support_dates_off", "Your workspace does not use portal users with support dates. An administrator can turn them on in the settings.")
	errSupportReversed = fault.On("support.until", grant.ErrDates.Code, "The last day of support is before the first.")
	errNoAccount       = fault.On("support.portal_user", "portal_user_without_account", "A portal user belongs to at least one account. Say which.")
	errWhichPortal     = fault.On("support.portal", portal.ErrUnknown.Code, "Say which portal of the workspace the contact may enter.")
)

// datesOn returns ErrSupportOff, on the field, unless the workspace uses support
// dates.
func (d Desk) datesOn(ctx context.Context, field string) error {
	w, err := d.Store.Workspace(ctx, d.ws())
	if err == nil && !w.Settings.SupportDates {
		err = fault.On(field, ErrSupportOff.Code, ErrSupportOff.Detail)
	}
	return err
}

// sending is how far a contact who is let in can be sent their way in, where the
// workspace says so (row D2).
type sending int

const (
	unsaid sending = iota // not at all: the contact is not there yet
	told                  // not with what else changes: that is said
	sent
)

// support writes a contact's grants with what support makes of them; the outcome
// says what was sent.
// support_dates_off, portal_user_without_account, portal_unknown, dates_reversed,
// no_seat.
func (d Desk) support(ctx context.Context, set *change.Set, c contact.Contact, held []regranted, s *Support, how sending) (Outcome, error) {
	if s == nil {
		return Outcome{}, d.reseat(ctx, set, held...)
	}
	if err := d.datesOn(ctx, "support"); err != nil {
		return Outcome{}, err
	}
	var leaving []id.Identity
	for n, r := range held {
		before, g := r.before, r.after
		put(&g.SignIn, s.User)
		put(&g.From, s.From)
		put(&g.Until, s.Until)
		if g.Check() != nil {
			return Outcome{}, errSupportReversed
		}
		held[n].after = g
		if g.Identity != "" && endsSessions(before, g) {
			leaving = append(leaving, g.Identity)
		}
	}
	if len(held) == 0 && s.User != nil && *s.User {
		var err error
		if held, err = d.admit(ctx, c, s.Portal); err != nil {
			return Outcome{}, err
		}
	}
	out, err := d.letAll(ctx, set, held, how)
	if err != nil {
		return Outcome{}, err
	}
	slices.Sort(leaving)
	for _, one := range slices.Compact(leaving) {
		who, err := d.Store.Identity(ctx, d.ws(), one)
		if err != nil {
			return Outcome{}, err
		}
		set.Replace(who.EndSessions())
	}
	return out, nil
}

// letAll writes all grants of one contact as they become: as they are offered, if
// the workspace sends and one invitation offers all that changes, so that it fits
// one transaction; else they are switched on, and the outcome says why nothing was
// sent.
func (d Desk) letAll(ctx context.Context, set *change.Set, all []regranted, how sending) (Outcome, error) {
	var let letIn
	if how != unsaid {
		var err error
		if let, err = d.sends(ctx, all); err != nil {
			return Outcome{}, err
		}
	}
	if how == sent && len(let.groups) == 1 && len(let.groups[0].Lines) == len(all) {
		set.Add(let.groups[0].Set)
		return Outcome{Changed: true, Sent: true}, nil
	}
	var out Outcome
	for _, r := range all {
		if out.Unsent = let.refused(r.after.Key()); out.Unsent != nil {
			break
		}
	}
	if out.Unsent == nil && len(let.groups) > 0 {
		out.Unsent = contact.ErrTooManyAtOnce
	}
	for _, r := range all {
		if r.before.Account == "" {
			set.InsertOr(r.after, grant.ErrExists)
			set.Insert(d.grantCreated(r.after))
		} else {
			set.Replace(r.after)
		}
	}
	return out, d.reseat(ctx, set, all...)
}

// admit are the grants of a contact that has none: at each of its accounts, in the
// default role of a portal.
func (d Desk) admit(ctx context.Context, c contact.Contact, at id.Portal) ([]regranted, error) {
	if len(c.Accounts) == 0 {
		return nil, errNoAccount
	}
	all, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(all, func(p portal.Portal) bool { return p.ID == at || at == "" && len(all) == 1 })
	if n < 0 {
		return nil, errWhichPortal
	}
	var begun []regranted
	for _, a := range c.Accounts {
		g := d.newGrant(c, grant.Key{Account: a, Contact: c.ID, Portal: all[n].ID}, all[n])
		begun = append(begun, regranted{grant.Grant{}, g})
	}
	return begun, nil
}

// PortalUser reports whether a contact may sign in anywhere, its dates aside.
func (d Desk) PortalUser(ctx context.Context, c contact.Contact) (bool, error) {
	held, err := d.held(ctx, c)
	return slices.ContainsFunc(held, func(g grant.Grant) bool { return g.SignIn }), err
}
