//go:build !rehearsal

package triggers_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"portero/functions/jobs"
	"portero/functions/triggers"
	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/testkit/outbox"
	"portero/shared/testkit/soak"
)

// deliver hands messages to triggers/deliver, as the stream would.
func deliver(b *outbox.Bench, all ...message.Message) triggers.Delivered {
	b.T.Helper()
	var d triggers.Delivered
	if err := b.Call(context.Background(), triggers.Deliver, outbox.Records(all...), &d); err != nil {
		b.T.Fatal(err)
	}
	return d
}

func TestB14AMailOfAFirmWithALookCostsHalfAReadMore(t *testing.T) {
	b := outbox.New(t)
	b.Always(ses.None)
	b.Firm.Look.Footer = "Garrigues & Vega, S.L.P."
	_, m := b.Invite("lucia@empresa.example")
	b.Spent.Reset()
	if d := deliver(b, m); d.Counts[app.MailSent] != 1 {
		t.Fatalf("not sent: %+v", d)
	}
	if tables, indexes := b.Spent.Writes(); tables+indexes > 9 || b.Spent.Reads() > 2.5 {
		t.Errorf("9 write units and 2.5 read units are allowed (keys.go): %v", b.Spent)
	}
}

func TestAMailIsClaimedSentAndRecorded(t *testing.T) {
	b := outbox.New(t)
	b.Always(ses.None)
	i, m := b.Invite("lucia@empresa.example")
	b.Spent.Reset()
	if d := deliver(b, m); d.Counts[app.MailSent] != 1 || len(d.Failures) != 0 || d.Duplicates != 0 {
		t.Fatalf("not sent: %+v", d)
	}
	tables, indexes := b.Spent.Writes()
	if tables+indexes > 9 || b.Spent.Reads() > 2 {
		t.Errorf("design.md §6 allows 9 write units: %v", b.Spent)
	}
	m, i = b.Message(m), b.Invitation(i)
	if m.SESID == "" || !m.SentAt.Equal(b.Now()) || !m.Due.IsZero() || !m.LeaseUntil.IsZero() || m.Attempts != 1 {
		t.Errorf("recorded %+v", m)
	}
	if len(m.Secrets) != 1 || len(m.Stops) != 1 {
		t.Errorf("%d secrets and %d stops for one mail", len(m.Secrets), len(m.Stops))
	}
	b.Settle()
	if i = b.Invitation(i); i.Delivery != message.Delivered || i.DeliveryOf != m.ID {
		t.Errorf("the invitation shows %s of %s", i.Delivery, i.DeliveryOf)
	}
	got := b.LastMailTo("lucia@empresa.example")
	if got.Tags["workspace"] != string(b.Firm.ID) || got.Tags["message"] != string(m.ID) || !strings.Contains(got.Subject, "Garrigues") {
		t.Errorf("sent %q with %v", got.Subject, got.Tags)
	}
}

func TestACodeIsHashedWhereItIsTyped(t *testing.T) {
	b := outbox.New(t)
	v := b.Verification("lucia@empresa.example")
	m := b.Letter(message.Code, "lucia@empresa.example")
	if d := deliver(b, m); d.Counts[app.MailFailed] != 1 || b.Message(m).Reason != message.ReasonOver {
		t.Errorf("a code for nothing is not mailed: %+v", d)
	}
	m = v.Letter(b.Firm, b.Now())
	b.Insert(m)
	if d := deliver(b, b.Message(m)); d.Counts[app.MailSent] != 1 {
		t.Fatalf("not sent: %+v", d)
	}
	got, err := b.App.Store.Verification(context.Background(), v.Workspace, v.ID)
	if err != nil {
		t.Fatal(err)
	}
	code := b.CodeIn(b.LastMailTo("lucia@empresa.example"))
	if err := got.Matches(code, b.App.Cost); err != nil || got.Version != 2 {
		t.Errorf("the mailed code does not match: %v, version %d", err, got.Version)
	}
	if strings.Contains(b.Log.String(), code) {
		t.Error("the code stands in the log")
	}
}

