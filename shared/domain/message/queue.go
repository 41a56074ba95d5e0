package message

import "time"

// JobRedeliver names the due partition of unfinished messages.
const JobRedeliver = "redeliver"

const (
	// Lease is how long a claim keeps others away: twice the delivery
	// function's timeout (design.md §5).
	Lease = 2 * DeliverTimeout
	// DeliverTimeout is the timeout of triggers/deliver and jobs/redeliver's
	// share for one mail (chosen; a send takes well under a second).
	DeliverTimeout = 30 * time.Second
)

// Queue readies a message for the outbox at now. Its due key stands one lease
// ahead: the stream delivers at once, and only what is overdue is looked at by
// jobs/redeliver, so the fast path never moves the key.
func (m Message) Queue(now time.Time) Message {
	m.Delivery, m.CreatedAt, m.Due = Queued, now, now.Add(Lease)
	return m
}
