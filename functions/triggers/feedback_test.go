//go:build !rehearsal

package triggers_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"portero/functions/triggers"
	"portero/infra/local/standin/ses"
	"portero/shared/domain/audit"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/page"
	"portero/shared/testkit/outbox"
	"portero/shared/testkit/soak"
)

// about is an event of SES about a message, in the form that EventBridge hands
// over (detail by detail as the gate makes them).
func about(m message.Message, kind, detail string) json.RawMessage {
	return json.RawMessage(`{"detail-type":"x","source":"aws.ses","time":"2026-11-23T08:00:05Z","detail":{"eventType":"` + kind + `",
		"mail":{"messageId":"ses-1","tags":{"workspace":["` + string(m.Workspace) + `"],"message":["` + string(m.ID) + `"],"kind":["` + string(m.Kind) + `"]}},` + detail + `}}`)
}

const (
	hard     = `"bounce":{"bounceType":"Permanent","bounceSubType":"NoEmail","timestamp":"2026-11-23T08:00:04.123Z","bouncedRecipients":[{"emailAddress":"lucia@empresa.example","status":"5.1.1","diagnosticCode":"smtp; 550 <lucia@empresa.example> unknown"}]}`
	soft     = `"bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull","timestamp":"2026-11-23T08:00:04.123Z","bouncedRecipients":[{"status":"4.2.2"}]}`
	listed   = `"bounce":{"bounceType":"Permanent","bounceSubType":"OnAccountSuppressionList","timestamp":"2026-11-23T08:00:04.123Z","bouncedRecipients":[{"status":"5.1.1"}]}`
	spam     = `"complaint":{"timestamp":"2026-11-23T08:00:04.123Z","complaintFeedbackType":"abuse"}`
	arrived  = `"delivery":{"timestamp":"2026-11-23T08:00:03.500Z"}`
	delayed  = `"deliveryDelay":{"timestamp":"2026-11-23T08:00:02.000Z","delayType":"MailboxFull"}`
	rejected = `"reject":{"reason":"Bad content"}`
)

func hear(b *outbox.Bench, event json.RawMessage) triggers.Heard {
	b.T.Helper()
	var h triggers.Heard
	if err := b.Call(context.Background(), triggers.Feedback, event, &h); err != nil {
		b.T.Fatal(err)
	}
	return h
}

func TestADeliveryCostsTwoWriteUnits(t *testing.T) {
	b := outbox.Deaf(t)
	i, m := b.Invite("lucia@empresa.example")
	deliver(b, m)
	b.Spent.Reset()
	if h := hear(b, about(m, "Delivery", arrived)); h.Effect != triggers.Recorded {
		t.Fatalf("%+v", h)
	}
	if tables, indexes := b.Spent.Writes(); tables != 1 || indexes > 1 {
		t.Errorf("design.md §6 allows 2 write units: %v", b.Spent)
	}
	at := time.Date(2026, time.November, 23, 8, 0, 3, 0, time.UTC)
	if i = b.Invitation(i); i.Delivery != message.Delivered || !i.DeliveryAt.Equal(at) {
		t.Errorf("the invitation shows %s since %v", i.Delivery, i.DeliveryAt)
	}
	b.Spent.Reset()
	if h := hear(b, about(m, "Delivery", arrived)); h.Effect != triggers.Nothing {
		t.Errorf("the same again: %+v", h)
	}
	if tables, indexes := b.Spent.Writes(); tables+indexes > 1 {
		t.Errorf("the same again costs its failed condition: %v", b.Spent)
	}
}