func TestWhatIsNotWantedAnyMoreIsNotSent(t *testing.T) {
	for _, c := range []struct {
		name     string
		happen   func(b *outbox.Bench, m message.Message)
		delivery message.Delivery
		reason   string
	}{
		{"accepted before the claim", func(b *outbox.Bench, m message.Message) {
			i := b.InvitationOf(m)
			i, _ = i.Accept(b.Now())
			b.Replace(i)
		}, message.Failed, message.ReasonOver},
		{"cancelled before the claim", func(b *outbox.Bench, m message.Message) {
			i := b.InvitationOf(m)
			i, _ = i.Cancel(b.Now())
			b.Replace(i)
		}, message.Failed, message.ReasonOver},
		{"expired before the claim, recorded or not", func(b *outbox.Bench, m message.Message) {
			b.Clock.Set(b.InvitationOf(m).ExpiresAt)
		}, message.Failed, message.ReasonOver},
		{"a resend queued a newer mail", func(b *outbox.Bench, m message.Message) {
			i, err := b.InvitationOf(m).Resend("msg_00000000000000000000000000", b.Terms(), b.Now())
			if err != nil {
				b.T.Fatal(err)
			}
			b.Replace(i)
		}, message.Failed, message.ReasonSuperseded},
		{"the address bounced meanwhile", func(b *outbox.Bench, m message.Message) {
			box, _ := b.Mailbox(m.Key).Halt(mailbox.Bounced, "", b.Now())
			b.Replace(box)
		}, message.Suppressed, message.ReasonStopped},
	} {
		b := outbox.New(t)
		_, m := b.Invite("lucia@empresa.example")
		c.happen(b, m)
		d := deliver(b, m)
		if m = b.Message(m); m.Delivery != c.delivery || m.Reason != c.reason || !m.Due.IsZero() || d.Counts[app.MailFailed] != 1 {
			t.Errorf("%s: %s, %s, %+v", c.name, m.Delivery, m.Reason, d)
		}
		if b.Out(m) != 0 {
			t.Errorf("%s: the mail went out", c.name)
		}
	}
}

func TestWhatSESSays(t *testing.T) {
	minute := time.Minute
	for _, c := range []struct {
		name        string
		fault       ses.Fault
		mailed      app.Mailed
		delivery    message.Delivery
		reason      string
		attempts    int
		least, most time.Duration // until it is tried again
		secrets     int
	}{
		{"refused: failed with the reason", ses.Refuse, app.MailFailed, message.Failed, "message_rejected", 1, 0, 0, 1},
		{"throttled: later, the attempt does not count", ses.Throttle, app.MailWaits, message.Queued, "rate", 0, 30 * time.Second, 2 * minute, 0},
		{"out of order: later, the attempt counts", ses.Fail, app.MailAgain, message.Queued, "server_error", 1, minute, 2 * minute, 1},
		{"no answer: later, the attempt counts", ses.Cut, app.MailAgain, message.Queued, "no_answer", 1, minute, 2 * minute, 1},
	} {
		b := outbox.New(t)
		i, m := b.Invite("lucia@empresa.example")
		b.Faulty(c.fault)
		if d := deliver(b, m); d.Counts[c.mailed] != 1 || len(d.Failures) != 0 {
			t.Errorf("%s: %+v", c.name, d)
		}
		m, i = b.Message(m), b.Invitation(i)
		if m.Delivery != c.delivery || m.Reason != c.reason || m.Attempts != c.attempts || len(m.Secrets) != c.secrets {
			t.Errorf("%s: %+v", c.name, m)
		}
		if i.Delivery != c.delivery || i.Reason != c.reason {
			t.Errorf("%s: the invitation shows %s, %s", c.name, i.Delivery, i.Reason)
		}
		if wait := m.Due.Sub(b.Now()); c.most > 0 && (wait < c.least || wait > c.most) {
			t.Errorf("%s: tried again after %v", c.name, wait)
		}
		if c.most == 0 && !m.Due.IsZero() {
			t.Errorf("%s: still due", c.name)
		}
	}
}

func TestTheDaysQuotaOfTheAccount(t *testing.T) {
	b := outbox.New(t)
	_, m := b.Invite("lucia@empresa.example")
	b.System.Mail().SetQuota(ses.Quota{PerDay: 1})
	first := b.Letter(message.Accepted, "ana@firm.example")
	d := deliver(b, first, m)
	if m = b.Message(m); d.Counts[app.MailWaits] != 1 || m.Reason != "quota" || m.Due.Sub(b.Now()) < 10*time.Minute || m.Attempts != 0 {
		t.Errorf("%+v, %+v", d, m)
	}
}

