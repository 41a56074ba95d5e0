package joinlink

import (
	"cmp"
	"context"
	"slices"
	"time"

	"portero/shared/domain/account"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// ErrCrowded refuses one more contact of an address that many share.
var ErrCrowded = fault.New(fault.Conflict, "too_many_contacts", "As many people as can share an address share this one. Ask the firm.")

// seating gives somebody who joins the contact, account and grant of their own.
// A link never leads into the records of a company: whoever is known to the firm
// keeps their contact and gets a personal account; staff add what they may see
// beyond that.
type seating struct {
	firm    workspace.Workspace
	link    JoinLink
	box     mailbox.Mailbox
	found   invitation.Found // contacts, accounts and grants of the address
	address email.Address
	person  identity.Identity // as it will be stored
	role    id.Role
	owner   id.Identity
	now     time.Time
	seats   *seat.Book
}

// give adds everything to the set and returns the grant, accepted.
func (s seating) give(set *change.Set) (grant.Grant, error) {
	who, at := s.contact()
	if at == "" {
		var err error
		if who, at, err = s.settle(set, who); err != nil {
			return grant.Grant{}, err
		}
	}
	box, ok := s.box.With(mailbox.Holder{Account: at, Contact: who.ID})
	if !ok {
		return grant.Grant{}, ErrCrowded
	}
	box.Identity, box.Address = s.person.ID, s.address
	box.Save(set)
	k := grant.Key{Account: at, Contact: who.ID, Portal: s.link.Portal}
	g, there := s.found.Grants[k]
	if !there {
		g = grant.Grant{Workspace: s.firm.ID, Account: at, Contact: who.ID, Portal: s.link.Portal, Notify: true,
			From: who.From, Until: who.Until, Test: who.Test, CreatedAt: s.now}
	}
	before := g
	if !there {
		before = grant.Grant{}
	}
	if r, known := s.seats.Role(s.role); known {
		s.role = r.ID // its users may have moved on
	}
	g.Role, g.Owner, g.InvitedBy, g.SignIn = s.role, cmp.Or(g.Owner, s.owner), s.link.Creator, true
	g = g.Accept(s.person.ID, s.now)
	if err := s.seats.Regrant(0, before, g, true); err != nil {
		return grant.Grant{}, err
	}
	s.seats.Save(0, set)
	if there {
		set.Replace(g)
	} else {
		set.Insert(g)
	}
	return g, nil
}

// reserve reads who sits in the role, of the contacts who share the address.
func (s *seating) reserve(ctx context.Context, store seat.Store) error {
	var held []grant.Grant
	to := []seat.Key{{Role: s.role}}
	for _, h := range s.box.Contacts {
		to = append(to, seat.Key{Role: s.role, Contact: h.Contact})
	}
	for _, g := range s.found.Grants {
		held = append(held, g)
	}
	var err error
	s.seats, err = seat.Open(ctx, store, s.firm.ID, held, to...)
	return err
}

// once is give, unless an invitation has let the person in meanwhile.
func (s seating) once(set *change.Set) (grant.Grant, error) {
	for _, g := range s.found.Grants {
		if g.AcceptedBy(s.person.ID) {
			return g, nil
		}
	}
	return s.give(set)
}

// contact returns the one contact that has the address, if it is one, and their
// personal account, if they have one. A test client has it without an account, too.
func (s seating) contact() (contact.Contact, id.Account) {
	var all []id.Contact
	if s.box.Test != "" {
		all = append(all, s.box.Test)
	}
	for _, h := range s.box.Contacts {
		all = append(all, h.Contact)
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) != 1 {
		return contact.Contact{}, ""
	}
	who := s.found.Contacts[all[0]]
	for _, h := range s.box.Contacts {
		if s.found.Accounts[h.Account].Personal {
			return who, h.Account
		}
	}
	return who, ""
}

// settle makes the personal account, and the contact if there is not one.
// Without the link's "create the contact", whom the firm did not know stays a
// lead until staff make them more.
func (s seating) settle(set *change.Set, who contact.Contact) (contact.Contact, id.Account, error) {
	isNew := who.ID == "" || len(who.Accounts) >= contact.MaxAccounts
	if isNew {
		who = contact.New(s.firm.ID, s.now)
		who.Name, who.Address, who.Lead = s.person.Name, s.address, !s.link.CreateContact
		who.Language, who.Zone = s.person.Profile.Language, s.person.Profile.Zone
	}
	a := account.New(s.firm.ID, cmp.Or(who.Name, string(s.address)), s.now)
	a.Personal, a.Test = true, who.Test
	who, err := who.At(append(slices.Clone(who.Accounts), a.ID))
	if err != nil {
		return who, "", err
	}
	set.Insert(a)
	set.Insert(account.Link{Workspace: s.firm.ID, Account: a.ID, Contact: who.ID})
	if isNew {
		set.Insert(who)
	} else {
		set.Replace(who)
	}
	return who, a.ID, nil
}
