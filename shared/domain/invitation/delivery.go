package invitation

import (
	"time"

	"portero/shared/domain/message"
)

// Awaits says whether a mail to the invitee is still wanted at now: "" if so,
// else the message's reason for not being sent. Nobody who accepted, declined,
// was cancelled, bounced or opted out is mailed, however late the mail comes
// out of the outbox (row C1).
func (i Invitation) Awaits(m message.Message, now time.Time) (reason string) {
	switch {
	case !i.Open(now) || i.Key != m.Key:
		return message.ReasonOver
	case i.Quiet && m.Kind == message.Reminder:
		return message.ReasonStopped
	case i.Message != m.ID:
		return message.ReasonSuperseded
	}
	return ""
}

// Out returns the state that was reported for a mail before its sending was
// recorded, if there is one: it is out, so it must not be sent again.
func (i Invitation) Out(m message.Message) (message.Delivery, bool) {
	out := i.DeliveryOf == m.ID && message.Queued.Before(i.Delivery) && i.Delivery != message.Failed
	return i.Delivery, out
}

// Told is the invitation after a report about one of its mails; false if the
// report is about an older mail or says nothing new.
func (i Invitation) Told(m message.Message, d message.Delivery, reason string, at time.Time) (Invitation, bool) {
	if i.Message != m.ID || i.DeliveryOf == m.ID && !i.Delivery.Before(d) {
		return i, false
	}
	i.Delivery, i.DeliveryAt, i.DeliveryOf, i.Reason = d, at, m.ID, reason
	return i, true
}
