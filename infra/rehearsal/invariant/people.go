package invariant

import (
	"slices"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/mailbox"
)

// workspaces counts what a workspace counts, and follows its portals both ways.
func (c *check) workspaces() {
	admins, portals := map[id.Workspace]int{}, map[id.Workspace]int{}
	for _, i := range c.identities {
		if i.Level == access.Admin {
			admins[i.Workspace]++
		}
	}
	for _, p := range c.portals {
		portals[p.Workspace]++
		c.must(c.names[p.Name].Portal == p.ID, "%s: the portal %s does not hold its name %q", p.Workspace, p.ID, p.Name)
		r, there := c.roles[p.DefaultRole]
		c.must(there && r.Portal == p.ID, "%s: the portal %s has no default role of its own", p.Workspace, p.ID)
	}
	for _, n := range c.names {
		c.must(c.portals[n.Portal].Name == n.Name, "%s: the name %q is held by %s, which has another or is not there", n.Workspace, n.Name, n.Portal)
	}
	for _, w := range c.firms {
		c.must(w.Admins == admins[w.ID], "%s: it counts %d admins, there are %d", w.ID, w.Admins, admins[w.ID])
		c.must(w.Portals == portals[w.ID], "%s: it counts %d portals, there are %d", w.ID, w.Portals, portals[w.ID])
		c.must(c.logos[w.ID].Name == w.Look.Logo, "%s: it shows the logo %q, its logo is %q", w.ID, w.Look.Logo, c.logos[w.ID].Name)
		if owner := w.Settings.DefaultOwner; owner != "" {
			c.must(c.identities[owner].Level != access.None || c.awaited(owner), "%s: its default owner %s is not staff", w.ID, owner)
		}
	}
	for _, r := range c.roles {
		c.must(c.portals[r.Portal].Workspace == r.Workspace, "%s: the role %s is of no portal", r.Workspace, r.ID)
	}
}

// awaited reports whether somebody is invited to staff and has not come yet: a
// workspace's first admin is its default owner from the start.
func (c *check) awaited(who id.Identity) bool {
	for _, i := range c.offers {
		if i.Kind == invitation.Staff && identity.IDOf(i.Workspace, i.Key) == who {
			return c.identities[who].ID == ""
		}
	}
	return false
}

// called follows external identifiers both ways: one thing for one of them.
func (c *check) called() {
	held := map[string]bool{}
	for _, e := range c.contactsCalled {
		held[string(e.Contact)] = c.contacts[e.Contact].ExternalID == e.ExternalID
		c.must(held[string(e.Contact)], "%s: the external identifier %s is of %s, who has another or is not there", e.Workspace, e.ExternalID, e.Contact)
	}
	for _, e := range c.accountsCalled {
		held[string(e.Account)] = c.accounts[e.Account].ExternalID == e.ExternalID
		c.must(held[string(e.Account)], "%s: the external identifier %s is of %s, which has another or is not there", e.Workspace, e.ExternalID, e.Account)
	}
	for _, one := range c.contacts {
		c.must(one.ExternalID == "" || held[string(one.ID)], "%s: the contact %s does not hold its external identifier", one.Workspace, one.ID)
	}
	for _, one := range c.accounts {
		c.must(one.ExternalID == "" || held[string(one.ID)], "%s: the account %s does not hold its external identifier", one.Workspace, one.ID)
	}
}

// people follows accounts, contacts, mailboxes and identities both ways: nobody
// is orphaned, and nobody is a member or staff without having been let in.
func (c *check) people() {
	for k, l := range c.links {
		c.must(c.accounts[k.account].ID != "", "%s: %s is linked to the account %s, which is not there", l.Workspace, k.contact, k.account)
		c.must(slices.Contains(c.contacts[k.contact].Accounts, k.account), "%s: the contact %s does not know that it belongs to %s", l.Workspace, k.contact, k.account)
	}
	for _, one := range c.contacts {
		for _, a := range one.Accounts {
			_, linked := c.links[linkKey{a, one.ID}]
			c.must(linked, "%s: the account %s does not know its contact %s", one.Workspace, a, one.ID)
			if one.Address != "" {
				box := c.boxes[boxKey{one.Workspace, one.Address.Key()}]
				c.must(box.Holds(mailbox.Holder{Account: a, Contact: one.ID}), "%s: the mailbox of %s does not list it at %s", one.Workspace, one.ID, a)
			}
		}
	}
	c.personalAccounts()
	for k, box := range c.boxes {
		for _, h := range box.Contacts {
			one := c.contacts[h.Contact]
			c.must(one.Address.Key() == k.key && slices.Contains(one.Accounts, h.Account), "%s: a mailbox lists %s at %s, who is not there or has another address", k.ws, h.Contact, h.Account)
		}
		if box.Identity != "" {
			c.must(c.identities[box.Identity].Key == k.key, "%s: a mailbox names the identity %s, which is not there or has another address", k.ws, box.Identity)
		}
	}
	c.glances()
	let := c.letIn()
	for _, i := range c.identities {
		c.must(i.ID == identity.IDOf(i.Workspace, i.Key), "%s: the identity %s is not the one of its address", i.Workspace, i.ID)
		c.must(c.boxes[boxKey{i.Workspace, i.Key}].Identity == i.ID, "%s: the mailbox of the identity %s does not name it", i.Workspace, i.ID)
		c.must(!i.Member || let[i.ID].member, "%s: %s is a member and accepted no invitation and joined by no link", i.Workspace, i.ID)
		c.must(i.Level == access.None || let[i.ID].staff, "%s: %s is staff, accepted no invitation and was not promoted", i.Workspace, i.ID)
	}
}

