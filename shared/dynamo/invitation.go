package dynamo

import (
	"cmp"
	"context"
	"slices"

	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// Invitation reads one, or not_found.
func (s *Store) Invitation(ctx context.Context, ws id.Workspace, one id.Invitation) (invitation.Invitation, error) {
	return get[invitation.Invitation](ctx, s, schema.Core, invitationKeys(ws, one))
}

// InvitationsOf reads those that are there, by identifier.
func (s *Store) InvitationsOf(ctx context.Context, ws id.Workspace, all []id.Invitation) (map[id.Invitation]invitation.Invitation, error) {
	return many[id.Invitation, invitation.Invitation](ctx, s, all, func(i id.Invitation) keys { return invitationKeys(ws, i) })
}

// History reads what was changed in an invitation's personal parts, oldest
// first: at most a page.
func (s *Store) History(ctx context.Context, ws id.Workspace, one id.Invitation) ([]invitation.History, error) {
	all, _, err := list[invitation.History](ctx, s, query{table: schema.Core, partition: invitationKeys(ws, one).pk, prefix: historyPrefix}, page.Ask{Oldest: true})
	return all, err
}

// Which narrows a list of invitations. The zero value narrows nothing but
// State, which is needed: it is the partition.
type Which struct {
	State    invitation.State
	Delivery message.Delivery
	Kind     invitation.Kind
	Portal   id.Portal
	Inviter  id.Identity
	Role     id.Role // of one of the offered grants
}

// Invitations reads a page of those in one state, by the date they were last
// sent: one query, which with a filter looks at up to 1,000 of them, so that a
// page may hold fewer than fit, even none, and still have a next one.
func (s *Store) Invitations(ctx context.Context, ws id.Workspace, w Which, p page.Ask) ([]invitation.Invitation, page.Cursor, error) {
	return list[invitation.Invitation](ctx, s, invitations(ws, w), p)
}

// invitations is a query of the list of those in one state.
func invitations(ws id.Workspace, w Which) query {
	q := query{table: schema.Core, index: schema.List, partition: in(ws, schema.Invitation, string(w.State)),
		start: func(sort string) keys { return invitationKeys(ws, id.Invitation(lastPart(sort))) }}
	q.equal("delivery", string(w.Delivery))
	q.equal("kind_of", string(w.Kind))
	q.equal("portal", string(w.Portal))
	q.equal("inviter", string(w.Inviter))
	if w.Role != "" {
		q.keep = func(item Item) bool {
			i, err := decode[invitation.Invitation](item)
			return err == nil && w.fits(i)
		}
	}
	return q
}

// AllInvitations reads a page over every state, by the date they were last
// sent: one query a state, merged. A state that has more behind what it showed
// bounds the page: what the others have beyond that comes with the next one.
func (s *Store) AllInvitations(ctx context.Context, ws id.Workspace, w Which, p page.Ask) ([]invitation.Invitation, page.Cursor, error) {
	var all []invitation.Invitation
	everywhere := query{table: schema.Core, index: schema.List, partition: in(ws, schema.Invitation)}
	bound, from := "", ""
	if p.Cursor != "" {
		var err error
		if from, err = p.Cursor.Open(everywhere.list(p), p.Now); err != nil {
			return nil, "", err
		}
	}
	before := func(a, b string) bool { return a != b && (a > b) != p.Oldest }
	for _, state := range invitation.States() {
		w.State = state
		q, p := invitations(ws, w), p
		if from != "" {
			p.Cursor = q.cursor(from, p)
		}
		some, next, err := list[invitation.Invitation](ctx, s, q, p)
		if err != nil {
			return nil, "", err
		}
		all = append(all, some...)
		if next == "" {
			continue
		}
		seen, err := next.Open(q.list(p), p.Now)
		if err != nil {
			return nil, "", err
		}
		if bound == "" || before(seen, bound) {
			bound = seen
		}
	}
	all = slices.DeleteFunc(all, func(i invitation.Invitation) bool { return bound != "" && before(bound, sentKey(i)) })
	slices.SortFunc(all, func(a, b invitation.Invitation) int {
		switch {
		case before(sentKey(a), sentKey(b)):
			return -1
		case before(sentKey(b), sentKey(a)):
			return 1
		}
		return 0 // the same one, seen in two states
	})
	all = slices.CompactFunc(all, func(a, b invitation.Invitation) bool { return a.ID == b.ID })
	if most := cmp.Or(p.Limit, page.Size); len(all) > most {
		all = all[:most]
		bound = sentKey(all[most-1])
	}
	if bound == "" {
		return all, "", nil
	}
	return all, everywhere.cursor(bound, p), nil
}