func TestAnAnswerThatIsLostTwiceIsNoSecondMail(t *testing.T) {
	b := outbox.New(t)
	i, m := b.Invite("lucia@empresa.example")
	b.Faulty(ses.Lose)
	if d := deliver(b, m); d.Counts[app.MailAgain] != 1 {
		t.Fatalf("the answer was lost: %+v", d)
	}
	b.Settle() // SES's own report comes
	b.Advance(2 * time.Minute)
	var d jobs.Redelivered
	b.At(jobs.Redeliver, b.Now(), &d)
	if d.Counts[app.MailSkipped] != 1 {
		t.Errorf("it is out already: %+v %v", d, b.Log)
	}
	m, i = b.Message(m), b.Invitation(i)
	if b.Out(m) != 1 || m.Delivery != message.Delivered || i.Delivery != message.Delivered || !m.Due.IsZero() {
		t.Errorf("%d mails, %s, %s", b.Out(m), m.Delivery, i.Delivery)
	}
}

func TestRecordsComeAgainAndInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for trial := range soak.Trials(t, 50) {
		b := outbox.New(t)
		var records []events.DynamoDBEventRecord
		var all []message.Message
		for n := range 12 {
			m := b.Letter(message.Accepted, "ana"+string(rune('a'+n))+"@firm.example")
			all = append(all, m)
			for range 1 + random.IntN(5) {
				records = append(records, outbox.Record(m, len(records)))
			}
		}
		random.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		var split sync.WaitGroup
		for len(records) > 0 {
			n := min(1+random.IntN(10), len(records))
			batch := events.DynamoDBEvent{Records: records[:n]}
			records = records[n:]
			split.Go(func() {
				if err := b.Call(context.Background(), triggers.Deliver, batch, nil); err != nil {
					t.Error(err)
				}
			})
		}
		split.Wait()
		for _, m := range all {
			if got := b.Out(m); got != 1 {
				t.Errorf("trial %d: sent %d times", trial, got)
			}
			if m = b.Message(m); m.Delivery == message.Queued || m.Duplicates != 0 {
				t.Errorf("trial %d: %s, %d duplicates", trial, m.Delivery, m.Duplicates)
			}
		}
	}
}

func TestABatchIsHandedOverAgainFromWhereItStopped(t *testing.T) {
	b := outbox.New(t)
	one, two, three := b.Letter(message.Accepted, "ana@firm.example"), b.Letter(message.Accepted, "bea@firm.example"), b.Letter(message.Accepted, "eva@firm.example")
	event := outbox.Records(one, two, three)
	claims := 0
	b.Wire.Harming(nil, func(_ int, call string) outbox.Harm {
		if call == "UpdateItem" {
			claims++
		}
		if claims > 3 { // one claim and two caps belong to the first mail
			return outbox.LoseCall
		}
		return outbox.Pass
	})
	var d triggers.Delivered
	if err := b.Call(context.Background(), triggers.Deliver, event, &d); err != nil {
		t.Fatal(err)
	}
	b.Wire.Well()
	if len(d.Failures) != 1 || d.Failures[0].ItemIdentifier != event.Records[1].Change.SequenceNumber || d.Counts[app.MailSent] != 1 {
		t.Errorf("reports the first that failed and nothing behind it: %+v", d)
	}
	short, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	d = triggers.Delivered{}
	if err := b.Call(short, triggers.Deliver, event, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Failures) != 1 || d.Failures[0].ItemIdentifier != event.Records[0].Change.SequenceNumber {
		t.Errorf("a mail is not begun that may not be ended: %+v", d)
	}
}

func TestARecordThatIsNotOursKeepsNobodyWaiting(t *testing.T) {
	b := outbox.New(t)
	m := b.Letter(message.Accepted, "ana@firm.example")
	event := outbox.Records(m, m, m, m)
	event.Records[0].Change.NewImage["id"] = events.NewStringAttribute("msg_nonsense")
	event.Records[1].EventName = "MODIFY"
	event.Records[2].Change.NewImage["ws"] = events.NewNumberAttribute("1")
	var d triggers.Delivered
	if err := b.Call(context.Background(), triggers.Deliver, event, &d); err != nil {
		t.Fatal(err)
	}
	if d.Foreign != 3 || d.Counts[app.MailSent] != 1 || len(d.Failures) != 0 {
		t.Errorf("%+v", d)
	}
}
