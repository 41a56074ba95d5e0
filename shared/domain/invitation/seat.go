package invitation

import (
	"cmp"
	"slices"
	"time"

	"portero/shared/domain/account"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/mailbox"
)

// candidates are the contacts at accounts that a line may mean, of those that
// are known; none means that one must be made. A contact that is named stands
// at its accounts; an address stands where its mailbox says.
func (r *round) candidates(line Line, box mailbox.Mailbox) ([]mailbox.Holder, *refusal) {
	if line.Account != "" {
		a, ok := r.found.Accounts[line.Account]
		if !ok || a.Test && box.Test == "" && !r.desk.testing() {
			return nil, &accountUnknown // a test client's is nobody else's
		}
	}
	if line.Contact == "" {
		if line.Account == "" {
			return box.Contacts, nil
		}
		if h, ok := box.HolderAt(line.Account); ok {
			return []mailbox.Holder{h}, nil
		}
		return nil, nil
	}
	var all []mailbox.Holder
	for _, a := range r.found.Contacts[line.Contact].Accounts {
		if line.Account == "" || line.Account == a {
			all = append(all, mailbox.Holder{Account: a, Contact: line.Contact})
		}
	}
	if len(all) == 0 && line.Account != "" {
		return nil, &notAtAccount
	}
	return all, nil
}

// choose picks the candidate that a line means: the only one, else the one at
// a personal account.
func (r *round) choose(all []mailbox.Holder) (mailbox.Holder, *refusal) {
	if len(all) == 1 {
		return all[0], nil
	}
	personal := slices.DeleteFunc(slices.Clone(all), func(h mailbox.Holder) bool { return !r.found.Accounts[h.Account].Personal })
	if len(personal) != 1 {
		return mailbox.Holder{}, &whichAccount
	}
	return personal[0], nil
}

// settle makes what a line needs and what is not there yet: a personal account,
// the contact, the link between them. What it makes is known to the lines that
// follow.
func (p *party) settle(line Line) mailbox.Holder {
	r := p.round
	c, known := r.found.Contacts[line.Contact]
	if !known {
		c = r.desk.by(contact.Contact{
			ID: id.New[id.Contact](r.desk.Now), Workspace: r.desk.ws(), Name: line.Name, Address: p.address,
			Language: line.Language, Zone: line.Zone, Source: cmp.Or(line.Source, r.draft.Source), CreatedAt: r.desk.Now,
		})
		p.reserve(c)
		p.note("contacts", string(c.ID))
	}
	at := line.Account
	if at == "" {
		a := account.Account{
			ID: id.New[id.Account](r.desk.Now), Workspace: r.desk.ws(), Name: personalName(c, p.address), Personal: true, Test: c.Test, CreatedAt: r.desk.Now,
		}
		r.found.Accounts[a.ID] = a
		p.set.Insert(a)
		p.note("accounts", string(a.ID))
		at = a.ID
	}
	c.Accounts = append(slices.Clone(c.Accounts), at)
	if known {
		p.set.Replace(c)
	} else {
		p.set.Insert(c)
	}
	p.set.Insert(account.Link{Workspace: r.desk.ws(), Account: at, Contact: c.ID})
	r.found.Contacts[c.ID] = c
	return mailbox.Holder{Account: at, Contact: c.ID}
}

// personalName names the account made for one person.
func personalName(c contact.Contact, a email.Address) string { return cmp.Or(c.Name, string(a)) }

func (r *round) grantKey(h mailbox.Holder) grant.Key {
	return grant.Key{Account: h.Account, Contact: h.Contact, Portal: r.portal.ID}
}

// offered returns the grant as an invitation of this round offers it: made, or
// reused with its sign-in switch on. Its owner is who invites, unless staff
// chose somebody else (row Z11). Whoever was a member once must accept again.
func (r *round) offered(h mailbox.Holder, role id.Role, by Invitation) grant.Grant {
	k := r.grantKey(h)
	g, known := r.found.Grants[k]
	if !known {
		g = grant.Grant{Workspace: r.desk.ws(), Account: k.Account, Contact: k.Contact, Portal: k.Portal, Notify: true, CreatedAt: r.desk.Now}
		c := r.found.Contacts[k.Contact]
		g.From, g.Until, g.Test = c.From, c.Until, c.Test
	}
	if other, switched := r.draft.Switched[k]; switched {
		g = other
	}
	if r.desk.host != nil {
		g.Owner = r.desk.host.grant.Owner // a client owns nothing: whose client invites
	} else if g.Owner == "" || g.Owner == g.InvitedBy {
		g.Owner = r.desk.Self.ID
	}
	g.Role, g.SignIn, g.InvitedBy, g.TakenBack = role, true, r.desk.Self.ID, false
	g.Identity, g.AcceptedAt = "", time.Time{}
	return g.Sent(by.ID, by.SentAt)
}