func TestWhatEachEventDoes(t *testing.T) {
	for _, c := range []struct {
		name, kind, detail string
		message, shown     message.Delivery
		reason             string
		stop               mailbox.Reason
		quiet, notice      bool
	}{
		{"an address that does not work", "Bounce", hard, message.Bounced, message.Bounced, "no_email", mailbox.Bounced, true, true},
		{"an address on SES's list", "Bounce", listed, message.Suppressed, message.Suppressed, "on_account_suppression_list", mailbox.Suppressed, true, true},
		{"a full mailbox", "Bounce", soft, message.Sent, message.Delayed, "mailbox_full", "", false, false},
		{"a complaint", "Complaint", spam, message.Complained, message.Complained, "complaint", mailbox.Complained, true, false},
		{"a delay", "DeliveryDelay", delayed, message.Sent, message.Delayed, "", "", false, false},
		{"a virus", "Reject", rejected, message.Failed, message.Failed, "rejected_content", "", false, false},
		{"a send", "Send", `"send":{}`, message.Sent, message.Sent, "", "", false, false},
		{"an open, which we never ask for", "Open", `"open":{}`, message.Sent, message.Sent, "", "", false, false},
		{"an event SES may invent", "Teleport", `"x":{}`, message.Sent, message.Sent, "", "", false, false},
	} {
		b := outbox.Deaf(t)
		i, m := b.Invite("lucia@empresa.example")
		deliver(b, m)
		for range 10 {
			hear(b, about(m, c.kind, c.detail))
		}
		m, i = b.Message(m), b.Invitation(i)
		box := b.Mailbox(m.Key)
		if m.Delivery != c.message || i.Delivery != c.shown || i.Reason != c.reason || i.Quiet != c.quiet {
			t.Errorf("%s: message %s, invitation %s (%s), quiet %v", c.name, m.Delivery, i.Delivery, i.Reason, i.Quiet)
		}
		if c.stop == "" && box.Stop != nil || c.stop != "" && (box.Stop == nil || box.Stop.Reason != c.stop || strings.Contains(box.Stop.Detail, "@")) {
			t.Errorf("%s: the address is stopped by %+v", c.name, box.Stop)
		}
		b.Settle()
		want := 0
		if c.notice {
			want = 1
		}
		if got := len(b.MailTo("ana@firm.example")); got != want {
			t.Errorf("%s: the inviter was told %d times", c.name, got)
		}
		trail, _, err := b.App.Store.Audit(context.Background(), b.Firm.ID, audit.Which{Subject: string(i.ID)}, page.Ask{Now: b.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if c.message != message.Sent && (len(trail) != 1 || trail[0].Action != "mail."+string(c.message) || trail[0].Actor != "service") || c.message == message.Sent && len(trail) != 0 {
			t.Errorf("%s: trail %+v", c.name, trail)
		}
	}
}

func TestEventsInAnyOrderAndAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	for trial := range soak.Trials(t, 120) {
		b := outbox.Deaf(t)
		i, m := b.Invite("lucia@empresa.example")
		deliver(b, m)
		var all []json.RawMessage
		for range 3 {
			all = append(all, about(m, "Delivery", arrived), about(m, "DeliveryDelay", delayed), about(m, "Bounce", hard), about(m, "Send", `"send":{}`))
		}
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, e := range all {
			hear(b, e)
		}
		m, i = b.Message(m), b.Invitation(i)
		b.Settle()
		if m.Delivery != message.Bounced || i.Delivery != message.Bounced || len(b.MailTo("ana@firm.example")) != 1 {
			t.Fatalf("trial %d: %s, %s, %d notices", trial, m.Delivery, i.Delivery, len(b.MailTo("ana@firm.example")))
		}
	}
}

func TestEventsAboutOtherMails(t *testing.T) {
	b := outbox.Deaf(t)
	i, first := b.Invite("lucia@empresa.example")
	deliver(b, first)
	again, err := b.Invitation(i).Resend("msg_00000000000000000000000001", b.Terms(), b.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.Replace(again)
	hear(b, about(first, "Delivery", arrived))
	if m, i := b.Message(first), b.Invitation(i); m.Delivery != message.Delivered || i.Delivery != message.Queued {
		t.Errorf("an older mail's state stands on the message alone: %s, %s", m.Delivery, i.Delivery)
	}
	hear(b, about(first, "Bounce", hard))
	if i := b.Invitation(i); i.Delivery != message.Queued || !i.Quiet {
		t.Errorf("an older mail that bounced at the same address stops reminders: %s, %v", i.Delivery, i.Quiet)
	}
	notice := b.Letter(message.Accepted, "ana@firm.example")
	deliver(b, notice)
	hear(b, about(notice, "Bounce", hard))
	if m := b.Message(notice); m.Delivery != message.Bounced || b.Mailbox(notice.Key).Stop == nil {
		t.Errorf("a notice that bounced: %s", m.Delivery)
	}
}

func TestABounceOfAnAddressThatWasCorrected(t *testing.T) {
	b := outbox.Deaf(t)
	i, m := b.Invite("lucia@empresa.example")
	deliver(b, m)
	moved, err := b.Invitation(i).Readdress(b.Address("lucia@otra.example"), "msg_00000000000000000000000001", b.Terms(), b.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.Replace(moved)
	hear(b, about(m, "Bounce", hard))
	if i = b.Invitation(i); i.Quiet || i.Delivery != message.Queued {
		t.Errorf("the invitation goes on at its new address: %+v", i)
	}
	b.Settle()
	if b.Mailbox(m.Key).Stop == nil || len(b.MailTo("ana@firm.example")) != 0 {
		t.Error("the old address is stopped, and nobody is told what they corrected already")
	}
}

func TestAReportThatComesBeforeTheRecord(t *testing.T) {
	b := outbox.Deaf(t)
	_, m := b.Invite("lucia@empresa.example")
	b.Faulty(ses.Lose)
	deliver(b, m) // put off: nobody knows
	hear(b, about(m, "Bounce", hard))
	b.Advance(2 * time.Minute)
	if m = redeliver(b, m); m.Delivery != message.Bounced || b.Out(m) != 1 {
		t.Errorf("%s, %d mails", m.Delivery, b.Out(m))
	}
}

func TestForeignEventsAreIgnored(t *testing.T) {
	b := outbox.Deaf(t)
	_, m := b.Invite("lucia@empresa.example")
	stranger := m
	stranger.ID = "msg_00000000000000000000000009"
	broken := m
	broken.ID = "msg_<script>"
	other := m
	other.Workspace = "ws_00000000000000000000000009"
	for name, e := range map[string]json.RawMessage{
		"a message that is not there": about(stranger, "Bounce", hard), "another workspace's": about(other, "Bounce", hard),
		"nonsense": about(broken, "Bounce", hard), "no tags": json.RawMessage(`{"detail":{"eventType":"Bounce"}}`), "nothing": json.RawMessage(`{}`),
		"two of a tag": json.RawMessage(`{"detail":{"eventType":"Bounce","mail":{"tags":{"workspace":["a","b"]}}}}`),
	} {
		if h := hear(b, e); h.Effect != triggers.Foreign {
			t.Errorf("%s: %+v", name, h)
		}
	}
	if b.Mailbox(m.Key).Stop != nil {
		t.Error("an address was stopped by somebody else's event")
	}
}

func TestTheSimulatorsAddresses(t *testing.T) {
	for _, c := range []struct {
		address string
		want    message.Delivery
	}{
		{"success@simulator.amazonses.com", message.Delivered}, {"bounce@simulator.amazonses.com", message.Bounced},
		{"ooto@simulator.amazonses.com", message.Delivered}, {"complaint@simulator.amazonses.com", message.Complained},
		{"suppressionlist@simulator.amazonses.com", message.Suppressed},
	} {
		b := outbox.New(t)
		i, _ := b.Invite(c.address)
		b.Settle() // the system's own stream, gate and feedback
		if i = b.Invitation(i); i.Delivery != c.want {
			t.Errorf("%s: %s", c.address, i.Delivery)
		}
	}
}
