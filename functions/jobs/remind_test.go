//go:build !rehearsal

package jobs_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/functions/jobs"
	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/domain/audit"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/page"
	"portero/shared/testkit/outbox"
	"portero/shared/testkit/soak"
)

// slots are the default plan's for what is sent on Monday 23 November 2026 at
// 09:00 in Madrid: after 3, 7 and 12 days at 09:00, the last moved from a
// Saturday to Monday.
var slots = []time.Time{
	time.Date(2026, time.November, 26, 8, 0, 0, 0, time.UTC),
	time.Date(2026, time.November, 30, 8, 0, 0, 0, time.UTC),
	time.Date(2026, time.December, 7, 8, 0, 0, 0, time.UTC),
}

func tick(b *outbox.Bench, f app.Function, now time.Time) app.Swept {
	b.T.Helper()
	if now.After(b.Now()) {
		b.Clock.Set(now)
	}
	var s app.Swept
	b.At(f, now, &s)
	return s
}

// reminders are the subjects' numbers mailed to an address, after the streams
// have run.
func reminders(b *outbox.Bench, address string) (n int) {
	b.T.Helper()
	b.Settle()
	all, err := b.System.Mail().Messages(ses.Filter{To: address, Tags: map[string]string{"kind": string(message.Reminder)}})
	if err != nil {
		b.T.Fatal(err)
	}
	return len(all)
}

func TestAReminderCostsSixAndThree(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	b.Spent.Reset()
	if s := tick(b, jobs.Remind, slots[0]); s != (app.Swept{Due: 1, Done: 1}) {
		t.Fatalf("%+v", s)
	}
	tables, indexes := b.Spent.Writes()
	if tables > 6 || indexes > 3+2 { // the two more are the audit trail's indexes, see dynamo/keys.go
		t.Errorf("design.md §6 allows 6 and 3: %v", b.Spent)
	}
	i = b.Invitation(i)
	m, err := b.App.Store.Message(context.Background(), i.Workspace, i.Message)
	if err != nil || m.Kind != message.Reminder || m.Number != 1 || m.Caps.Policy == nil || i.Reminded != 1 || !i.Next.At.Equal(slots[1]) {
		t.Errorf("%+v, %+v, %v", m, i.Next, err)
	}
	if i.Delivery != message.Delivered || i.State != invitation.Pending {
		t.Errorf("queueing a reminder moves nothing in a list: %s", i.Delivery)
	}
	if reminders(b, "lucia@empresa.example") != 1 {
		t.Error("the reminder did not go out")
	}
	if mail := b.LastMailTo("lucia@empresa.example"); b.TokenIn(mail) == "" || mail.Tags["number"] != "1" {
		t.Errorf("a reminder carries a link of its own: %v", mail.Tags)
	}
	trail, _, err := b.App.Store.Audit(context.Background(), b.Firm.ID, audit.Which{Subject: string(i.ID)}, page.Ask{Now: b.Now()})
	if err != nil || len(trail) != 1 || trail[0].Action != "invitation.reminded" || trail[0].Actor != "clock" {
		t.Errorf("trail %+v, %v", trail, err)
	}
}

func TestThePlanIsFollowedToItsEnd(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	for at := b.Now(); at.Before(b.Invitation(i).ExpiresAt); at = at.Add(3 * time.Hour) {
		b.Clock.Set(at)
		tick(b, jobs.Remind, at)
		tick(b, jobs.Remind, at) // twice
		want := 0
		for _, s := range slots {
			if !at.Before(s) {
				want++
			}
		}
		if got := b.Invitation(i).Reminded; got != want {
			t.Fatalf("at %v %d reminders, want %d", at, got, want)
		}
		b.Settle()
	}
	if got := reminders(b, "lucia@empresa.example"); got != 3 {
		t.Errorf("%d reminders mailed", got)
	}
}

