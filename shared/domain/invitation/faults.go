package invitation

import "portero/shared/domain/fault"

// The faults of an invitation. Each sentence says the way out.
var (
	ErrAccepted  = fault.New(fault.Conflict, "invitation_accepted", "This invitation was accepted already. The person is in; change their access instead.")
	ErrDeclined  = fault.New(fault.Conflict, "invitation_declined", "This invitation was declined. Invite the person again if they ask for it.")
	ErrCancelled = fault.New(fault.Conflict, "invitation_cancelled", "This invitation was cancelled. Invite the person again.")
	ErrExpired   = fault.New(fault.Gone, "invitation_expired", "This invitation is over. Ask for a new link.")
	ErrNotDue    = fault.New(fault.Conflict, "invitation_not_due", "Nothing is due for this invitation.")
	ErrTooMany   = fault.New(fault.Conflict, "too_many_grants", "This invitation offers as much as one can hold. Wait until it is accepted.")
)

// over returns why an invitation that is not open cannot be answered.
func over(s State) error {
	switch s {
	case Accepted:
		return ErrAccepted
	case Declined:
		return ErrDeclined
	case Cancelled:
		return ErrCancelled
	case Expired:
		return ErrExpired
	}
	return nil
}
