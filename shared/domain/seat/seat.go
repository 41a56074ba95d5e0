package seat

import (
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// Seat is where a contact sits in one role: the accounts whose grants hold it.
// Without any it is empty and not counted; it is kept, so that whoever takes it
// again meets its version.
type Seat struct {
	Workspace id.Workspace `json:"ws"`
	Role      id.Role      `json:"role"`
	Contact   id.Contact   `json:"contact"`
	Accounts  []id.Account `json:"accounts,omitempty"`
	Version   int          `json:"v"`
}

// Key names a seat.
type Key struct {
	Role    id.Role
	Contact id.Contact
}

// Taken reports whether somebody sits there.
func (s Seat) Taken() bool { return len(s.Accounts) > 0 }

// Held reports whether the contact's grant at an account holds the seat.
func (s Seat) Held(a id.Account) bool { return slices.Contains(s.Accounts, a) }

func (s Seat) with(a id.Account) Seat {
	s.Accounts = append(slices.Clone(s.Accounts), a)
	return s
}

func (s Seat) without(a id.Account) Seat {
	s.Accounts = slices.DeleteFunc(slices.Clone(s.Accounts), func(one id.Account) bool { return one == a })
	return s
}

// Count is how many seats of a role are taken, and how many are free; and how many
// grants name the role, with a seat or without. One that was never written is that
// of a role that nobody was granted.
type Count struct {
	Workspace id.Workspace `json:"ws"`
	Role      id.Role      `json:"role"`
	Used      int          `json:"used"`
	Free      int          `json:"free"`
	Grants    int          `json:"grants"`
	// Moved is where the role's users went, the role itself if it had none: no seat
	// is counted here and no grant begins to name the role any more.
	Moved   id.Role `json:"moved,omitempty"`
	Version int     `json:"v"`
}

// Change is what becomes of a count: it is added where it lies, so that many may
// sit down at once. It fails, and is to be decided again, while fewer seats are
// free than are taken, or once the role has moved, unless grants only leave it.
// One that adds nothing says that something else begins to name the role.
type Change struct {
	Workspace id.Workspace `json:"ws"`
	Role      id.Role      `json:"role"`
	Used      int          `json:"-"` // seats taken, less those given up
	Free      int          `json:"-"` // seats that are free then, beside those: another limit
	Grants    int          `json:"-"` // that name the role, less those that do not any more
	Limit     int          `json:"-"` // of the role: what a count begins with
}

// Plus is two changes of one count as one.
func (c Change) Plus(record change.Record) (change.Record, bool) {
	other, ok := record.(Change)
	if !ok || other.Workspace != c.Workspace || other.Role != c.Role {
		return nil, false
	}
	c.Used, c.Free, c.Grants = c.Used+other.Used, c.Free+other.Free, c.Grants+other.Grants
	return c, true
}

// Leaves reports whether grants only cease to name the role.
func (c Change) Leaves() bool { return c.Used == 0 && c.Free == 0 && c.Grants < 0 }

// Close is the count of a role that is deleted: its users, if it has any, are
// counted where they go.
func (c Count) Close(to id.Role) Count {
	c.Used, c.Free, c.Moved = 0, 0, to
	return c
}

// Join is a contact's seat in the role that a deleted one's users went to, with what
// they held there. both says that they sat in the two: one seat is free again then.
func (s Seat) Join(left Seat) (joined Seat, both bool) {
	both = s.Taken() && left.Taken()
	for _, a := range left.Accounts {
		if !s.Held(a) {
			s = s.with(a)
		}
	}
	return s, both
}

// The faults of a role without a free seat. Each sentence says the way out.
var (
	ErrNone = fault.New(fault.Conflict, "no_seat", "Every seat of this role is taken. Give the role more seats, or free some: cancel invitations, or switch off the sign-in of people who no longer need it.")
	// ErrNoneForYou is for whoever would sit there.
	ErrNoneForYou = fault.New(fault.Conflict, "joinlink_no_seat", "The firm cannot let anybody else in at the moment. Ask them.")
)
