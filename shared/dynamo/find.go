package dynamo

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/contact"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
	"portero/shared/domain/search"
	"portero/shared/domain/seat"
	"portero/shared/dynamo/schema"
)

// Find narrows a list of people by the one thing that a key answers: at most one
// of its fields is set. The zero value narrows nothing.
type Find struct {
	Name    string // what it begins with, as people read it (shared/domain/search)
	Address string // likewise
	Account id.Account
	Test    bool // of contacts: test clients only (row T6)
}

// sought is how many keys a search looks at when something else is asked of what
// it finds: as many as two batches read.
const sought = 2 * maxBatch

// begins is the beginning of a sort key.
func begins(term string) string { return search.Key(term) }

// found is one page of an index that holds keys only, or of links and grants of an
// account: one query, then what its keys lead to in a batch, in the query's order. key
// names the record of an item; fits, if any, leaves out what else was asked for,
// so that a page may be short of the next one.
func found[T any](ctx context.Context, s *Store, q query, p page.Ask, key func(Item) keys, fits func(T) bool) ([]T, page.Cursor, error) {
	most := cmp.Or(p.Limit, page.Size)
	if fits != nil {
		p.Limit = sought
	}
	items, next, err := s.items(ctx, q, p)
	if err != nil {
		return nil, "", err
	}
	places, sorts := []place{}, []string{}
	seen := map[string]bool{}
	for _, item := range items {
		k := key(item)
		if name := k.pk + "\x00" + k.sk; k.pk != "" && !seen[name] {
			seen[name] = true
			places, sorts = append(places, place{schema.Core, k}), append(sorts, q.position(item))
		}
	}
	there, err := s.glance(ctx, places)
	if err != nil {
		return nil, "", err
	}
	all := []T{}
	for n, at := range places {
		one, ok, err := optional(pick[T](there, at.keys))
		if err != nil {
			return nil, "", err
		}
		if !ok || fits != nil && !fits(one) {
			continue
		}
		if len(all) == most {
			return all, q.cursor(sorts[n-1], p), nil
		}
		all = append(all, one)
	}
	return all, next, nil
}

// itself is the record of an entry of an index.
func itself(item Item) keys { return keys{pk: str(item[schema.PK]), sk: str(item[schema.SK])} }

// at is a query of an account's partition: its links or its grants.
func at(ws id.Workspace, a id.Account, what string) query {
	partition := accountKeys(ws, a).pk
	return query{table: schema.Core, partition: partition, prefix: what + schema.Sep,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}
}

// linked is the contact of a link.
func linked(ws id.Workspace) func(Item) keys {
	return func(item Item) keys {
		l, err := decode[account.Link](item)
		if err != nil {
			return keys{}
		}
		return contactKeys(ws, l.Contact)
	}
}

// granted is what a grant leads to.
func granted(to func(grant.Grant) keys) func(Item) keys {
	return func(item Item) keys {
		g, err := decode[grant.Grant](item)
		if err != nil {
			return keys{}
		}
		return to(g)
	}
}

// Contacts reads a page: by name, by address if that is sought, by identifier
// those of an account or who sit in a role; test clients by name, of that name if one is
// sought.
func (s *Store) Contacts(ctx context.Context, ws id.Workspace, f Find, w Through, p page.Ask) ([]contact.Contact, page.Cursor, error) {
	start := func(sort string) keys { return contactKeys(ws, id.Contact(lastPart(sort))) }
	q := query{table: schema.Core, index: schema.List, partition: in(ws, schema.Contact), prefix: begins(f.Name), start: start}
	switch {
	case f.Test:
		q.index = schema.Called
		return found[contact.Contact](ctx, s, q, p, itself, nil)
	case f.Account != "" && w.Role != "":
		q := at(ws, f.Account, "grant")
		q.keep = w.fits
		return found[contact.Contact](ctx, s, q, p, granted(func(g grant.Grant) keys { return contactKeys(ws, g.Contact) }), nil)
	case f.Account != "":
		return found[contact.Contact](ctx, s, at(ws, f.Account, "contact"), p, linked(ws), nil)
	case w.Role != "":
		return found[contact.Contact](ctx, s, seated(ws, w.Role), p, func(item Item) keys { return start(str(item[schema.SK])) }, nil)
	case f.Address != "":
		q.index, q.prefix = schema.Address, begins(f.Address)
		return found[contact.Contact](ctx, s, q, p, itself, nil)
	}
	return list[contact.Contact](ctx, s, q, p)
}

