package message

import "time"

// Report is what is known of a mail's delivery since when, for its invitation.
type Report struct {
	Delivery Delivery
	Reason   string // stable words
	At       time.Time
}

// rank orders the states of one mail by how much each says: what comes late or
// again never takes a mail back. Failed is low, because a mail without an
// answer may have gone out after all and be reported later.
var rank = map[Delivery]int{
	Queued: 0, Sent: 1, Failed: 2, Delayed: 3, Delivered: 4, Suppressed: 5, Bounced: 6, Complained: 7,
}

// Before reports whether a mail in state d moves on when next is reported.
func (d Delivery) Before(next Delivery) bool { return rank[d] < rank[next] }

// Earlier returns the states from which a mail moves on to d, in order.
func (d Delivery) Earlier() []Delivery {
	var earlier []Delivery
	for _, s := range []Delivery{Queued, Sent, Failed, Delayed, Delivered, Suppressed, Bounced, Complained} {
		if s.Before(d) {
			earlier = append(earlier, s)
		}
	}
	return earlier
}
