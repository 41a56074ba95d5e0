package dynamo

import (
	"context"
	"strings"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// pendingRead is how many grants a page of people is put together from: 50
// people with two each still fill one (chosen).
const pendingRead = 2 * page.Size

// Waiting narrows the list of who has not come yet. The zero value narrows
// nothing.
type Waiting struct {
	NeverSent bool
	Role      id.Role     // of what they were granted or offered
	Inviter   id.Identity // who offered it last
}

func (w Waiting) fits(item Item) bool {
	g, err := pendingGrant(item)
	return err == nil && (w.Role == "" || g.Role == w.Role) && (w.Inviter == "" || g.Invitation != "" && g.InvitedBy == w.Inviter)
}

// Pending reads a page of those who have not come yet (row T10): the grants that
// one person was offered together, or was granted and never sent, stand
// together. By when they were last sent to, those never sent to as the oldest.
// It is one query. A page holds up to page.Size people, and fewer where they hold
// many grants each, or where few of those looked at are wanted; one who holds more
// than the query reads goes on over the next page.
func (s *Store) Pending(ctx context.Context, ws id.Workspace, w Waiting, p page.Ask) ([][]grant.Grant, page.Cursor, error) {
	q := query{table: schema.Core, index: schema.List, partition: in(ws, schema.Pending), start: func(sort string) keys { return pendingStart(ws, sort) }}
	if w.NeverSent {
		q.prefix = never + schema.Sep
	}
	if w.Role != "" || w.Inviter != "" {
		q.keep = w.fits
	}
	p.Limit = pendingRead
	items, next, err := s.items(ctx, q, p)
	if err != nil {
		return nil, "", err
	}
	all := make([]grant.Grant, len(items))
	for n, item := range items {
		if all[n], err = pendingGrant(item); err != nil {
			return nil, "", err
		}
	}
	var people [][]grant.Grant
	for n, g := range all {
		if n == 0 || offer(g) != offer(all[n-1]) {
			people = append(people, nil)
		}
		people[len(people)-1] = append(people[len(people)-1], g)
	}
	switch {
	case len(people) > page.Size:
		people = people[:page.Size]
	case next != "" && len(people) > 1:
		people = people[:len(people)-1] // the last may go on behind what was read
	default:
		return people, next, nil
	}
	last := people[len(people)-1]
	return people, q.cursor(pendingKey(last[len(last)-1]), p), nil
}

// offer is what the grants have in common that stand in one entry.
func offer(g grant.Grant) string {
	key := pendingKey(g)
	return strings.Join(strings.SplitN(key, schema.Sep, 4)[:3], schema.Sep)
}

// pendingStart are the keys of the grant behind a sort key of the list.
func pendingStart(ws id.Workspace, sort string) keys {
	parts := append(strings.Split(sort, schema.Sep), make([]string, 5)...) // a cursor may hold anything
	return grantKeys(ws, grant.Key{Account: id.Account(parts[4]), Contact: id.Contact(parts[3]), Portal: id.Portal(parts[2])})
}

// pendingGrant reads a grant from its place in the list: most of what is shown
// stands in the sort key, and once is enough, so that a grant stays within its
// first kilobyte.
func pendingGrant(item Item) (grant.Grant, error) {
	g, err := decode[grant.Grant](item)
	parts := append(strings.Split(str(item[schema.ListSK]), schema.Sep), make([]string, 5)...)
	g.SignIn, g.Portal, g.Contact, g.Account = true, id.Portal(parts[2]), id.Contact(parts[3]), id.Account(parts[4])
	if offered := id.Invitation(parts[1]); offered.Check() == nil {
		g.Invitation = offered
	}
	return g, err
}