// Staff reads a page of the workspace's staff, by address, or by name if that is
// sought.
func (s *Store) Staff(ctx context.Context, ws id.Workspace, f Find, p page.Ask) ([]identity.Identity, page.Cursor, error) {
	return s.identities(ctx, ws, "staff", f, p)
}

// Members reads a page of those who are members and not staff, by address, or by
// name if that is sought; those of an account or a role by contact, those whom an
// inviter brought in by when they were last sent to. There somebody with several
// grants or invitations may stand on two pages.
func (s *Store) Members(ctx context.Context, ws id.Workspace, f Find, w Through, p page.Ask) ([]identity.Identity, page.Cursor, error) {
	switch {
	case f.Account != "":
		q := at(ws, f.Account, "grant")
		q.keep = func(item Item) bool { return w.fits(item) && str(item["identity"]) != "" }
		return found[identity.Identity](ctx, s, q, p, granted(func(g grant.Grant) keys { return identityKeys(ws, g.Identity) }), nil)
	case w.Role != "":
		return s.membersIn(ctx, ws, w.Role, p)
	case w.Inviter != "":
		q := invitations(ws, Which{State: invitation.Accepted, Kind: invitation.Client, Inviter: w.Inviter})
		p.Oldest = false
		return found(ctx, s, q, p, accepted(ws), func(who identity.Identity) bool { return who.Member && who.Level == access.None })
	}
	return s.identities(ctx, ws, "member", f, p)
}

// seated is a query of who sits in a role.
func seated(ws id.Workspace, r id.Role) query {
	partition := seatCountKeys(ws, r).pk
	return query{table: schema.Core, partition: partition, prefix: id.Contact("").Prefix(), // the role's count lies there too
		keep: func(item Item) bool {
			one, err := decode[seat.Seat](item)
			return err == nil && one.Taken()
		},
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}
}

// membersIn reads a page of those who sit in a role and have come: one query, then
// the grants that hold the seats, and whose they are.
func (s *Store) membersIn(ctx context.Context, ws id.Workspace, r id.Role, p page.Ask) ([]identity.Identity, page.Cursor, error) {
	q := seated(ws, r)
	seats, next, err := list[seat.Seat](ctx, s, q, p)
	if err != nil || len(seats) == 0 {
		return []identity.Identity{}, next, err
	}
	of, err := s.Role(ctx, ws, r)
	if err != nil {
		return nil, "", err
	}
	var held []grant.Key
	for _, one := range seats {
		if len(held) >= sought {
			break
		}
		for _, a := range one.Accounts {
			held = append(held, grant.Key{Account: a, Contact: one.Contact, Portal: of.Portal})
		}
		if len(held) >= sought {
			next = q.cursor(string(one.Contact), p)
		}
	}
	grants, err := s.Grants(ctx, ws, held)
	if err != nil {
		return nil, "", err
	}
	var asked []id.Identity
	for _, k := range held {
		if who := grants[k].Identity; who != "" && !slices.Contains(asked, who) {
			asked = append(asked, who)
		}
	}
	known, err := s.Identities(ctx, ws, asked)
	all := []identity.Identity{}
	for _, one := range asked {
		if who := known[one]; who.Level == access.None && who.Member {
			all = append(all, who)
		}
	}
	return all, next, err
}

// Through narrows a list of people by the grants they have. The zero value narrows
// nothing.
type Through struct {
	Role    id.Role
	Inviter id.Identity // who offered the grant last
}

