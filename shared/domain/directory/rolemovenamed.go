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
func (m mover) seats(ctx context.Context, at job.Place) (job.Seen, error) {
	var s job.Seen
	left, err := m.store.RoleSeats(ctx, m.desk.ws(), m.move.From, seatsAtOnce)
	if err != nil {
		return s, err
	}
	there, err := m.store.SeatsAt(ctx, m.desk.ws(), page.Each(left, func(s seat.Seat) seat.Key { return seat.Key{Role: m.move.To, Contact: s.Contact} }))
	if err != nil {
		return s, err
	}
	to, err := m.store.RoleMark(ctx, m.desk.ws(), m.move.To)
	if err != nil {
		return s, err
	}
	twice := 0
	for _, from := range left {
		s.Set.Remove(from)
		if !from.Taken() {
			continue
		}
		joined, both := there[seat.Key{Role: m.move.To, Contact: from.Contact}].Join(from)
		if both {
			twice++
		}
		if joined.Version > 0 {
			s.Set.Replace(joined)
			continue
		}
		joined.Workspace, joined.Role, joined.Contact = m.desk.ws(), m.move.To, from.Contact
		s.Set.Insert(joined)
	}
	if twice > 0 {
		s.Set.Raise(seat.Change{Workspace: m.desk.ws(), Role: m.move.To, Used: -twice, Limit: to.Limit()})
	}
	s.Again = len(left) == seatsAtOnce
	return s, nil
}

func (m mover) links(ctx context.Context, at job.Place) (job.Seen, error) {
	var s job.Seen
	all, next, err := m.store.RoleLinks(ctx, m.desk.ws(), m.move.From, at.After)
	for _, l := range all {
		l.Role = m.move.To
		s.Set.Replace(l)
	}
	s.After = next
	return s, err
}

func (m mover) requests(ctx context.Context, at job.Place) (job.Seen, error) {
	var s job.Seen
	all, next, err := m.store.RoleRequests(ctx, m.desk.ws(), m.move.From, at.After)
	for _, one := range all {
		one.Role = m.move.To
		s.Set.Replace(one)
	}
	s.After = next
	return s, err
}

func (m mover) invitations(state invitation.State) func(context.Context, job.Place) (job.Seen, error) {
	return func(ctx context.Context, at job.Place) (job.Seen, error) {
		all, next, err := m.store.RoleInvitations(ctx, m.desk.ws(), state, m.move.From, at.After)
		s := job.Seen{After: next}
		for _, i := range all {
			i.Grants = append([]invitation.Offer{}, i.Grants...)
			for n := range i.Grants {
				if i.Grants[n].Role == m.move.From {
					i.Grants[n].Role = m.move.To
				}
			}
			s.Set.Replace(i)
		}
		return s, err
	}
}