func TestNobodyIsRemindedWhoAnsweredOrWantsNone(t *testing.T) {
	now := slots[0]
	for _, c := range []struct {
		name   string
		happen func(b *outbox.Bench, i invitation.Invitation) any
	}{
		{"accepted", func(_ *outbox.Bench, i invitation.Invitation) any { i, _ = i.Accept(now); return i }},
		{"declined", func(_ *outbox.Bench, i invitation.Invitation) any { i, _ = i.Decline(now); return i }},
		{"cancelled", func(_ *outbox.Bench, i invitation.Invitation) any { i, _ = i.Cancel(now); return i }},
		{"silenced by a bounce", func(_ *outbox.Bench, i invitation.Invitation) any { return i.Silence() }},
		{"stopped at another portal", func(b *outbox.Bench, i invitation.Invitation) any {
			box, _ := b.Mailbox(i.Key).Halt(mailbox.Bounced, "", now)
			return box
		}},
		{"complained", func(b *outbox.Bench, i invitation.Invitation) any {
			box, _ := b.Mailbox(i.Key).Halt(mailbox.Complained, "", now)
			return box
		}},
		{"opted out", func(b *outbox.Bench, i invitation.Invitation) any {
			box, _ := b.Mailbox(i.Key).Halt(mailbox.OptedOut, "", now)
			return box
		}},
	} {
		b := outbox.New(t)
		i, _ := b.Invite("lucia@empresa.example")
		b.Settle()
		b.Replace(c.happen(b, b.Invitation(i)))
		for _, at := range slots {
			if s := tick(b, jobs.Remind, at); s.Done != 0 || s.Failed != 0 {
				t.Errorf("%s: %+v", c.name, s)
			}
		}
		if reminders(b, "lucia@empresa.example") != 0 {
			t.Errorf("%s, and was reminded", c.name)
		}
	}
}

