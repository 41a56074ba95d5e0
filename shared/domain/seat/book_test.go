package seat_test

import (
	"errors"
	"testing"

	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
)

const (
	client, partner, gone = id.Role("rol_client"), id.Role("rol_partner"), id.Role("rol_gone")
	ana, leo              = id.Contact("con_ana"), id.Contact("con_leo")
)

// book has a role with two seats of which Ana has one, at an account; a role
// with room; and one whose users moved to the first.
func book() *seat.Book {
	full := role.Role{ID: client, Seats: 2}
	return seat.New("ws_1", seat.Plan{
		Roles:  map[id.Role]role.Role{client: full, partner: {ID: partner}, gone: full},
		Counts: map[id.Role]seat.Count{client: {Role: client, Used: 1, Free: 1}},
		Seats:  map[seat.Key]seat.Seat{{Role: client, Contact: ana}: {Role: client, Contact: ana, Accounts: []id.Account{"acc_1"}, Version: 3}},
	})
}

func of(c id.Contact, a id.Account, r id.Role) grant.Grant {
	return grant.Grant{Account: a, Contact: c, Portal: "por_1", Role: r, SignIn: true}
}

// step is what becomes of one grant.
type step struct {
	before, after grant.Grant
	live          bool
}

func TestSeats(t *testing.T) {
	none := grant.Grant{}
	at1, at2 := of(ana, "acc_1", client), of(ana, "acc_2", client)
	for _, c := range []struct {
		says   string
		steps  []step
		seats  int // how many are written
		counts map[id.Role]int
		last   error
	}{
		{"somebody new takes a seat", []step{{none, of(leo, "acc_1", client), true}}, 1, map[id.Role]int{client: 1}, nil},
		{"granted and never sent takes none", []step{{none, of(leo, "acc_1", client), false}}, 0, nil, nil},
		{"another account of the same contact is the same seat", []step{{none, at2, true}}, 1, nil, nil},
		{"what holds a seat already changes nothing", []step{{at1, at1, true}}, 0, nil, nil},
		{"the last account gives the seat up", []step{{at1, at1, false}}, 1, map[id.Role]int{client: -1}, nil},
		{"one of two accounts does not", []step{{none, at2, true}, {at1, at1, false}}, 1, nil, nil},
		{"another role is another seat", []step{{at1, of(ana, "acc_1", partner), true}}, 2, map[id.Role]int{client: -1, partner: 1}, nil},
		{"there and back is nothing to count", []step{{at1, at1, false}, {at1, at1, true}}, 1, nil, nil},
		{"beyond the last seat is refused", []step{{none, of(leo, "acc_1", client), true}, {none, of("con_eva", "acc_1", client), true}}, 1, map[id.Role]int{client: 1}, seat.ErrNone},
		{"whoever leaves makes room for who comes", []step{{none, of(leo, "acc_1", client), true}, {at1, of(ana, "acc_1", partner), true}, {none, of("con_eva", "acc_1", client), true}}, 4, map[id.Role]int{client: 1, partner: 1}, nil},
		{"a role whose users moved is the one they moved to", []step{{none, of(leo, "acc_1", gone), true}}, 1, map[id.Role]int{client: 1}, nil},
	} {
		b := book()
		var err error
		for _, s := range c.steps {
			if err = b.Regrant(7, s.before, s.after, s.live); err != nil {
				break
			}
		}
		if !errors.Is(err, c.last) {
			t.Errorf("%s: %v", c.says, err)
		}
		var set change.Set
		b.Save(7, &set)
		seats, named, counts := 0, 0, map[id.Role]int{}
		for _, w := range set.Writes {
			switch one := w.Record.(type) {
			case seat.Seat:
				seats++
				if (w.Op == change.Replace) != (one.Version > 0) {
					t.Errorf("%s: %v of version %d", c.says, w.Op, one.Version)
				}
			case seat.Change:
				if named += one.Grants; one.Used != 0 {
					counts[one.Role] = one.Used
				}
			}
		}
		if seats != c.seats || len(counts) != len(c.counts) {
			t.Errorf("%s: %d seats and %v, want %d and %v", c.says, seats, counts, c.seats, c.counts)
		}
		if want := begun(c.steps); named != want && c.last == nil {
			t.Errorf("%s: %d more grants are counted, want %d", c.says, named, want)
		}
		for r, n := range c.counts {
			if counts[r] != n {
				t.Errorf("%s: %v, want %v", c.says, counts, c.counts)
			}
		}
	}
}

// begun is how many grants the steps begin.
func begun(steps []step) (n int) {
	for _, s := range steps {
		if s.before.Account == "" {
			n++
		}
	}
	return n
}

func TestAGrantIsCountedInTheRoleItNames(t *testing.T) {
	b := book()
	at := of(ana, "acc_1", client)
	for _, s := range []step{{at, of(ana, "acc_1", partner), false}, {grant.Grant{}, of(leo, "acc_1", client), false}, {of(leo, "acc_2", gone), of(leo, "acc_2", client), false}} {
		if err := b.Regrant(0, s.before, s.after, s.live); err != nil {
			t.Fatal(err)
		}
	}
	var set change.Set
	b.Save(0, &set)
	got := map[id.Role]int{}
	for _, w := range set.Writes {
		if one, ok := w.Record.(seat.Change); ok {
			got[one.Role] = one.Grants
		}
	}
	if got[client] != 1 || got[partner] != 1 || got[gone] != -1 {
		t.Errorf("%v", got)
	}
}

func TestATestClientTakesNoSeat(t *testing.T) {
	b := book()
	tried := of(leo, "acc_1", client)
	tried.Test = true
	if err := b.Regrant(0, grant.Grant{}, tried, true); err != nil {
		t.Fatal(err)
	}
	var set change.Set
	b.Save(0, &set)
	if one, ok := set.Writes[0].Record.(seat.Change); !ok || len(set.Writes) != 1 || one.Used != 0 || one.Grants != 1 {
		t.Errorf("%+v", set)
	}
}
