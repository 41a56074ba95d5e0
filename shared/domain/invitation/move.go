package invitation

import (
	"context"
	"errors"

	"portero/shared/domain/account"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/mailbox"
)

// What stands in the way of moving an invitation.
var (
	ErrMalformed   = fault.On("address", malformed.code, malformed.detail)
	ErrUnsupported = fault.On("address", unsupported.code, unsupported.detail)
	ErrInUse       = fault.New(fault.Conflict, "address_in_use", "Somebody signs in with the present address already. Cancel this invitation and invite the other address.")
	ErrSharing     = fault.New(fault.Conflict, tooManySharing.code, tooManySharing.detail)
)

// parseAddress returns a typed address, or address_malformed or
// address_unsupported.
func parseAddress(s string) (email.Address, error) {
	a, err := email.Parse(s)
	switch {
	case errors.Is(err, email.ErrUnsupported):
		return "", ErrUnsupported
	case err != nil:
		return "", ErrMalformed
	}
	return a, nil
}

// destination is where an invitation is moved to, with what is known there.
type destination struct {
	address  email.Address
	box      mailbox.Mailbox
	held     Invitation
	contacts map[id.Contact]contact.Contact // those the invitation is about
	accounts map[id.Account]account.Account // where it offers access
}

// destination reads what moving needs beyond the file.
func (m *correcting) destination(ctx context.Context, f Found, to email.Address) error {
	m.to = destination{address: to, box: f.mailbox(m.desk.ws(), to.Key())}
	if to.Key() == m.Key {
		return nil
	}
	var w Wanted
	if held, ok := m.to.box.OpenAt(m.Portal); ok {
		w.Invitations = append(w.Invitations, held)
	}
	for _, o := range m.Grants {
		w.Contacts, w.Accounts = append(w.Contacts, o.Contact), append(w.Accounts, o.Account)
	}
	if err := f.add(ctx, m.desk.Store, m.desk.ws(), w); err != nil {
		return err
	}
	if held, ok := m.to.box.OpenAt(m.Portal); ok {
		m.to.held = f.Invitations[held]
	}
	m.to.contacts, m.to.accounts = f.Contacts, f.Accounts
	return nil
}

// move takes the invitation to its new address, or confirms the one it has.
func (m *correcting) move() error {
	if m.to.address.Key() == m.Key {
		return m.confirm()
	}
	switch {
	case m.box.Identity != "":
		return ErrInUse
	case m.taken(m.to.held):
		return ErrAlreadyPending
	}
	if err := stopped(m.to.box.Stop); err != nil {
		return err
	}
	if err := m.carryContacts(); err != nil {
		return err
	}
	if m.StateAt(m.desk.Now) == Expired && m.Kind == Client {
		if err := m.offerAgain(); err != nil {
			return err
		}
	}
	left, there := m.box.Release(m.Portal, m.ID), m.to.box.Hold(m.Portal, m.ID)
	there.Address = m.to.address
	left.Save(&m.set)
	there.Save(&m.set)
	return m.sendTo(m.to.address)
}

// confirm sends to the same address once more: as it is now typed, and though
// mail to it came back. What the person decided stays decided.
func (m *correcting) confirm() error {
	if m.to.address == m.Address && m.box.Stop == nil {
		m.to.address = ""
		if m.after["validity"] != "" {
			return m.retime()
		}
		return nil
	}
	if stop := m.box.Stop; stop != nil {
		if stop.Reason == mailbox.Complained || stop.Reason == mailbox.OptedOut {
			return stopped(stop)
		}
		m.note("stop", string(stop.Reason), "confirmed")
	}
	if m.StateAt(m.desk.Now) == Expired {
		if m.taken(m.held) {
			return ErrAlreadyPending
		}
		if m.Kind == Client {
			if err := m.offerAgain(); err != nil {
				return err
			}
		}
	}
	m.box = m.box.Hold(m.Portal, m.ID)
	m.box.Stop, m.box.Address = nil, m.to.address
	m.box.Save(&m.set)
	return m.sendTo(m.to.address)
}

// carryContacts gives the contacts the invitation is about the new address, as
// far as they still have the old one.
func (m *correcting) carryContacts() error {
	for _, o := range m.Grants {
		c, ok := m.to.contacts[o.Contact]
		if !ok {
			continue
		}
		if c.Address.Key() == m.Key {
			m.readdressed = append(m.readdressed, c)
			m.renameAccounts(c)
			c.Address = m.to.address
			m.to.contacts[c.ID] = c
			m.set.Replace(c)
		}
		if c.Address.Key() != m.to.address.Key() {
			continue // staff gave the contact yet another address meanwhile
		}
		for _, a := range c.Accounts {
			if !m.to.box.Admits(c.ID) {
				return contact.ErrTestAddress
			}
			box, ok := m.to.box.With(mailbox.Holder{Account: a, Contact: c.ID})
			if !ok {
				return ErrSharing
			}
			m.to.box = box
		}
		m.box = m.box.Without(c.ID)
	}
	return nil
}

// renameAccounts gives the accounts that inviting made for a contact alone the
// new address as their name, as far as they are still called by the old one.
func (m *correcting) renameAccounts(c contact.Contact) {
	for _, a := range c.Accounts {
		if made, ok := m.to.accounts[a]; ok && made.Personal && made.Name == string(c.Address) {
			made.Name = string(m.to.address)
			m.to.accounts[a] = made // once, though two of its contacts have the address
			m.set.Replace(made)
			m.after["account_name"] = "changed"
		}
	}
}

// sendTo mails the invitation to its address, with a clock of its own.
func (m *correcting) sendTo(a email.Address) error {
	m.history.Before["address"], m.history.After["address"] = string(m.Address), string(a)
	m.after["address"] = "changed"
	next, err := m.Readdress(a, id.New[id.Message](m.desk.Now), TermsOf(m.workspace), m.desk.Now)
	if err != nil {
		return err
	}
	m.Invitation = next
	m.sent()
	m.mail(&m.set)
	return nil
}
