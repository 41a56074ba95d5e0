package message

import "time"

// ReasonRestored is the reason of a mail that waits since the tables were
// restored, or was given up because of that.
const ReasonRestored = "restored"

// parkedFor is how long a parked mail waits by itself: until it is released
// (chosen; longer than anybody waits).
const parkedFor = 100 * 365 * 24 * time.Hour

// Predates reports whether the mail is older than a restore of the tables: the
// tables that were lost may have recorded that it was sent. It is what the
// clock makes late, too: of a reminder counts when it was due, for one that was
// sent before the restore is due once more after it. Without a restore, nothing
// predates it; nor does what was released.
func (m Message) Predates(restored time.Time) bool {
	decided := m.CreatedAt
	if !m.For.IsZero() {
		decided = m.For
	}
	return m.Released.IsZero() && decided.Before(restored)
}

// Passing reports whether the clock made the mail: a reminder, or a notice of
// what the console shows. After a restore it is given up rather than kept: the
// next one comes by itself, and one that comes late must not wait for a release
// that was before it.
func (m Message) Passing() bool { return !m.For.IsZero() }

// Park is the claimed message that waits for its release.
func (m Message) Park(c Claim) Message { return m.Release(c, ReasonRestored, c.At.Add(parkedFor)) }

// LetGo is a parked message as it goes on: it is sent when redelivery next
// looks, or given up. False if it does not wait for that.
func (m Message) LetGo(drop bool, now time.Time) (Message, bool) {
	if m.Delivery != Queued || m.Reason != ReasonRestored || m.LeaseUntil.After(now) {
		return m, false
	}
	m.Released = now
	if drop {
		return m.Fail(ReasonRestored), true
	}
	m.Reason, m.Due = "", now
	return m, true
}
