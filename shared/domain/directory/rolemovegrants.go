package directory

import (
	"context"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/domain/seat"
)

// account finds the grants of one account that name the role.
func (m mover) account(ctx context.Context, at job.Place) (job.Seen, error) {
	all, next, err := m.store.RoleGrants(ctx, m.desk.ws(), id.Account(at.Of), m.move.From, page.Inside(page.Cursor(at.After), job.PageOf))
	return job.Seen{After: string(next), Things: page.Each(all, func(g grant.Grant) string { return text(g.Key()) })}, err
}

// grants gives grants the role that their holders have had since the move.
func (m mover) grants(ctx context.Context, things []string) ([]job.Result, error) {
	all, err := parsed[grant.Key](things)
	if err != nil {
		return nil, err
	}
	held, err := m.store.Grants(ctx, m.desk.ws(), all)
	if err != nil {
		return nil, err
	}
	to, err := m.store.RoleMark(ctx, m.desk.ws(), m.move.To)
	if err != nil {
		return nil, err
	}
	results := make([]job.Result, len(all))
	done := map[grant.Key]bool{}
	for n, k := range all {
		results[n].Entry = job.Entry{Verdict: Unchanged, Account: k.Account, Contact: k.Contact}
		before := held[k]
		if before.Role != m.move.From || done[k] {
			continue
		}
		done[k] = true
		g := inRole(before, m.move.To).after
		results[n].Verdict = Moved
		results[n].Set.Replace(g)
		results[n].Set.Insert(m.desk.differs(before, g))
		results[n].Set.Raise(seat.Change{Workspace: m.desk.ws(), Role: m.move.From, Grants: -1})
		results[n].Set.Raise(seat.Change{Workspace: m.desk.ws(), Role: m.move.To, Grants: 1, Limit: to.Limit()})
	}
	return results, nil
}

// end ends the move once no grant names the role: the accounts are walked again if
// that was not all.
func (m mover) end(ctx context.Context, at job.Place) (job.Seen, error) {
	var s job.Seen
	counts, err := m.store.SeatCounts(ctx, m.desk.ws(), []id.Role{m.move.From})
	if err != nil {
		return s, err
	}
	if counts[m.move.From].Grants > 0 && at.Round < maxRounds {
		s.Back = movesAccounts
		return s, nil
	}
	mark, err := m.store.RoleMark(ctx, m.desk.ws(), m.move.From)
	if err != nil {
		return s, err
	}
	mark.Job = ""
	s.Set.Replace(mark)
	// Those that moved here before go straight on, so that no way grows long.
	before, err := m.store.RolesMovedTo(ctx, m.desk.ws(), m.move.From)
	for _, one := range before[:min(len(before), seatsAtOnce)] {
		one.Moved = m.move.To
		s.Set.Replace(one)
	}
	return s, err
}
