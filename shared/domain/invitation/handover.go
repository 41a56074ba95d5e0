package invitation

import (
	"time"

	"portero/shared/domain/id"
)

// HandOver gives an invitation that may still lead to somebody, open or expired,
// from its inviter to a colleague, in whose name reminders go from then on and
// who hears of it; false if it is not that inviter's, or over.
func (i Invitation) HandOver(from, to id.Identity, name string, now time.Time) (Invitation, bool) {
	if s := i.StateAt(now); i.Inviter != from || from == "" || s != Pending && s != Expired {
		return i, false
	}
	i.Inviter, i.InviterName = to, name
	return i, true
}
