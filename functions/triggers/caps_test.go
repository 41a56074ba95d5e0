//go:build !rehearsal

package triggers_test

import (
	"testing"
	"time"

	"portero/functions/jobs"
	"portero/shared/app"
	"portero/shared/domain/message"
	"portero/shared/testkit/outbox"
)

func TestCapsHold(t *testing.T) {
	b := outbox.New(t)
	b.Firm.Settings.FirstWeekMails, b.Firm.Settings.DailyMails = 2, 2
	var all []message.Message
	for _, address := range []string{"a@empresa.example", "b@empresa.example", "c@empresa.example"} {
		_, m := b.Invite(address)
		all = append(all, m)
	}
	if d := deliver(b, all...); d.Counts[app.MailSent] != 2 || d.Counts[app.MailHeld] != 1 {
		t.Fatalf("the third is over the day's cap: %+v", d)
	}
	held := b.Message(all[2])
	midnight := time.Date(2026, time.November, 23, 23, 0, 0, 0, time.UTC)
	if held.Delivery != message.Queued || held.Reason != message.ReasonCapped || !held.Due.Equal(midnight) || held.Attempts != 0 || len(held.Secrets) != 0 {
		t.Errorf("kept for the next local day: %+v", held)
	}
	if i := b.InvitationOf(held); i.Delivery != message.Queued || i.Reason != message.ReasonCapped {
		t.Errorf("staff see why: %s, %s", i.Delivery, i.Reason)
	}
	if d := deliver(b, b.Letter(message.PasswordReset, "a@empresa.example")); d.Counts[app.MailSent] != 1 {
		t.Errorf("nobody is kept from signing in by the firm's cap: %+v", d)
	}
	if d := deliver(b, held); d.Counts[app.MailSkipped] != 1 {
		t.Errorf("what was put off waits, however often the stream tells of it: %+v", d)
	}
	b.Clock.Set(midnight)
	var d jobs.Redelivered
	b.At(jobs.Redeliver, midnight, &d)
	if d.Counts[app.MailSent] != 1 || b.Out(held) != 1 {
		t.Errorf("the next day's cap is open: %+v", d)
	}
}

func TestAnAddressIsNotPestered(t *testing.T) {
	b := outbox.New(t)
	b.Firm.Settings.AddressMails = 3
	for n := range 5 {
		m := b.Letter(message.JoinApproved, "lucia@empresa.example")
		want := app.MailSent
		if n >= 3 {
			want = app.MailHeld
		}
		if d := deliver(b, m); d.Counts[want] != 1 {
			t.Errorf("mail %d: %+v", n+1, d)
		}
	}
	notices := map[app.Mailed]int{}
	for range 52 {
		for mailed, n := range deliver(b, b.Letter(message.Accepted, "ana@firm.example")).Counts {
			notices[mailed] += n
		}
	}
	if notices[app.MailSent] != 50 || notices[app.MailFailed] != 2 {
		t.Errorf("a member of staff hears of 50 things a day, the rest stands in the console: %v", notices)
	}
}
