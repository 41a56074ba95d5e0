package invitation

import (
	"testing"
	"time"

	"portero/shared/domain/message"
)

func TestAwaits(t *testing.T) {
	now := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	open := Invitation{ID: "inv_1", State: Pending, Key: "a@b.example", Message: "msg_1", ExpiresAt: now.Add(time.Hour)}
	mail := message.Message{ID: "msg_1", Kind: message.Reminder, Key: "a@b.example"}
	with := func(change func(*Invitation)) Invitation {
		i := open
		change(&i)
		return i
	}
	for _, c := range []struct {
		name string
		i    Invitation
		want string
	}{
		{"an open invitation awaits its latest mail", open, ""},
		{"nobody who accepted is mailed", with(func(i *Invitation) { i.State = Accepted }), message.ReasonOver},
		{"nor who declined", with(func(i *Invitation) { i.State = Declined }), message.ReasonOver},
		{"nor after a cancel", with(func(i *Invitation) { i.State = Cancelled }), message.ReasonOver},
		{"nor at the instant of expiry, recorded or not", with(func(i *Invitation) { i.ExpiresAt = now }), message.ReasonOver},
		{"nor at an address that was corrected", with(func(i *Invitation) { i.Key = "c@b.example" }), message.ReasonOver},
		{"who wants no reminders gets none", with(func(i *Invitation) { i.Quiet = true }), message.ReasonStopped},
		{"a newer mail takes an older one's place", with(func(i *Invitation) { i.Message = "msg_2" }), message.ReasonSuperseded},
	} {
		if got := c.i.Awaits(mail, now); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	mail.Kind = message.Invitation
	if got := with(func(i *Invitation) { i.Quiet = true }).Awaits(mail, now); got != "" {
		t.Errorf("a resend is not a reminder: %q", got)
	}
}

func TestTold(t *testing.T) {
	at := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	mail := message.Message{ID: "msg_2"}
	for _, c := range []struct {
		name string
		was  Invitation
		d    message.Delivery
		want bool
	}{
		{"the latest mail is heard of for the first time", Invitation{Message: "msg_2", Delivery: message.Queued}, message.Sent, true},
		{"a reminder is sent after the first mail arrived", Invitation{Message: "msg_2", Delivery: message.Delivered, DeliveryOf: "msg_1"}, message.Sent, true},
		{"it says more than before", Invitation{Message: "msg_2", Delivery: message.Sent, DeliveryOf: "msg_2"}, message.Delivered, true},
		{"it says less than before", Invitation{Message: "msg_2", Delivery: message.Delivered, DeliveryOf: "msg_2"}, message.Sent, false},
		{"it is about an older mail", Invitation{Message: "msg_3", Delivery: message.Queued}, message.Bounced, false},
	} {
		got, told := c.was.Told(mail, c.d, "general", at)
		if told != c.want || !told && (got.Delivery != c.was.Delivery || got.DeliveryOf != c.was.DeliveryOf) {
			t.Errorf("%s: %v, %+v", c.name, told, got)
		}
		if told && (got.Delivery != c.d || got.DeliveryOf != "msg_2" || got.Reason != "general" || !got.DeliveryAt.Equal(at)) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestOut(t *testing.T) {
	mail := message.Message{ID: "msg_2"}
	for _, c := range []struct {
		name string
		i    Invitation
		out  bool
	}{
		{"delivered before its sending was recorded", Invitation{Delivery: message.Delivered, DeliveryOf: "msg_2"}, true},
		{"the delivered one is an older mail", Invitation{Delivery: message.Delivered, DeliveryOf: "msg_1"}, false},
		{"put off", Invitation{Delivery: message.Queued, DeliveryOf: "msg_2"}, false},
		{"failed is no proof", Invitation{Delivery: message.Failed, DeliveryOf: "msg_2"}, false},
	} {
		if _, out := c.i.Out(mail); out != c.out {
			t.Errorf("%s: %v", c.name, out)
		}
	}
}
