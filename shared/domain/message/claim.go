package message

import (
	"bytes"
	"slices"
	"time"
)

// Claim is what an attempt adds to the message it takes: a lease, and the
// hashes of what it minted.
type Claim struct {
	Name         string // random; see Message.Claim
	At           time.Time
	First        bool   // only if nobody has tried yet; else only what is due
	Secret, Stop []byte // nil for kinds without a link
}

// Turn is whose turn it is with a message.
type Turn uint8

// The turns.
const (
	Finished Turn = iota // sent or given up: nobody's
	Held                 // somebody's, or not yet: the lease lives, or it is not due
	Ready                // whoever claims it
	Spent                // nobody's: all attempts ended without an answer
)

// Turn says whose turn it is at now, for whoever comes after the first attempt.
// A lease holds until, not including, its end. The claim itself decides again,
// by a condition in the database.
func (m Message) Turn(now time.Time) Turn {
	switch {
	case m.Delivery != Queued:
		return Finished
	case m.LeaseUntil.After(now), m.Due.After(now):
		return Held
	case m.Attempts >= MaxAttempts:
		return Spent
	}
	return Ready
}

// Stable reasons of a message that was not sent, beside those of mail.Failure.
const (
	ReasonCapped     = "capped"     // over a cap; goes out when the next window opens
	ReasonHeld       = "held"       // a reminder in quiet hours or on a free day
	ReasonOver       = "over"       // what it is about ended before it was sent
	ReasonStopped    = "stopped"    // the address takes or wants no more mail
	ReasonSuperseded = "superseded" // a newer mail of the same invitation takes its place
	ReasonCompose    = "compose"    // no mail could be made of it
	ReasonGaveUp     = "gave_up"    // MaxAttempts without an answer
	ReasonStore      = "store"      // the database did not answer between claim and send
)

// Sent is the message after SES took it. Every attempt before this one that
// stands in Attempts ended without an answer, so its mail may be out too.
// Recording twice is the same as once; a second mail that SES took by another
// name leaves the first one's.
func (m Message) Sent(ses string, now time.Time) Message {
	m = m.finish()
	m.Duplicates = max(m.Duplicates, m.Attempts-1)
	if m.Delivery.Before(Sent) || m.Delivery == Failed {
		m.Delivery, m.Reason = Sent, ""
	}
	if m.SESID == "" {
		m.SESID, m.SentAt = ses, now
	}
	return m
}

// Release is the message after an attempt that certainly sent nothing: the
// attempt does not count, what it minted is forgotten, and redelivery looks
// again at until.
func (m Message) Release(c Claim, reason string, until time.Time) Message {
	m.LeaseUntil, m.Claim = time.Time{}, ""
	m.Attempts--
	m.Secrets, m.Stops = without(m.Secrets, c.Secret), without(m.Stops, c.Stop)
	m.Reason, m.Due = reason, until
	return m
}

// Retry is the message after an attempt of which nobody knows whether it sent:
// it counts, its secret stays good, and redelivery tries again at until; after
// MaxAttempts the message is failed.
func (m Message) Retry(reason string, until time.Time) Message {
	if m.Attempts >= MaxAttempts {
		return m.Fail(reason)
	}
	m.LeaseUntil, m.Claim = time.Time{}, ""
	m.Reason, m.Due = reason, until
	return m
}

// Fail is a queued message given up, with the reason.
func (m Message) Fail(reason string) Message {
	if m.Delivery == Queued {
		m.Delivery, m.Reason = Failed, reason
	}
	return m.finish()
}

// Told is the message after a report of a state; false if it says nothing new.
// A report proves that the mail is out, so nobody tries again; it is one mail's,
// and every other attempt's may be out too.
func (m Message) Told(d Delivery, reason string) (Message, bool) {
	if !m.Delivery.Before(d) {
		return m, false
	}
	m = m.finish()
	m.Duplicates = max(m.Duplicates, m.Attempts-1)
	m.Delivery, m.Reason = d, reason
	return m, true
}

// finish takes the message out of redelivery's sight.
func (m Message) finish() Message {
	m.LeaseUntil, m.Due, m.Claim, m.Counted = time.Time{}, time.Time{}, "", nil
	return m
}

func without(all [][]byte, one []byte) [][]byte {
	return slices.DeleteFunc(slices.Clone(all), func(h []byte) bool { return one != nil && bytes.Equal(h, one) })
}
