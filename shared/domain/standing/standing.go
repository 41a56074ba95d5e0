package standing

import (
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
)

// State is an account's, derived (design.md §2).
type State string

// The states.
const (
	Active  State = "active"  // somebody may sign in now
	Pending State = "pending" // nobody yet, but a sign-in switch is on
	Offline State = "offline" // neither
)

// Job derives standings.
const Job = "assess"

// ErrState refuses a state that is none.
var ErrState = fault.On("state", "state_unknown", "A state is active, pending or offline.")

// Standing is what an account came to when it was last derived.
type Standing struct {
	Workspace id.Workspace `json:"ws"`
	Account   id.Account   `json:"account"`
	State     State        `json:"state"`
	LastAt    time.Time    `json:"last_at,omitempty"` // the last sign-in, to the day; zero: never
	Version   int          `json:"v"`
}

// Seen is the same account's place among all, by its last sign-in.
type Seen struct {
	Workspace id.Workspace `json:"ws"`
	Account   id.Account   `json:"account"`
	LastAt    time.Time    `json:"last_at,omitempty"`
	Version   int          `json:"v"`
}

// Held is a grant with what deriving needs beside it.
type Held struct {
	grant.Grant
	Zone *time.Location // that its dates are read in
	Out  bool           // whoever accepted it is deactivated (row Z17)
}

// Of derives what grants come to at now, and when somebody was last in; test
// clients are not counted (row T6).
func Of(all []Held, now time.Time) (State, time.Time) {
	state, last := Offline, time.Time{}
	for _, h := range all {
		if h.Test {
			continue
		}
		if at := h.LastSignIn(); at.After(last) {
			last = at
		}
		switch h.StateAt(now, h.Zone) {
		case grant.Active:
			if !h.Out {
				state = Active
			}
		case grant.Granted, grant.Invited, grant.NotYet:
			if state == Offline {
				state = Pending
			}
		}
	}
	return state, last
}

// Turns is the next instant after now at which the grant comes to something else
// by its dates; zero: none does.
func (h Held) Turns(now time.Time) time.Time {
	var next time.Time
	for _, day := range []localtime.Date{h.From, after(h.Until)} {
		if day.IsZero() || !h.SignIn {
			continue
		}
		at := localtime.Resolve(day, localtime.Clock{}, h.Zone)
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// after is the first day that is over, of a last day.
func after(last localtime.Date) localtime.Date {
	if last.IsZero() {
		return last
	}
	return last.AddDays(1)
}
