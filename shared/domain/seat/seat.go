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

// Count is how many seats of a role are taken, and how many are free. One that
// was never written is that of a role in which nobody has sat.
type Count struct {
	Workspace id.Workspace `json:"ws"`
	Role      id.Role      `json:"role"`
	Used      int          `json:"used"`
	Free      int          `json:"free"`
	// Moved is where the role's users went: nothing is counted here any more.
	Moved   id.Role `json:"moved,omitempty"`
	Version int     `json:"v"`
}

// Change is what becomes of a count: it is added where it lies, so that many may
// sit down at once. It fails, and is to be decided again, while fewer seats are
// free than are taken, or once the role has moved.
type Change struct {
	Workspace id.Workspace `json:"ws"`
	Role      id.Role      `json:"role"`
	Used      int          `json:"-"` // seats taken, less those given up
	Free      int          `json:"-"` // seats that are free then, beside those: another limit
	Limit     int          `json:"-"` // of the role: what a count begins with
}

// Plus is two changes of one count as one.
func (c Change) Plus(record change.Record) (change.Record, bool) {
	other, ok := record.(Change)
	if !ok || other.Workspace != c.Workspace || other.Role != c.Role {
		return nil, false
	}
	c.Used, c.Free = c.Used+other.Used, c.Free+other.Free
	return c, true
}

// The faults of a role without a free seat. Each sentence says the way out.
var (
	ErrNone = fault.New(fault.Conflict, "no_seat", "Every seat of this role is taken. Give the role more seats, or free some: cancel invitations, or switch off the sign-in of people who no longer need it.")
	// ErrNoneForYou is for whoever would sit there.
	ErrNoneForYou = fault.New(fault.Conflict, "joinlink_no_seat", "The firm cannot let anybody else in at the moment. Ask them.")
)
