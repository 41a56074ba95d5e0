package invariant

import (
	"slices"
	"time"

	"portero/infra/local/standin/ses"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
)

// numbered is a mail that may be there once per sending of its invitation.
type numbered struct {
	invitation id.Invitation
	number     int
}

// outbox looks at each message, and compares it with its invitation.
func (c *check) outbox() {
	firsts, reminders := map[id.Invitation]int{}, map[numbered]int{}
	for _, m := range c.messages {
		c.message(m)
		switch m.Kind {
		case message.Invitation, message.Credentials, message.StaffInvitation:
			firsts[m.Invitation]++
		case message.Reminder:
			reminders[numbered{m.Invitation, m.Number}]++
		}
	}
	for _, i := range c.offers {
		c.must(firsts[i.ID] == i.Sends, "%s: %s was sent %d times, the outbox has %d mails of it", i.Workspace, i.ID, i.Sends, firsts[i.ID])
		c.agrees(i, c.messages[i.Message])
	}
	c.stopped()
	for k, n := range reminders {
		i := c.offers[k.invitation]
		c.must(n <= i.Sends, "%s: reminder %d of %s is there %d times for %d sendings", i.Workspace, k.number, k.invitation, n, i.Sends)
	}
}

// inFlight is how long after a stop a mail may still go out that was claimed
// before it: the lease, and clocks that are ten minutes apart either way.
const inFlight = 25 * time.Minute

// stopped looks for mails that went to an address after its holder asked for no
// more (statement 14). A bounce or complaint stops an address when its report
// comes in, but is dated by the report, which may come late: the tests of
// triggers/feedback and triggers/deliver hold those.
func (c *check) stopped() {
	for _, m := range c.messages {
		box := c.boxes[boxKey{m.Workspace, m.Key}]
		late := box.Stop != nil && box.Stop.Reason == mailbox.OptedOut && m.SentAt.After(box.Stop.At.Add(inFlight)) && !box.Takes(m.Kind)
		c.must(!late, "%s: %s (%s) went out at %s to an address that was stopped before", m.Workspace, m.ID, m.Kind, m.SentAt)
	}
}

// message looks at one.
func (c *check) message(m message.Message) {
	queued := m.Delivery == message.Queued
	c.must(queued == !m.Due.IsZero() && queued == c.due[string(m.ID)], "%s: %s is %q, which the due index knows otherwise", m.Workspace, m.ID, m.Delivery)
	c.must(queued || (m.LeaseUntil.IsZero() && m.Claim == ""), "%s: %s is %q and still claimed", m.Workspace, m.ID, m.Delivery)
	c.must(m.Attempts <= message.MaxAttempts, "%s: %s was tried %d times", m.Workspace, m.ID, m.Attempts)
	if m.Invitation != "" {
		_, there := c.offers[m.Invitation]
		c.must(there, "%s: %s is about %s, which is not there", m.Workspace, m.ID, m.Invitation)
	}
	if c.options.Settled && queued {
		lost := !m.Due.After(c.now) && !m.LeaseUntil.After(c.now)
		c.must(!lost, "%s: %s is queued for good: due at %s, %q", m.Workspace, m.ID, m.Due, m.Reason)
	}
}

// agrees compares an invitation with its latest mail. What is reported of a mail
// may stand on the invitation alone, so it may know more, never less.
func (c *check) agrees(i invitation.Invitation, m message.Message) {
	unsaid := m.Reason == message.ReasonOver || m.Reason == message.ReasonSuperseded // of what nobody waits for any more
	if i.DeliveryOf == m.ID {
		c.must(unsaid || !i.Delivery.Before(m.Delivery), "%s: %s shows its mail as %s, which is %s", i.Workspace, i.ID, i.Delivery, m.Delivery)
		return
	}
	c.must(unsaid || m.Delivery == message.Queued, "%s: %s has not heard that its mail %s is %s", i.Workspace, i.ID, m.ID, m.Delivery)
}

// out are the states of a mail that SES took.
var out = []message.Delivery{message.Sent, message.Delivered, message.Delayed, message.Bounced, message.Complained}

// mails compares what SES took with the outbox: each mail once, or as often as
// its message admits; never without one.
func (c *check) mails() {
	if c.options.Mails == nil {
		return
	}
	cleared := map[id.Workspace]bool{} // of a test client, mails that went out have gone
	for _, e := range c.entries {
		cleared[e.Workspace] = cleared[e.Workspace] || e.Action == "contact.removed"
	}
	sent := map[id.Message][]ses.Message{}
	for _, m := range c.options.Mails {
		sent[id.Message(m.Tags["message"])] = append(sent[id.Message(m.Tags["message"])], m)
	}
	for name, all := range sent {
		m, there := c.messages[name]
		c.must(there || cleared[id.Workspace(all[0].Tags["workspace"])], "a mail went out for %q, which is not in the outbox", name)
		for _, one := range all {
			right := len(one.Destinations) == 1 && email.Address(one.Destinations[0]).Key() == m.Key
			c.must(!there || right, "%s: %s went to somebody else", m.Workspace, name)
		}
	}
	for _, m := range c.messages {
		n := len(sent[m.ID])
		switch {
		case slices.Contains(out, m.Delivery):
			c.must(n > 0, "%s: %s is %s and never went out", m.Workspace, m.ID, m.Delivery)
			c.must(n <= 1+m.Duplicates, "%s: %s (%s) went out %d times and admits %d duplicates", m.Workspace, m.ID, m.Kind, n, m.Duplicates)
		default:
			c.must(n <= m.Attempts, "%s: %s is %q after %d tries and went out %d times", m.Workspace, m.ID, m.Delivery, m.Attempts, n)
		}
	}
}
