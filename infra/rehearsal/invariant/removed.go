package invariant

import (
	"slices"
	"strings"

	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
)

// removed names what went, or goes, with the test clients that are removed (row T6):
// they themselves, and the invitations, join requests and accounts that were theirs. The
// trail still tells of those; it says of each whom it was for.
func (c *check) removed() map[string]bool {
	gone := map[string]bool{}
	for _, e := range c.entries {
		one, there := c.contacts[id.Contact(e.Subject)]
		if e.Action == "contact.removed" && (!there || one.Leaving != "") {
			gone[e.Subject] = true
		}
	}
	if len(gone) == 0 {
		return gone
	}
	for _, e := range c.entries {
		theirs := e.After["test"] != "" && strings.HasPrefix(e.Action, "joinrequest.")
		var named []string
		for _, said := range e.After {
			named = append(named, identifiers.FindAllString(said, -1)...)
		}
		theirs = theirs || slices.ContainsFunc(named, func(one string) bool { return one[:4] == "con_" && gone[one] })
		if !theirs {
			continue
		}
		gone[e.Subject] = true
		for _, one := range named {
			gone[one] = gone[one] || one[:4] == "acc_"
		}
	}
	return gone
}

// tested looks for what test clients made and that is there without them.
func (c *check) tested() {
	there := func(ws id.Workspace, k email.Key) bool { return c.boxes[boxKey{ws, k}].Test != "" }
	for k, box := range c.boxes {
		one := c.contacts[box.Test]
		c.must(box.Test == "" || one.Test && one.Address.Key() == k.key, "%s: an address is kept for the test client %s, who is not there", k.ws, box.Test)
		c.must(box.Leaving == (one.Leaving != ""), "%s: the test client %s leaves, and its address does not, or the other way round", k.ws, box.Test)
	}
	for _, i := range c.offers {
		c.must(!i.Test || there(i.Workspace, i.Key), "%s: %s is to a test client who is not there", i.Workspace, i.ID)
	}
	for _, m := range c.messages {
		c.must(m.Test == "" || there(m.Workspace, m.Test), "%s: %s is to or about a test client who is not there", m.Workspace, m.ID)
	}
	for _, i := range c.identities {
		c.must(!i.Test || i.Level != access.None || there(i.Workspace, i.Key), "%s: %s was a test client's, who is not there", i.Workspace, i.ID)
	}
	for k, g := range c.granted {
		c.must(g.Test == c.contacts[k.Contact].Test, "%s: the grant of %s at %s does not say whether it is a test client's", g.Workspace, k.Contact, k.Account)
	}
}
