//go:build !rehearsal

package triggers_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"portero/functions/jobs"
	"portero/functions/triggers"
	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/domain/message"
	"portero/shared/testkit/outbox"
)

// TestMain lets more tests run at once than there are processors: those that
// lose calls wait for the SDK's retries.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "12"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// mails are what the fault tests send: one to an invitee and one to staff, whose
// outcomes are recorded in different ways.
var mails = map[string]func(b *outbox.Bench) message.Message{
	"an invitation": func(b *outbox.Bench) message.Message {
		_, m := b.Invite("lucia@empresa.example")
		return m
	},
	"a notice": func(b *outbox.Bench) message.Message { return b.Letter(message.Accepted, "ana@firm.example") },
	"a code": func(b *outbox.Bench) message.Message {
		m := b.Verification("lucia@empresa.example").Letter(b.Firm, b.Now())
		b.Insert(m)
		return b.Message(m)
	},
}

// redeliver ticks, each time later, until nothing is queued any more.
func redeliver(b *outbox.Bench, m message.Message) message.Message {
	b.T.Helper()
	for _, wait := range []time.Duration{61 * time.Second, 2 * time.Minute, 2 * time.Minute, 15 * time.Minute, 90 * time.Minute, 8 * time.Hour, time.Minute} {
		if m = b.Message(m); m.Delivery != message.Queued {
			return m
		}
		b.Advance(wait)
		b.At(jobs.Redeliver, b.Now(), nil)
	}
	return b.Message(m)
}

// patience is what a mail gets where SES hangs: the tests wait that long, and
// for nothing else.
const patience = 30 * time.Millisecond

func TestASESThatHangsIsLeftByTheMailsOwnTime(t *testing.T) {
	for what, mail := range mails {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := outbox.Deaf(t)
			first, second := mail(b), b.Letter(message.Accepted, "eva@firm.example")
			b.Faulty(ses.Hang)
			b.Impatient(patience)
			ctx, cancel := context.WithTimeout(context.Background(), message.DeliverTimeout)
			defer cancel()
			var d triggers.Delivered
			if err := b.Call(ctx, triggers.Deliver, outbox.Records(first), &d); err != nil || d.Counts[app.MailAgain] != 1 || len(d.Failures) != 0 {
				t.Fatalf("it is not the function's time that ends it: %+v, %v", d, err)
			}
			if m := b.Message(first); m.Reason != "no_answer" || m.Attempts != 1 || !m.LeaseUntil.IsZero() || m.Claim != "" || m.Due.IsZero() {
				t.Errorf("nobody holds it, and the clock will look: %+v", m)
			}
			b.Impatient(0)
			deliver(b, second)
			first, second = redeliver(b, first), b.Message(second)
			if first.Delivery != message.Sent || b.Out(first) != 1 || first.Duplicates != 1 {
				t.Errorf("%s, %d mails, %d possible duplicates", first.Delivery, b.Out(first), first.Duplicates)
			}
			if second.Delivery != message.Sent || b.Out(second) != 1 {
				t.Errorf("the next one: %s, %d mails", second.Delivery, b.Out(second))
			}
		})
	}
}

// TestEveryCallOfADeliveryMayGoWrong makes each call of a delivery go wrong in
// each way, once: nothing is lost, nothing stays queued, no mail goes out more
// than once, or twice where the process died and SES says nothing.
func TestEveryCallOfADeliveryMayGoWrong(t *testing.T) {
	harms := map[string]outbox.Harm{
		"is lost": outbox.LoseCall, "loses its answer": outbox.LoseAnswer,
		"is never made, the process dies": outbox.DieBefore, "is the last, the process dies": outbox.DieAfter,
	}
	for what, mail := range mails {
		well := outbox.Deaf(t)
		m := mail(well)
		well.Wire.Well()
		deliver(well, m)
		calls := well.Wire.Calls()
		for at, call := range calls {
			for how, harm := range harms {
				dies := harm == outbox.DieBefore || harm == outbox.DieAfter
				for where, start := range map[string]func(testing.TB) *outbox.Bench{"SES reports": outbox.New, "SES is silent": outbox.Deaf} {
					if where == "SES reports" && !dies && call != "SendRawEmail" {
						continue // nothing is reported that would change it
					}
					t.Run(fmt.Sprintf("%s/%d %s %s/%s", what, at+1, call, how, where), func(t *testing.T) {
						t.Parallel()
						b := start(t)
						suffer(b, mail(b), at+1, harm, where == "SES reports")
					})
				}
			}
		}
	}
}

