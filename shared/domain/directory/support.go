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

// support writes a contact's grants with what support makes of them.
// support_dates_off, portal_user_without_account, portal_unknown, dates_reversed,
// no_seat.
func (d Desk) support(ctx context.Context, set *change.Set, c contact.Contact, held []regranted, s *Support) error {
	if s == nil {
		return d.reseat(ctx, set, held...)
	}
	if err := d.datesOn(ctx, "support"); err != nil {
		return err
	}
	var leaving []id.Identity
	for n, r := range held {
		before, g := r.before, r.after
		put(&g.SignIn, s.User)
		put(&g.From, s.From)
		put(&g.Until, s.Until)
		if g.Check() != nil {
			return errSupportReversed
		}
		set.Replace(g)
		held[n].after = g
		if g.Identity != "" && endsSessions(before, g) {
			leaving = append(leaving, g.Identity)
		}
	}
	if err := d.reseat(ctx, set, held...); err != nil {
		return err
	}
	slices.Sort(leaving)
	for _, one := range slices.Compact(leaving) {
		who, err := d.Store.Identity(ctx, d.ws(), one)
		if err != nil {
			return err
		}
		set.Replace(who.EndSessions())
	}
	if len(held) > 0 || s.User == nil || !*s.User {
		return nil
	}
	return d.admit(ctx, set, c, s.Portal)
}

// admit grants a contact access at each of its accounts, without sending anything
// (row T3), in the default role of a portal.
func (d Desk) admit(ctx context.Context, set *change.Set, c contact.Contact, at id.Portal) error {
	if len(c.Accounts) == 0 {
		return errNoAccount
	}
	all, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return err
	}
	n := slices.IndexFunc(all, func(p portal.Portal) bool { return p.ID == at || at == "" && len(all) == 1 })
	if n < 0 {
		return errWhichPortal
	}
	var begun []regranted
	for _, a := range c.Accounts {
		g := d.newGrant(c, grant.Key{Account: a, Contact: c.ID, Portal: all[n].ID}, all[n])
		set.InsertOr(g, grant.ErrExists)
		set.Insert(d.grantCreated(g))
		begun = append(begun, regranted{grant.Grant{}, g})
	}
	return d.reseat(ctx, set, begun...)
}

// PortalUser reports whether a contact may sign in anywhere, its dates aside.
func (d Desk) PortalUser(ctx context.Context, c contact.Contact) (bool, error) {
	held, err := d.held(ctx, c)
	return slices.ContainsFunc(held, func(g grant.Grant) bool { return g.SignIn }), err
}
