package invariant

import (
	"slices"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/seat"
)

// seating looks at who sits in each role: exactly the contacts with a grant that
// lets them in or that an invitation keeps for them, each counted once.
func (c *check) seating() {
	due := map[seat.Key][]id.Account{}
	for k, g := range c.granted {
		if c.sits(k, g) {
			at := seat.Key{Role: c.led(g.Role), Contact: k.Contact}
			due[at] = append(due[at], k.Account)
		}
	}
	there := map[seat.Key][]id.Account{}
	used := map[id.Role]int{}
	for k, s := range c.seats {
		at := seat.Key{Role: c.led(k.Role), Contact: k.Contact}
		there[at] = append(there[at], s.Accounts...)
		if s.Taken() {
			used[at.Role]++
		}
	}
	for k, accounts := range due {
		c.must(same(accounts, there[k]), "the seat of %s in %s is held at %v, and what lets them in is at %v", k.Contact, k.Role, there[k], accounts)
	}
	for k, accounts := range there {
		c.must(len(accounts) == 0 || len(due[k]) > 0, "the seat of %s in %s is held at %v, and nothing lets them in", k.Contact, k.Role, accounts)
	}
	named := map[id.Role]int{}
	for k, g := range c.granted {
		named[g.Role]++
		now, there := c.roles[c.led(g.Role)]
		c.must(there && !now.Gone(), "%s: %s at %s is left without a role: %s", g.Workspace, k.Contact, k.Account, g.Role)
	}
	for _, r := range c.roles {
		n, counted := c.counts[r.ID]
		c.must(n.Grants == named[r.ID], "%s: the role %s counts %d grants, and %d name it", r.Workspace, r.ID, n.Grants, named[r.ID])
		if r.Deleted {
			c.must(n.Moved == r.ID && n.Used == 0 && n.Grants == 0, "%s: the role %s was deleted, and counts %d seats and %d grants", r.Workspace, r.ID, n.Used, n.Grants)
			continue
		}
		if r.Moved != "" {
			c.must(counted && n.Moved != "" && c.led(n.Moved) == c.led(r.ID) && n.Used == 0, "%s: the role %s has moved, and counts %d seats", r.Workspace, r.ID, n.Used)
			continue
		}
		if !counted {
			n.Free = r.Limit()
		}
		c.must(n.Used == used[r.ID], "%s: the role %s counts %d seats, and %d are taken", r.Workspace, r.ID, n.Used, used[r.ID])
		c.must(n.Used+n.Free == r.Limit() && n.Free >= 0, "%s: the role %s has %d seats, of which %d are taken and %d free", r.Workspace, r.ID, r.Limit(), n.Used, n.Free)
	}
}

// sits reports whether a grant holds a seat (package seat says when).
func (c *check) sits(k grant.Key, g grant.Grant) bool {
	if g.Test || !g.SignIn || !g.AcceptedAt.IsZero() {
		return g.SignIn && !g.Test
	}
	i, there := c.offers[g.Invitation]
	_, offers := i.Offers(k.Account, k.Contact)
	return there && offers && i.State == invitation.Pending
}

// led follows a role to where its users went.
func (c *check) led(one id.Role) id.Role {
	for range c.roles {
		r, there := c.roles[one]
		if !there || r.Moved == "" {
			break
		}
		one = r.Moved
	}
	return one
}

func same(a, b []id.Account) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
