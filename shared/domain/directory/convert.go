package directory

import (
	"context"
	"maps"
	"slices"

	"portero/shared/domain/audit"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
)

// The faults of turning leads into contacts (row Z13).
var (
	ErrForLeads = fault.On("role", "role_for_leads", "This role is for leads. Choose one for contacts.")
	ErrNoRole   = fault.New(fault.Conflict, "role_not_chosen", "This lead has access in a role for leads. Choose the role for contacts that it moves to, or map the one to the other in the settings.")
)

// ConvertLeads turns up to MaxLines leads into contacts, each with an outcome of
// its own; a contact already is unchanged. Each grant in a role for leads moves to the
// chosen role, if that is of its portal, else to the one that the workspace maps
// its own to; without either the line is refused: role_not_chosen. A chosen role
// takes the grants in roles for contacts of its portal along. What moves ends the
// sessions of whoever holds it; a line for which no seat is free is refused: no_seat.
// lines_missing, too_many_lines, role_unknown, role_for_leads.
func (d Desk) ConvertLeads(ctx context.Context, all []id.Contact, chosen id.Role) ([]Outcome, []Group, error) {
	if err := countable(len(all)); err != nil {
		return nil, nil, err
	}
	c := conversion{desk: d, seen: map[id.Contact]bool{}, busy: map[id.Identity]bool{}}
	if chosen != "" {
		to, err := d.Store.Role(ctx, d.ws(), chosen)
		switch {
		case err != nil:
			return nil, nil, unknown(err, role.ErrUnknown)
		case to.For != role.Contacts:
			return nil, nil, ErrForLeads
		}
		c.chosen = to
	}
	if err := c.read(ctx, slices.DeleteFunc(slices.Clone(all), func(one id.Contact) bool { return one.Check() != nil })); err != nil {
		return nil, nil, err
	}
	outcomes := make([]Outcome, len(all))
	for n, one := range all {
		outcomes[n] = c.line(n, one)
	}
	return outcomes, c.groups, nil
}

// conversion is a request under way.
type conversion struct {
	desk    Desk
	chosen  role.Role // zero: none
	mapped  map[id.Role]id.Role
	known   map[id.Contact]contact.Contact
	portals []portal.Portal
	held    map[grant.Key]grant.Grant
	roles   map[id.Role]role.Role
	people  map[id.Identity]identity.Identity
	seen    map[id.Contact]bool
	busy    map[id.Identity]bool // whose sessions a group ends
	seats   seating              // a page for each line
	groups  []Group
}

// read reads what deciding takes, in batches.
func (c *conversion) read(ctx context.Context, all []id.Contact) (err error) {
	s, ws := c.desk.Store, c.desk.ws()
	var w workspace.Workspace
	if w, err = s.Workspace(ctx, ws); err != nil {
		return err
	}
	c.mapped = w.Settings.LeadRoles
	if c.known, err = s.ContactsOf(ctx, ws, all); err != nil {
		return err
	}
	if c.portals, err = s.Portals(ctx, ws); err != nil {
		return err
	}
	var keys []grant.Key
	for _, one := range c.known {
		if one.Lead {
			keys = append(keys, c.keys(one)...)
		}
	}
	if c.held, err = s.Grants(ctx, ws, keys); err != nil {
		return err
	}
	var people []id.Identity
	roles := slices.AppendSeq(slices.Collect(maps.Keys(c.mapped)), maps.Values(c.mapped))
	for _, g := range c.held {
		roles = append(roles, g.Role)
		if g.Identity != "" {
			people = append(people, g.Identity)
		}
	}
	if c.roles, err = s.RolesOf(ctx, ws, roles); err != nil {
		return err
	}
	if c.people, err = s.Identities(ctx, ws, people); err != nil {
		return err
	}
	var moves []regranted
	for _, before := range c.held {
		if to, err := c.goes(before); err == nil {
			moves = append(moves, inRole(before, to))
		}
	}
	c.seats, err = c.desk.seating(ctx, moves...)
	return err
}

// keys are where a contact may have grants.
func (c *conversion) keys(one contact.Contact) []grant.Key {
	var all []grant.Key
	for _, a := range one.Accounts {
		for _, p := range c.portals {
			all = append(all, grant.Key{Account: a, Contact: one.ID, Portal: p.ID})
		}
	}
	return all
}

// goes returns the role that a grant moves to, its own if it stays; role_not_chosen.
func (c *conversion) goes(g grant.Grant) (id.Role, error) {
	if c.chosen.ID != "" && c.chosen.Portal == g.Portal {
		return c.chosen.ID, nil
	}
	if c.roles[g.Role].For != role.Leads {
		return g.Role, nil
	}
	if to := c.roles[c.mapped[c.roles[g.Role].ID]]; to.ID != "" && to.For == role.Contacts && to.Portal == g.Portal {
		return to.ID, nil
	}
	return "", ErrNoRole
}

// inRole is a grant that moves to a role.
func inRole(g grant.Grant, to id.Role) regranted {
	r := regranted{g, g}
	r.after.Role = to
	return r
}

// line decides one lead and puts what it writes into a group.
func (c *conversion) line(n int, one id.Contact) Outcome {
	lead, there := c.known[one]
	switch {
	case c.seen[one]:
		return Outcome{Err: ErrTwice}
	case !there:
		return Outcome{Err: fault.NotYours()}
	case !lead.Lead:
		return Outcome{}
	}
	c.seen[one] = true
	group := Group{Lines: []int{n}}
	lead.Lead = false
	group.Set.Replace(lead)
	audit.File(&group.Set, c.desk.entry("contact.converted", string(one)), lead.Accounts...)
	ends := map[id.Identity]bool{}
	var moves []regranted
	for _, k := range c.keys(lead) {
		before, granted := c.held[k]
		if !granted {
			continue
		}
		to, err := c.goes(before)
		if err != nil {
			return Outcome{Err: err}
		}
		g := inRole(before, to).after
		if g == before {
			continue
		}
		moves = append(moves, regranted{before, g})
		group.Set.Replace(g)
		group.Set.Insert(c.desk.differs(before, g))
		if who, known := c.people[g.Identity]; known && !ends[who.ID] {
			group.Later = group.Later || c.busy[who.ID]
			ends[who.ID], c.busy[who.ID] = true, true
			group.Set.Replace(who.EndSessions())
		}
	}
	if err := c.seats.all(n, &group.Set, moves); err != nil {
		return Outcome{Err: err}
	}
	if len(group.Set.Writes) > maxWrites {
		return Outcome{Err: contact.ErrTooManyAtOnce}
	}
	c.groups = append(c.groups, group)
	return Outcome{Changed: true}
}
