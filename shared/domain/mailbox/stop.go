package mailbox

import (
	"time"

	"portero/shared/domain/message"
)

// weight orders the reasons: one that only the person may lift is not
// overwritten by one that staff may.
var weight = map[Reason]int{Suppressed: 1, Bounced: 2, Complained: 3, OptedOut: 4}

// Halt returns the mailbox stopped for a reason, and whether that says anything
// new: a reason that weighs no more than the present one changes nothing.
// detail holds no address.
func (m Mailbox) Halt(why Reason, detail string, at time.Time) (Mailbox, bool) {
	if m.Stop != nil && weight[m.Stop.Reason] >= weight[why] {
		return m, false
	}
	m.Stop = &Stop{Reason: why, At: at, Detail: detail}
	return m, true
}

// Takes reports whether mail of a kind may go to the address. An address that
// does not work gets nothing until staff correct it (row B1). One that asked
// for no more mail, or complained, still gets what that person asks for or what
// guards their password.
func (m Mailbox) Takes(k message.Kind) bool {
	if m.Stop == nil {
		return true
	}
	switch m.Stop.Reason {
	case Complained, OptedOut:
		return k.Essential()
	}
	return false
}
