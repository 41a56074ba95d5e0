package directory

import (
	"context"

	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/domain/seat"
)

// seats gives each contact the seat they had, in the role they have now. Who sat in
// both gives one back.
func (m Mover) seats(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	left, err := m.Store.RoleSeats(ctx, m.Desk.ws(), m.Move.From, seatsAtOnce)
	if err != nil {
		return r, err
	}
	there, err := m.Store.SeatsAt(ctx, m.Desk.ws(), page.Each(left, func(s seat.Seat) seat.Key { return seat.Key{Role: m.Move.To, Contact: s.Contact} }))
	if err != nil {
		return r, err
	}
	to, err := m.Store.RoleMark(ctx, m.Desk.ws(), m.Move.To)
	if err != nil {
		return r, err
	}
	twice := 0
	for _, from := range left {
		r.Set.Remove(from)
		if !from.Taken() {
			continue
		}
		joined, both := there[seat.Key{Role: m.Move.To, Contact: from.Contact}].Join(from)
		if both {
			twice++
		}
		if joined.Version > 0 {
			r.Set.Replace(joined)
			continue
		}
		joined.Workspace, joined.Role, joined.Contact = m.Desk.ws(), m.Move.To, from.Contact
		r.Set.Insert(joined)
	}
	if twice > 0 {
		r.Set.Raise(seat.Change{Workspace: m.Desk.ws(), Role: m.Move.To, Used: -twice, Limit: to.Limit()})
	}
	if len(left) == seatsAtOnce {
		r.Found = append(r.Found, s.line()) // those are gone from there
		return r, nil
	}
	return s.on(r, "", movesLinks), nil
}

func (m Mover) links(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.RoleLinks(ctx, m.Desk.ws(), m.Move.From, s.After)
	for _, l := range all {
		l.Role = m.Move.To
		r.Set.Replace(l)
	}
	return s.on(r, next, movesRequests), err
}

func (m Mover) requests(ctx context.Context, s moveStep) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.RoleRequests(ctx, m.Desk.ws(), m.Move.From, s.After)
	for _, one := range all {
		one.Role = m.Move.To
		r.Set.Replace(one)
	}
	return s.on(r, next, movesPending), err
}

func (m Mover) invitations(ctx context.Context, s moveStep, state invitation.State, then string) (job.Result, error) {
	var r job.Result
	all, next, err := m.Store.RoleInvitations(ctx, m.Desk.ws(), state, m.Move.From, s.After)
	for _, i := range all {
		i.Grants = append([]invitation.Offer{}, i.Grants...)
		for n := range i.Grants {
			if i.Grants[n].Role == m.Move.From {
				i.Grants[n].Role = m.Move.To
			}
		}
		r.Set.Replace(i)
	}
	return s.on(r, next, then), err
}
