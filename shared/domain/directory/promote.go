package directory

import (
	"context"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
)

// The faults of making a member staff.
var (
	// ErrOut says that a member is deactivated, whom no level lets in.
	ErrOut = fault.New(fault.Conflict, "member_deactivated", "This person is deactivated. Reactivate them first.")
	// ErrManyGrants says that what a person holds does not fit one transaction.
	ErrManyGrants = fault.New(fault.Conflict, "too_many_grants", "This person holds more grants than fit into one step. Switch some off first.")
)

// Promote makes a member staff (row F8): the identity stays, with its history and
// its password, and its sessions end. The sign-in switches of its grants go off
// unless keep says that they are granted all the same. not_found for whoever is
// no member, member_is_staff, member_deactivated, and too_many_grants for who
// holds more grants than fit one transaction.
func (d Desk) Promote(ctx context.Context, one id.Identity, to access.Level, keep bool) (identity.Identity, change.Set, error) {
	var set change.Set
	before, err := d.Store.Identity(ctx, d.ws(), one)
	switch {
	case err != nil:
		return before, set, err
	case before.Level != access.None:
		return before, set, identity.ErrStaff
	case !before.Member:
		return before, set, fault.NotYours()
	case !before.Active():
		return before, set, ErrOut
	}
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return before, set, err
	}
	w, who, err := identity.Relevel(w, before, to)
	if err != nil {
		return before, set, err
	}
	if !keep {
		if err := d.leave(ctx, &set, before); err != nil {
			return before, change.Set{}, err
		}
	}
	if to == access.Admin {
		set.Replace(w)
	}
	entry := d.entry("staff.promoted", string(one))
	entry.Before, entry.After = map[string]string{"level": word(before.Level)}, map[string]string{"level": word(to)}
	set.Replace(who)
	set.Insert(entry)
	if len(set.Writes) > maxWrites {
		return before, change.Set{}, ErrManyGrants
	}
	return who, set, nil
}

// leave switches off what a person may enter as a client.
func (d Desk) leave(ctx context.Context, set *change.Set, who identity.Identity) error {
	m, err := d.Store.Mailbox(ctx, d.ws(), who.Key)
	if err != nil {
		return err
	}
	portals, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return err
	}
	var all []grant.Key
	for _, h := range m.Contacts {
		for _, p := range portals {
			all = append(all, grant.Key{Account: h.Account, Contact: h.Contact, Portal: p.ID})
		}
	}
	held, err := d.Store.Grants(ctx, d.ws(), all)
	if err != nil {
		return err
	}
	var left []regranted
	for _, k := range all {
		before, there := held[k]
		if !there || !before.AcceptedBy(who.ID) || !before.SignIn {
			continue
		}
		g := before
		g.SignIn = false
		set.Replace(g)
		set.Insert(d.differs(before, g))
		left = append(left, regranted{before, g})
	}
	return d.reseat(ctx, set, left...)
}