// TestAnAnswerBetweenTheTickAndTheMail: the reminder is in the outbox when the
// invitee accepts, and does not go out.
func TestAnAnswerBetweenTheTickAndTheMail(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	tick(b, jobs.Remind, slots[0])
	accepted, err := b.Invitation(i).Accept(b.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.Replace(accepted)
	if reminders(b, "lucia@empresa.example") != 0 {
		t.Error("reminded after accepting")
	}
	if m := b.Message(message.Message{Workspace: i.Workspace, ID: accepted.Message}); m.Delivery != message.Failed || m.Reason != message.ReasonOver {
		t.Errorf("%s, %s", m.Delivery, m.Reason)
	}
}

func TestManyTicksAtOnceRemindOnce(t *testing.T) {
	b := outbox.New(t)
	var all []invitation.Invitation
	for n := range 10 {
		i, _ := b.Invite(fmt.Sprintf("cliente%d@empresa.example", n))
		all = append(all, i)
	}
	b.Settle()
	b.Clock.Set(slots[0])
	var ticks sync.WaitGroup
	for range 6 {
		ticks.Go(func() {
			if err := b.Call(context.Background(), jobs.Remind, app.Tick{Time: slots[0]}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	ticks.Wait()
	for n, i := range all {
		if got := reminders(b, fmt.Sprintf("cliente%d@empresa.example", n)); got != 1 || b.Invitation(i).Reminded != 1 {
			t.Errorf("reminded %d times", got)
		}
	}
}

func TestATickThatComesLate(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	b.Clock.Set(slots[1].Add(26 * time.Hour)) // nothing ran for a week
	late := b.Now()
	if s := tick(b, jobs.Remind, late); s.Done != 1 || b.Invitation(i).Reminded != 2 {
		t.Errorf("of the slots that passed the last one is used: %+v", s)
	}
	if s := tick(b, jobs.Remind, slots[0]); s.Done != 0 {
		t.Errorf("a tick of last week changes nothing: %+v", s)
	}
	if got := reminders(b, "lucia@empresa.example"); got != 1 {
		t.Errorf("%d reminders at once", got)
	}
}

func TestNoReminderInQuietHours(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	night := time.Date(2026, time.November, 26, 19, 30, 0, 0, time.UTC) // 20:30 in Madrid: the tick is late
	if s := tick(b, jobs.Remind, night); s.Skipped != 1 {
		t.Errorf("%+v", s)
	}
	morning := time.Date(2026, time.November, 27, 7, 0, 0, 0, time.UTC)
	if got := b.Invitation(i).Next; !got.At.Equal(morning) {
		t.Errorf("moved to %v", got.At)
	}
	if s := tick(b, jobs.Remind, morning); s.Done != 1 || reminders(b, "lucia@empresa.example") != 1 {
		t.Errorf("%+v", s)
	}
}

func TestAReminderThatSESPutsOffWaitsForTheMorning(t *testing.T) {
	b := outbox.New(t)
	i, _ := b.Invite("lucia@empresa.example")
	b.Settle()
	b.Always(ses.Throttle)
	dusk := time.Date(2026, time.November, 26, 18, 59, 30, 0, time.UTC) // 19:59:30 in Madrid
	tick(b, jobs.Remind, dusk)
	b.Settle()
	b.Always(ses.None)
	tick(b, jobs.Redeliver, dusk.Add(5*time.Minute))
	m := b.Message(message.Message{Workspace: i.Workspace, ID: b.Invitation(i).Message})
	if m.Reason != message.ReasonHeld || !m.Due.Equal(time.Date(2026, time.November, 27, 7, 0, 0, 0, time.UTC)) {
		t.Fatalf("%s until %v", m.Reason, m.Due)
	}
	tick(b, jobs.Redeliver, m.Due)
	if reminders(b, "lucia@empresa.example") != 1 {
		t.Error("not sent in the morning")
	}
}

// TestRemindingCostsWhatIsDue: 100 due cost within a tenth the same calls and
// units among 1,000 pending and among 100,000 (design.md §9); `make test` looks
// at 10,000.
func TestRemindingCostsWhatIsDue(t *testing.T) {
	pending := soak.Trials(t, 100_000)
	few, many := remindingCost(t, 1000), remindingCost(t, pending)
	for what, a := range few {
		if b := many[what]; b > a*1.1 || b < a*0.9 {
			t.Errorf("%s: %g among 1,000, %g among %d", what, a, b, pending)
		}
	}
}

func remindingCost(t *testing.T, pending int) map[string]float64 {
	const due = 100
	b := outbox.New(t)
	var all []invitation.Invitation
	for n := range due {
		i, _ := b.Invite(fmt.Sprintf("cliente%d@empresa.example", n))
		all = append(all, i)
	}
	b.Copies(all, pending-due, slots[2])
	b.Spent.Reset()
	if s := tick(b, jobs.Remind, slots[0]); s.Done != due || s.Left {
		t.Fatalf("%+v", s)
	}
	tables, indexes := b.Spent.Writes()
	return map[string]float64{"calls": float64(b.Spent.Calls()), "reads": b.Spent.Reads(), "writes": tables, "index writes": indexes}
}

func TestOneThatFailsKeepsNobodyWaiting(t *testing.T) {
	b := outbox.New(t)
	broken, _ := b.Invite("rota@empresa.example")
	for n := range 5 {
		b.Invite(fmt.Sprintf("cliente%d@empresa.example", n))
	}
	broken.Portal = "por_00000000000000000000000000" // is not there
	b.Replace(broken)
	if s := tick(b, jobs.Remind, slots[0]); s.Done != 5 || s.Skipped+s.Failed != 1 {
		t.Errorf("%+v", s)
	}
	if strings.Contains(b.Log.String(), "@empresa") {
		t.Error("an address stands in the log")
	}
}

func TestATickEndsBeforeItsTime(t *testing.T) {
	b := outbox.New(t)
	b.Invite("lucia@empresa.example")
	b.Clock.Set(slots[0])
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var s app.Swept
	if err := b.Call(ctx, jobs.Remind, app.Tick{Time: slots[0]}, &s); err != nil || !s.Left || s.Due != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}