func suffer(b *outbox.Bench, m message.Message, at int, harm outbox.Harm, reports bool) {
	b.T.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b.Wire.Harming(cancel, func(n int, _ string) outbox.Harm {
		if n == at {
			return harm
		}
		return outbox.Pass
	})
	_ = b.Call(ctx, triggers.Deliver, outbox.Records(m), nil) // an error is what Lambda repeats; the clock must do without
	b.Wire.Well()
	b.Gate.Drain()
	m = redeliver(b, m)
	b.Gate.Drain()
	out, most := b.Out(m), 1
	if !reports && (harm == outbox.DieBefore || harm == outbox.DieAfter || harm == outbox.LoseAnswer) {
		most = 2
	}
	if out < 1 || out > most {
		b.T.Errorf("the mail went out %d times", out)
	}
	if m.Delivery != message.Sent && m.Delivery != message.Delivered || !m.Due.IsZero() {
		b.T.Errorf("the message is %s (%s), due %v", m.Delivery, m.Reason, m.Due)
	}
	if m.Duplicates < out-1 || m.Duplicates > 1 {
		b.T.Errorf("%d duplicates counted for %d mails", m.Duplicates, out)
	}
	if m.Kind.ToInvitee() {
		if i := b.InvitationOf(m); i.Delivery != message.Sent && i.Delivery != message.Delivered {
			b.T.Errorf("the invitation shows %s", i.Delivery)
		}
	}
}

func TestAnOutageOfSESLosesNothing(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault ses.Fault
	}{{"out of order", ses.Fail}, {"throttling", ses.Throttle}, {"cutting connections", ses.Cut}, {"hanging", ses.Hang}} {
		b := outbox.New(t)
		if c.fault == ses.Hang {
			b.Impatient(patience)
		}
		b.Always(c.fault)
		var all []message.Message
		for n := range 12 {
			all = append(all, b.Letter(message.JoinApproved, fmt.Sprintf("cliente%d@empresa.example", n)))
		}
		deliver(b, all[:10]...)
		for range 6 * 12 { // six hours
			b.Advance(5 * time.Minute)
			b.At(jobs.Redeliver, b.Now(), nil)
		}
		b.Always(ses.None)
		b.Impatient(0)
		for range 10 {
			b.Advance(time.Hour)
			b.At(jobs.Redeliver, b.Now(), nil)
		}
		for _, m := range all {
			if m = b.Message(m); m.Delivery == message.Queued || m.Delivery == message.Failed || b.Out(m) != 1 {
				t.Fatalf("%s: %s (%s) after %d attempts, %d mails", c.name, m.Delivery, m.Reason, m.Attempts, b.Out(m))
			}
		}
	}
}

func TestAMailWithoutAnAnswerIsGivenUpInTheEnd(t *testing.T) {
	for fault, reason := range map[ses.Fault]string{ses.Fail: "server_error", ses.Hang: "no_answer"} {
		b := outbox.Deaf(t)
		i, m := b.Invite("lucia@empresa.example")
		b.Always(fault)
		if fault == ses.Hang {
			b.Impatient(patience)
		}
		deliver(b, m)
		m = redeliver(b, m)
		if m.Delivery != message.Failed || m.Reason != reason || m.Attempts != message.MaxAttempts || b.Out(m) != 0 || !m.Due.IsZero() {
			t.Errorf("%s (%s) after %d attempts", m.Delivery, m.Reason, m.Attempts)
		}
		if i = b.Invitation(i); i.Delivery != message.Failed || i.Reason != reason {
			t.Errorf("the invitation shows %s, %s", i.Delivery, i.Reason)
		}
	}
}

func TestAMailWhoseEveryAttemptDiedIsGivenUpInTheEnd(t *testing.T) {
	b := outbox.Deaf(t)
	_, m := b.Invite("lucia@empresa.example")
	for range message.MaxAttempts {
		ctx, cancel := context.WithCancel(context.Background())
		b.Wire.Harming(cancel, func(_ int, call string) outbox.Harm {
			if call == "SendRawEmail" {
				return outbox.DieBefore
			}
			return outbox.Pass
		})
		_ = b.Call(ctx, triggers.Deliver, outbox.Records(m), nil)
		_ = b.Call(ctx, jobs.Redeliver, map[string]any{"time": b.Now()}, nil)
		b.Advance(61 * time.Second)
	}
	b.Wire.Well()
	if m = redeliver(b, m); m.Delivery != message.Failed || m.Reason != message.ReasonGaveUp || m.Attempts != message.MaxAttempts {
		t.Errorf("%s (%s) after %d attempts", m.Delivery, m.Reason, m.Attempts)
	}
}
