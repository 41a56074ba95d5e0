package directory

import (
	"context"
	"encoding/json"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/domain/seat"
)

func (m Mover) accounts(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.Accounts(ctx, m.Desk.ws(), "", page.Inside(page.Cursor(s.After), accountsAtOnce))
	for _, a := range all {
		r.Found = append(r.Found, moveStep{Phase: movesAccount, Account: a.ID}.line())
	}
	if next == "" {
		s.Round++
	}
	return s.on(r, string(next), movesEnd), err
}

// account finds the grants of one account that name the role.
func (m Mover) account(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	_, all, next, err := m.Store.AccountPeople(ctx, m.Desk.ws(), s.Account, page.Inside(page.Cursor(s.After), grantsAtOnce))
	for _, g := range all {
		if g.Role == m.Move.From {
			r.Found = append(r.Found, job.Line{Text: text(g.Key())})
		}
	}
	if s.After = string(next); next != "" {
		r.Found = append(r.Found, s.line())
	}
	return r, err
}

// grants gives grants the role that their holders have had since the move.
func (m Mover) grants(ctx context.Context, lines []job.Line) ([]job.Result, error) {
	var all []grant.Key
	for _, l := range lines {
		if l.Step {
			break
		}
		var k grant.Key
		if err := json.Unmarshal([]byte(l.Text), &k); err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	held, err := m.Store.Grants(ctx, m.Desk.ws(), all)
	if err != nil {
		return nil, err
	}
	to, err := m.Store.RoleMark(ctx, m.Desk.ws(), m.Move.To)
	if err != nil {
		return nil, err
	}
	results := make([]job.Result, len(all))
	done := map[grant.Key]bool{}
	for n, k := range all {
		results[n].Entry = job.Entry{Verdict: Elsewhere, Account: k.Account, Contact: k.Contact}
		before := held[k]
		if before.Role != m.Move.From || done[k] {
			continue
		}
		done[k] = true
		g := inRole(before, m.Move.To).after
		results[n].Verdict = Moved
		results[n].Set.Replace(g)
		results[n].Set.Insert(m.Desk.differs(before, g))
		results[n].Set.Raise(seat.Change{Workspace: m.Desk.ws(), Role: m.Move.From, Grants: -1})
		results[n].Set.Raise(seat.Change{Workspace: m.Desk.ws(), Role: m.Move.To, Grants: 1, Limit: to.Limit()})
	}
	return results, nil
}

// end ends the move once no grant names the role. Lines that were found by the last
// accounts stand behind this step: it is done again behind them, and the accounts are
// walked again if that was not all.
func (m Mover) end(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	counts, err := m.Store.SeatCounts(ctx, m.Desk.ws(), []id.Role{m.Move.From})
	if err != nil {
		return r, err
	}
	if counts[m.Move.From].Grants > 0 && s.Round < maxRounds {
		if s.Round%2 == 1 {
			s.Round++
		} else {
			s.Phase = movesAccounts
		}
		r.Found = append(r.Found, s.line())
		return r, nil
	}
	mark, err := m.Store.RoleMark(ctx, m.Desk.ws(), m.Move.From)
	if err != nil {
		return r, err
	}
	mark.Job = ""
	r.Set.Replace(mark)
	// Those that moved here before go straight on, so that no way grows long.
	before, err := m.Store.RolesMovedTo(ctx, m.Desk.ws(), m.Move.From)
	for _, one := range before[:min(len(before), seatsAtOnce)] {
		one.Moved = m.Move.To
		r.Set.Replace(one)
	}
	return r, err
}
