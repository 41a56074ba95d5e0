package directory

import (
	"context"
	"maps"
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/seat"
)

// regranted is a grant as it was, and as it is to be.
type regranted struct{ before, after grant.Grant }

// seating is what becomes of the seats of some grants that staff change. The zero
// value is that of grants of which none moves.
type seating struct {
	book   *seat.Book // a page for each set
	offers map[id.Invitation]invitation.Invitation
}

// seating reads the seats that may move, and the invitations that offer again
// what is switched on; nothing where nothing may move.
func (d Desk) seating(ctx context.Context, all ...regranted) (seating, error) {
	var s seating
	var moving []grant.Grant
	var to []seat.Key
	var offers []id.Invitation
	for _, r := range all {
		if !r.movesSeat() {
			continue
		}
		if to = append(to, seat.Key{Role: r.after.Role, Contact: r.after.Contact}); r.before.Account != "" {
			moving = append(moving, r.before)
		}
		if one, asked := r.reoffers(); asked {
			offers = append(offers, one)
		}
	}
	if len(to) == 0 {
		return s, nil
	}
	var err error
	if s.book, err = seat.Open(ctx, d.Store, d.ws(), moving, to...); err != nil || len(offers) == 0 {
		return s, err
	}
	s.offers, err = d.Store.InvitationsOf(ctx, d.ws(), offers)
	return s, err
}

// move moves a grant's seat on a page; it returns the invitation that must not
// end meanwhile, if there is one. no_seat if it needs one and none is free.
func (s seating) move(page int, r regranted) (guard invitation.Invitation, err error) {
	if s.book == nil || !r.movesSeat() {
		return guard, nil
	}
	offered := r.after.Invitation != "" && s.book.Holding(r.before)
	if one, asked := r.reoffers(); asked {
		if offered = offersStill(s.offers[one], r.after); offered {
			guard = s.offers[one]
		}
	}
	live := r.after.SignIn && (!r.after.AcceptedAt.IsZero() || offered)
	return guard, s.book.Regrant(page, r.before, r.after, live)
}

// save adds what became of a page's seats to its set.
func (s seating) save(page int, set *change.Set) {
	if s.book != nil {
		s.book.Save(page, set)
	}
}

// all moves the seats of all grants of one set and adds them to it, or none:
// no_seat.
func (s seating) all(page int, set *change.Set, grants []regranted) error {
	guards := map[id.Invitation]invitation.Invitation{}
	for n, r := range grants {
		guard, err := s.move(page, r)
		if err != nil {
			for _, done := range grants[:n] {
				_, _ = s.move(page, regranted{done.after, done.before}) // to where it was
			}
			return err
		}
		if guard.ID != "" {
			guards[guard.ID] = guard
		}
	}
	for _, one := range slices.Sorted(maps.Keys(guards)) {
		set.Replace(guards[one])
	}
	s.save(page, set)
	return nil
}

// reseat adds to a set what becomes of the seats of all of its grants; no_seat.
func (d Desk) reseat(ctx context.Context, set *change.Set, grants ...regranted) error {
	s, err := d.seating(ctx, grants...)
	if err != nil {
		return err
	}
	return s.all(0, set, grants)
}

// movesSeat reports whether something may become of a grant's seat.
func (r regranted) movesSeat() bool {
	return r.before.SignIn != r.after.SignIn || r.before.Role != r.after.Role || r.before.AcceptedAt != r.after.AcceptedAt
}

// reoffers names the invitation whose offer a grant is again, whose sign-in
// switch goes on.
func (r regranted) reoffers() (id.Invitation, bool) {
	g := r.after
	return g.Invitation, g.Invitation != "" && g.AcceptedAt.IsZero() && !r.before.SignIn && g.SignIn
}

// offersStill reports whether an invitation that has not ended offers a grant.
func offersStill(i invitation.Invitation, g grant.Grant) bool {
	_, offers := i.Offers(g.Account, g.Contact)
	return offers && i.State == invitation.Pending
}