func (w Through) fits(item Item) bool {
	g, err := decode[grant.Grant](item)
	return err == nil && (w.Role == "" || g.Role == w.Role) && (w.Inviter == "" || g.InvitedBy == w.Inviter)
}

// accepted is who accepted an invitation: one address has one identity.
func accepted(ws id.Workspace) func(Item) keys {
	return func(item Item) keys {
		i, err := decode[invitation.Invitation](item)
		if err != nil {
			return keys{}
		}
		return identityKeys(ws, identity.IDOf(ws, i.Address.Key()))
	}
}

func (s *Store) identities(ctx context.Context, ws id.Workspace, which schema.Kind, f Find, p page.Ask) ([]identity.Identity, page.Cursor, error) {
	start := func(sort string) keys { return identityKeys(ws, id.Identity(lastPart(sort))) }
	q := query{table: schema.Core, index: schema.List, partition: in(ws, which), prefix: begins(f.Address), start: start}
	if f.Name != "" {
		q.index, q.prefix = schema.Called, begins(f.Name)
		return found[identity.Identity](ctx, s, q, p, itself, nil)
	}
	return list[identity.Identity](ctx, s, q, p)
}

// FoundInvitations reads a page of those whose address or name begins like this,
// or of an account's grants the last ones: of every state unless which says so,
// by what they are found by.
func (s *Store) FoundInvitations(ctx context.Context, ws id.Workspace, f Find, w Which, p page.Ask) ([]invitation.Invitation, page.Cursor, error) {
	var fits func(invitation.Invitation) bool
	if w != (Which{}) {
		fits = w.fits
	}
	p.Oldest = true
	if f.Account != "" {
		q := at(ws, f.Account, "grant")
		q.keep = func(item Item) bool { return str(item["invitation"]) != "" }
		return found(ctx, s, q, p, granted(func(g grant.Grant) keys { return invitationKeys(ws, g.Invitation) }), fits)
	}
	q := query{table: schema.Core, index: schema.Address, partition: in(ws, schema.Invitation), prefix: begins(f.Address),
		start: func(sort string) keys { return invitationKeys(ws, id.Invitation(lastPart(sort))) }}
	if f.Name != "" {
		q.index, q.prefix = schema.Called, begins(f.Name)
	}
	return found(ctx, s, q, p, itself, fits)
}

// fits reports whether an invitation is one of those.
func (w Which) fits(i invitation.Invitation) bool {
	return (w.State == "" || i.State == w.State) && (w.Delivery == "" || i.Delivery == w.Delivery) && (w.Kind == "" || i.Kind == w.Kind) &&
		(w.Portal == "" || i.Portal == w.Portal) && (w.Inviter == "" || i.Inviter == w.Inviter) &&
		(w.Role == "" || slices.ContainsFunc(i.Grants, func(o invitation.Offer) bool { return o.Role == w.Role }))
}

// FoundRequests reads a page of the join requests in one state whose address or
// name begins like this, by that.
func (s *Store) FoundRequests(ctx context.Context, ws id.Workspace, f Find, state joinlink.RequestState, role id.Role, p page.Ask) ([]joinlink.Request, page.Cursor, error) {
	q := query{table: schema.Core, index: schema.Address, partition: in(ws, schema.JoinRequest), prefix: begins(f.Address),
		start: func(sort string) keys { return joinRequestKeys(ws, id.JoinRequest(lastPart(sort))) }}
	if f.Name != "" {
		q.index, q.prefix = schema.Called, begins(f.Name)
	}
	p.Oldest = true
	return found(ctx, s, q, p, itself, func(r joinlink.Request) bool { return r.State == state && (role == "" || r.Role == role) })
}

// labelled keeps join links whose label begins like this.
func labelled(term string) func(Item) bool {
	if term == "" {
		return nil
	}
	return func(item Item) bool { return strings.HasPrefix(search.Key(str(item["label"])), begins(term)) }
}
