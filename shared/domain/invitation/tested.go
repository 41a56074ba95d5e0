package invitation

import (
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/mailbox"
)

// tests reports whether the party is of a test client (row T6), or of whom one
// invites: they are tried with the firm's own addresses, too.
func (p *party) tests() bool {
	return p.box.Test != "" || p.round.desk.testing() && len(p.box.Contacts) == 0
}

// admits says why a contact may not be offered anything at the party's address,
// without a name one that is to be made; nil if it may. A test client's address is
// nobody else's, what is being removed gets nothing more, and whom a test client
// invites is one as well.
func (p *party) admits(one id.Contact) *refusal {
	c := p.round.found.Contacts[one]
	switch {
	case c.Leaving != "", p.box.Leaving:
		return &contactUnknown
	case !p.box.Admits(one), p.round.desk.testing() && !c.Test && len(p.box.Contacts) > 0:
		return &testAddress
	}
	return nil
}

// testing reports whether a test client invites.
func (d Desk) testing() bool { return d.host != nil && d.host.grant.Test }

// by marks a contact that is being made as invited by a test client, if it is: such a
// one is a test client as well, and goes with it.
func (d Desk) by(c contact.Contact) contact.Contact {
	if d.testing() {
		c.Test, c.Host = true, d.host.grant.Contact
	}
	return c
}

// reserve makes the address of a contact that is being made the test client's.
func (p *party) reserve(c contact.Contact) {
	if c.Test {
		p.box, _ = p.box.Reserve(c.ID) // admits was asked
		p.stale = true
	}
}

// goes reports whether the invitation is being removed with the test client that it
// is to: whoever asks is told that it is not there.
func (i Invitation) goes(box mailbox.Mailbox) bool { return i.Kind == Client && box.Leaving }

// tested is the address, if it is a test client's: mails to and about it go with it.
func (i Invitation) tested() email.Key {
	if i.Test {
		return i.Key
	}
	return ""
}
