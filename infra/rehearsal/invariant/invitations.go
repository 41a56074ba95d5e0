package invariant

import (
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/mailbox"
)

// door is where one open invitation may stand.
type door struct {
	boxKey
	door string
}

// invitations looks at each one, at its lock and at what it offers.
func (c *check) invitations() {
	open := map[door]id.Invitation{}
	for _, i := range c.offers {
		c.life(i)
		c.offer(i)
		box := c.boxes[boxKey{i.Workspace, i.Key}]
		if i.Open(c.now) {
			at := door{boxKey{i.Workspace, i.Key}, mailbox.Door(i.Portal)}
			c.must(open[at] == "", "%s: %s and %s are open for one address at one door", i.Workspace, min(i.ID, open[at]), max(i.ID, open[at]))
			open[at] = i.ID
			held, _ := box.OpenAt(i.Portal)
			c.must(held == i.ID, "%s: %s is open and its door is held by %q", i.Workspace, i.ID, held)
		}
		if i.State == invitation.Accepted {
			c.must(box.Identity == identity.IDOf(i.Workspace, i.Key), "%s: %s is accepted and its address has no identity", i.Workspace, i.ID)
		}
	}
	for k, box := range c.boxes {
		for at, held := range box.Open {
			i, there := c.offers[held]
			c.must(there && i.State == invitation.Pending && i.Key == k.key && mailbox.Door(i.Portal) == string(at),
				"%s: a mailbox has the door %s held by %s, which is %s there", k.ws, at, held, state(i, there))
		}
	}
}

func state(i invitation.Invitation, there bool) string {
	if !there {
		return "not"
	}
	return string(i.State)
}

// life looks at an invitation's state and at what the clock does next with it.
func (c *check) life(i invitation.Invitation) {
	pending := i.State == invitation.Pending
	c.must(pending == i.EndedAt.IsZero(), "%s: %s is %s, and ended at %s", i.Workspace, i.ID, i.State, i.EndedAt)
	c.must(pending == (i.Next.Job != "") && pending == !i.Next.At.IsZero(), "%s: %s is %s, and the clock will %q it", i.Workspace, i.ID, i.State, i.Next.Job)
	c.must(pending == c.due[string(i.ID)], "%s: %s is %s, which the due index knows otherwise", i.Workspace, i.ID, i.State)
	c.must(!i.Next.At.After(i.ExpiresAt), "%s: the clock looks at %s after its end", i.Workspace, i.ID)
	m, there := c.messages[i.Message]
	c.must(there && m.Invitation == i.ID, "%s: the latest mail of %s is %q, which is not its", i.Workspace, i.ID, i.Message)
}

// offer looks at what an invitation offers.
func (c *check) offer(i invitation.Invitation) {
	if i.Kind == invitation.Staff {
		c.must(i.Level != "" && i.Portal == "" && len(i.Grants) == 0, "%s: %s is for staff and offers something else", i.Workspace, i.ID)
		return
	}
	c.must(c.portals[i.Portal].Workspace == i.Workspace, "%s: %s leads to a portal that is not there", i.Workspace, i.ID)
	c.must(len(i.Grants) > 0, "%s: %s offers nothing", i.Workspace, i.ID)
	for _, o := range i.Grants {
		_, there := c.granted[grant.Key{Account: o.Account, Contact: o.Contact, Portal: i.Portal}]
		c.must(there, "%s: %s offers %s a grant at %s that is not there", i.Workspace, i.ID, o.Contact, o.Account)
		c.must(c.roles[o.Role].Portal == i.Portal, "%s: %s offers the role %s, which is not the portal's", i.Workspace, i.ID, o.Role)
	}
}

// joining looks at join links, what was counted of them, and requests.
func (c *check) joining() {
	used := map[id.JoinLink]int{}
	for _, e := range c.entries {
		switch {
		case e.After["test"] != "": // a test client is not counted
		case e.Action == "joinlink.joined":
			used[id.JoinLink(e.Subject)]++
		case e.Action == "joinrequest.created":
			used[id.JoinLink(e.After["link"])]++
		}
	}
	for _, l := range c.joinLinks {
		c.must(c.roles[l.Role].Portal == l.Portal, "%s: the join link %s gives the role %s, which is not the portal's", l.Workspace, l.ID, l.Role)
		c.must(l.Uses == used[l.ID], "%s: the join link %s counts %d uses, the trail %d", l.Workspace, l.ID, l.Uses, used[l.ID])
	}
	for _, r := range c.joinRequests {
		c.must(c.joinLinks[r.Link].ID != "", "%s: the request %s came by no link", r.Workspace, r.ID)
		c.must(c.identities[r.Identity].Key == r.Key, "%s: the request %s is nobody's", r.Workspace, r.ID)
		c.must((r.State == joinlink.Waiting) == r.EndedAt.IsZero(), "%s: the request %s is %s, and ended at %s", r.Workspace, r.ID, r.State, r.EndedAt)
	}
}

// sessions looks for sessions that would let somebody in who is out: what ends
// them raises the identity's generation in the same write.
func (c *check) sessions() {
	for _, s := range c.signedIn {
		who, there := c.identities[s.Identity]
		c.must(there, "%s: the session %s is of %s, who is not there", s.Workspace, s.ID, s.Identity)
		c.must(s.Generation <= who.Generation, "%s: the session %s is of a generation that %s has not come to", s.Workspace, s.ID, s.Identity)
		if !s.Live(c.now) || s.Generation != who.Generation {
			continue
		}
		c.must(who.Active(), "%s: the session %s of %s lives, who is deactivated", s.Workspace, s.ID, s.Identity)
		c.must(s.Level == who.Level, "%s: the session %s has the level %q, %s has %q", s.Workspace, s.ID, s.Level, s.Identity, who.Level)
	}
}
