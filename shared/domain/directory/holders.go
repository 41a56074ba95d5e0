package directory

import (
	"context"
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/grant"
	"portero/shared/domain/mailbox"
)

// list puts a contact into a mailbox, once for each of its accounts.
func list(set *change.Set, m mailbox.Mailbox, c contact.Contact) error {
	m = m.Without(c.ID)
	if c.Test {
		var ok bool
		if m, ok = m.Reserve(c.ID); !ok {
			return contact.ErrTestAddress
		}
	}
	if !m.Admits(c.ID) {
		return contact.ErrTestAddress
	}
	for _, a := range c.Accounts {
		var ok bool
		if m, ok = m.With(mailbox.Holder{Account: a, Contact: c.ID}); !ok {
			return contact.ErrShared
		}
	}
	m.Address = c.Address
	m.Save(set)
	return nil
}

// relist keeps the mailboxes true to a contact's address and accounts. written
// says that staff wrote the address, if only again.
func (d Desk) relist(ctx context.Context, set *change.Set, before, c contact.Contact, written bool) error {
	was, is := before.Address.Key(), c.Address.Key()
	if was != "" && was != is && len(before.Accounts) > 0 {
		m, err := d.Store.Mailbox(ctx, d.ws(), was)
		if err != nil {
			return err
		}
		if m.Version > 0 {
			m.Without(c.ID).Save(set)
		}
	}
	if is == "" || was == is && !written && slices.Equal(before.Accounts, c.Accounts) {
		return nil
	}
	m, err := d.Store.Mailbox(ctx, d.ws(), is)
	if err != nil {
		return err
	}
	confirmed := was == is && written && m.Stop != nil && (m.Stop.Reason == mailbox.Bounced || m.Stop.Reason == mailbox.Suppressed)
	if confirmed {
		m.Stop = nil
	}
	if !confirmed && was == is && before.Address == c.Address && slices.Equal(before.Accounts, c.Accounts) {
		return nil
	}
	if len(c.Accounts) == 0 && m.Version == 0 && !c.Test {
		return nil
	}
	return list(set, m, c)
}

// regrant keeps the grants true to a contact's address, accounts and support,
// and returns how many were taken from the identity that held them. What else the
// card changes of addresses and accounts is not there yet to be invited to: then
// nothing is sent.
func (d Desk) regrant(ctx context.Context, set *change.Set, before, c contact.Contact, s *Support, how sending) (unbound int, out Outcome, err error) {
	moved := before.Address.Key() != c.Address.Key()
	dropped := without(before.Accounts, c.Accounts)
	if !moved && len(dropped) == 0 && s == nil {
		return 0, out, nil
	}
	held, err := d.held(ctx, before)
	if err != nil {
		return 0, out, err
	}
	var m mailbox.Mailbox
	if moved && before.Address != "" {
		if m, err = d.Store.Mailbox(ctx, d.ws(), before.Address.Key()); err != nil {
			return 0, out, err
		}
	}
	regrants := make([]regranted, len(held))
	for n, g := range held {
		regrants[n] = regranted{g, g}
		if slices.Contains(dropped, g.Account) {
			return 0, out, contact.ErrHasAccess
		}
		if !moved {
			continue
		}
		if open, ok := m.OpenAt(g.Portal); ok && g.AcceptedAt.IsZero() && open == g.Invitation {
			return 0, out, contact.ErrInvited
		}
		if g.Identity == "" {
			continue
		}
		regrants[n].after = g.Unbound()
		if unbound++; s == nil {
			set.Replace(regrants[n].after)
		}
	}
	out, err = d.support(ctx, set, c, regrants, s, how)
	return unbound, out, err
}

// held returns every grant of a contact.
func (d Desk) held(ctx context.Context, c contact.Contact) ([]grant.Grant, error) {
	portals, err := d.Store.Portals(ctx, d.ws())
	if err != nil {
		return nil, err
	}
	var all []grant.Key
	for _, a := range c.Accounts {
		for _, p := range portals {
			all = append(all, grant.Key{Account: a, Contact: c.ID, Portal: p.ID})
		}
	}
	found, err := d.Store.Grants(ctx, d.ws(), all)
	if err != nil {
		return nil, err
	}
	var held []grant.Grant
	for _, k := range all {
		if g, ok := found[k]; ok {
			held = append(held, g)
		}
	}
	return held, nil
}