// glances compares what lists say of accounts with the grants that it was derived
// from, where none was written since.
func (c *check) glances() {
	last, stale := map[id.Account]time.Time{}, map[id.Account]bool{}
	for k, g := range c.granted {
		stale[k.Account] = stale[k.Account] || g.Assessed != g.Version
		if at := g.LastSignIn(); !g.Test && at.After(last[k.Account]) {
			last[k.Account] = at
		}
	}
	for _, is := range c.standings {
		c.must(c.accounts[is.Account].ID != "", "%s: the account %s has a standing and is not there", is.Workspace, is.Account)
		c.must(stale[is.Account] || is.LastAt.Equal(last[is.Account]), "%s: somebody was last in %s at %v, lists say %v", is.Workspace, is.Account, last[is.Account], is.LastAt)
	}
}

// personalAccounts finds accounts that were made for one person, and that person
// never was.
func (c *check) personalAccounts() {
	peopled, changed := map[id.Account]bool{}, map[id.Workspace]bool{}
	for k := range c.links {
		peopled[k.account] = true
	}
	for _, e := range c.entries {
		changed[e.Workspace] = changed[e.Workspace] || e.Action == "contact.changed" // staff may take somebody out
	}
	for _, a := range c.accounts {
		c.must(!a.Personal || peopled[a.ID] || changed[a.Workspace], "%s: the account %s was made for one person and has nobody", a.Workspace, a.ID)
	}
}

// entrance is how somebody was let in.
type entrance struct{ member, staff bool }

// letIn collects who accepted or joined, and who was made staff.
func (c *check) letIn() map[id.Identity]entrance {
	let := map[id.Identity]entrance{}
	add := func(who id.Identity, e entrance) {
		had := let[who]
		let[who] = entrance{had.member || e.member, had.staff || e.staff}
	}
	for _, i := range c.offers {
		if i.State == invitation.Accepted {
			add(identity.IDOf(i.Workspace, i.Key), entrance{member: i.Kind == invitation.Client, staff: i.Kind == invitation.Staff})
		}
	}
	for _, e := range c.entries {
		switch e.Action {
		case "invitation.accepted":
			if c.offers[id.Invitation(e.Subject)].ID == "" && e.After["level"] == "" { // it went with a test client
				add(id.Identity(e.After["identity"]), entrance{member: true})
			}
		case "joinlink.joined":
			add(id.Identity(e.After["identity"]), entrance{member: true})
		case "staff.promoted": // of members: they came in otherwise
			add(id.Identity(e.Subject), entrance{staff: true})
		}
	}
	for _, r := range c.joinRequests {
		if r.State == joinlink.Approved {
			add(r.Identity, entrance{member: true})
		}
	}
	return let
}

// grants looks at what each grant names.
func (c *check) grants() {
	for k, g := range c.granted {
		_, linked := c.links[linkKey{k.Account, k.Contact}]
		c.must(linked, "%s: the grant of %s at %s has no contact there", g.Workspace, k.Contact, k.Account)
		c.must(c.roles[g.Role].Portal == k.Portal, "%s: the grant of %s at %s has the role %s, which is not the portal's", g.Workspace, k.Contact, k.Account, g.Role)
		c.must(g.AcceptedAt.IsZero() == (g.Identity == ""), "%s: the grant of %s at %s is half accepted", g.Workspace, k.Contact, k.Account)
		if g.Identity != "" {
			who := c.identities[g.Identity]
			c.must(who.Member, "%s: the grant of %s at %s is that of %s, who is not a member", g.Workspace, k.Contact, k.Account, g.Identity)
			c.must(who.Key == c.contacts[k.Contact].Address.Key(), "%s: the grant of %s at %s is that of somebody with another address", g.Workspace, k.Contact, k.Account)
		}
		c.offered(k, g)
	}
}

// offered looks at the invitation that offered a grant.
func (c *check) offered(k grant.Key, g grant.Grant) {
	if g.Invitation == "" {
		return
	}
	i, there := c.offers[g.Invitation]
	c.must(there, "%s: the grant of %s at %s was offered by %s, which is not there", g.Workspace, k.Contact, k.Account, g.Invitation)
	if there && g.AcceptedAt.IsZero() && i.Open(c.now) {
		_, offers := i.Offers(k.Account, k.Contact)
		c.must(offers && i.Portal == k.Portal, "%s: %s is open and does not offer the grant of %s at %s", g.Workspace, i.ID, k.Contact, k.Account)
	}
}
