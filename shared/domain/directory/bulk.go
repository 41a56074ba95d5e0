package directory

import (
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
)

// MaxLines is how many things one request changes (features.md row T2; design.md
// §9 speaks of a bulk of 1,000).
const MaxLines = 1000

// The faults of a request about many things.
var (
	ErrNoLines = fault.On("lines", "lines_missing", "A request is about at least one of them.")
	ErrLines   = fault.On("lines", "too_many_lines", "A request is about up to 1,000 of them. Send the rest in another one.")
	ErrTwice   = fault.New(fault.Conflict, "twice", "This one stands in the list twice. The first one counts.")
	ErrLost    = fault.New(fault.Unavailable, fault.CodeUnavailable, "This one did not get through. Send it again.")
	errUnsure  = fault.New(fault.Unavailable, fault.CodeUnavailable, "This one may have got through: the answer was lost. Look before you send it again.")
)

// countable refuses with lines_missing or too_many_lines what is about none, or
// about more than MaxLines.
func countable(lines int) error {
	switch {
	case lines == 0:
		return ErrNoLines
	case lines > MaxLines:
		return ErrLines
	}
	return nil
}

// Outcome is what a change comes to for one line of a request. One that is
// refused never blocks another.
type Outcome struct {
	Err     error // a *fault.Error: why it is refused
	Changed bool  // else it was so already
	// Sent says that the person was sent their way in; Unsent why not, where the
	// workspace sends by the switch. Neither: nothing was to be sent.
	Sent   bool
	Unsent *fault.Error
}

// Lost is the outcome of a line that is not known to have got through; unsure
// says that it may have.
func Lost(unsure bool) Outcome {
	if unsure {
		return Outcome{Err: errUnsure}
	}
	return Outcome{Err: ErrLost}
}

// Words are the outcome as callers read it: changed, unchanged or refused, and
// why.
func (o Outcome) Words() (verdict string, code fault.Code, detail string) {
	f := fault.As(o.Err)
	switch {
	case f != nil:
		return "refused", f.Code, f.Detail
	case o.Changed:
		return "changed", "", ""
	}
	return "unchanged", "", ""
}

// Group is what must become true together, with the lines it is from.
type Group struct {
	Lines []int
	Set   change.Set
	// Later says that another group is about the same person: this one is
	// decided again once that is committed.
	Later bool
}
