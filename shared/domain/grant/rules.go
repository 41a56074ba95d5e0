package grant

import (
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
)

// The faults of a grant.
var (
	ErrDates  = fault.On("until", "dates_reversed", "The last day of access is before the first.")
	ErrOwner  = fault.On("owner", "owner_unknown", "An owner is one of the workspace's staff.")
	ErrExists = fault.New(fault.Conflict, "already_granted", "This contact was granted access here already. Change that grant.")
)

// State is what a grant comes to at an instant, in words that people read.
type State string

// The states of a grant.
const (
	Granted State = "granted" // never sent (row T3)
	Invited State = "invited" // offered, not accepted yet
	Active  State = "active"
	NotYet  State = "not_yet" // before its first day
	Over    State = "over"    // after its last day
	Off     State = "off"     // the sign-in switch is off
)

// StateAt returns what the grant comes to at now, its dates read in zone.
func (g Grant) StateAt(now time.Time, zone *time.Location) State {
	today := localtime.DateOf(now, zone)
	switch {
	case !g.SignIn:
		return Off
	case !g.Until.IsZero() && today.After(g.Until):
		return Over
	case g.AcceptedAt.IsZero() && g.Invitation == "":
		return Granted
	case g.AcceptedAt.IsZero():
		return Invited
	case !g.From.IsZero() && today.Before(g.From):
		return NotYet
	}
	return Active
}

// Check refuses with dates_reversed a grant that could never let anybody in.
func (g Grant) Check() error {
	if !g.From.IsZero() && !g.Until.IsZero() && g.Until.Before(g.From) {
		return ErrDates
	}
	return nil
}

// Pending reports whether somebody is still awaited here (row T10): sign-in is
// switched on and nobody has accepted. It ends with the first sign-in, which is
// what accepting is.
func (g Grant) Pending() bool { return g.SignIn && g.AcceptedAt.IsZero() }

// Sent notes the invitation that offers the grant, and when it was last mailed.
func (g Grant) Sent(by id.Invitation, at time.Time) Grant {
	g.Invitation, g.SentAt = by, at
	return g
}

// Unsent makes the grant "granted, never sent": no invitation offers it any more.
func (g Grant) Unsent() Grant { return g.Sent("", time.Time{}) }

// Withdrawn switches sign-in off on what nobody accepted, and says that no
// invitation offers it any more; byHost: the member who offered it did.
func (g Grant) Withdrawn(byHost bool) Grant {
	g.SignIn, g.TakenBack = false, byHost
	return g.Unsent()
}

// OfferedBy reports whether what somebody offered last is still offered, or was
// until its invitation ended by itself.
func (g Grant) OfferedBy(who id.Identity) bool {
	return g.InvitedBy == who && g.Pending() && g.Invitation != ""
}

// Unbound takes the grant from the identity that accepted it: the contact has
// another address now, and whoever reads that must accept anew. The switches
// and the role stay.
func (g Grant) Unbound() Grant {
	g.Identity, g.AcceptedAt = "", time.Time{}
	return g.Unsent()
}
