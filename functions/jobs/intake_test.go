//go:build !rehearsal

package jobs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"portero/functions/jobs"
	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/domain/id"
	"portero/shared/domain/intake"
	"portero/shared/domain/job"
	"portero/shared/testkit/outbox"
	"portero/shared/testkit/soak"
)

// listed stores a job over a file's rows.
func listed(b *outbox.Bench, s intake.Spec, file string) job.Job {
	b.T.Helper()
	table, err := intake.Read([]byte(file), "")
	if err != nil {
		b.T.Fatal(err)
	}
	m, err := intake.Map(table.Header, "")
	if err != nil {
		b.T.Fatal(err)
	}
	j := job.New(id.New[id.Job](b.Now()), b.Firm.ID, intake.Kind, b.Now())
	j.Spec, j.Creator = s.Text(), b.Inviter.ID
	lines := intake.Lines(intake.Rows(table, m))
	parts := job.Pack(j, lines)
	for _, p := range parts {
		b.Insert(p)
	}
	j = j.With(lines, len(parts)).Queue(b.Now())
	b.Insert(j)
	return j
}

// people is a file of so many rows, of which every hundredth is no address and
// every hundredth repeats the one before.
func people(n int) string {
	out := "email,name,company\n"
	for i := range n {
		address := fmt.Sprintf("p%d@client.example", i)
		switch i % 100 {
		case 37:
			address = "nobody"
		case 38:
			address = fmt.Sprintf("p%d@client.example", i-2)
		}
		out += fmt.Sprintf("%s,P %d,Company %d\n", address, i, i/100)
	}
	return out
}

// TestT1RowsOfAFileKilledAtRandom invites everybody of a file by a job that is
// ended at every kind of call, before and after it was done: one message to each
// good row, one verdict a row, one account a name. A firm's day takes 2,000
// mails; the job waits for the next.
func TestT1RowsOfAFileKilledAtRandom(t *testing.T) {
	rows := soak.Trials(t, 10_000)
	b := outbox.New(t)
	b.App.Config.Workers = 1
	j := listed(b, intake.Spec{Access: intake.Invite, Portal: b.Door.ID}, people(rows))
	kills, waits := 0, 0
	for ; !j.State.Over(); j = jobNow(b, j) {
		ctx, die := context.WithCancel(context.Background())
		at, harm := 4+rand.IntN(60), []outbox.Harm{outbox.DieBefore, outbox.DieAfter, outbox.LoseAnswer}[rand.IntN(3)]
		b.Wire.Harming(die, func(n int, _ string) outbox.Harm {
			if n != at {
				return outbox.Pass
			}
			kills++
			return harm
		})
		_ = b.Call(ctx, jobs.Advance, app.Tick{Time: b.Now()}, nil) // what it did is seen in what is stored
		die()
		b.Wire.Well()
		b.Advance(job.LeaseTime)
		if now := jobNow(b, j); now.State == job.Waiting {
			if now.Reason == job.ReasonMailCap {
				waits++
				b.Settle() // the day's mails go out on their day
			}
			b.Advance(now.Due.Sub(b.Now()))
		}
		if kills > 20*rows {
			t.Fatal("it does not get on")
		}
	}
	b.Settle()
	bad := 0
	for n, e := range report(b, j) {
		want := "invited"
		switch n % 100 {
		case 37:
			want = "malformed"
		case 38:
			want = "twice"
		}
		mails := b.Gate.Count(ses.Filter{To: e.Address, Tags: map[string]string{"kind": "invitation"}})
		if want == "malformed" && mails != 0 || want != "malformed" && mails != 1 {
			t.Errorf("%d mails to %s", mails, e.Address)
		}
		if want != "invited" {
			bad++
		}
		if e.Verdict != want || e.Row != n+2 {
			t.Fatalf("line %d: %+v", n, e)
		}
	}
	if j.State != job.Done || j.Done != rows || j.Counts["invited"] != rows-bad {
		t.Fatalf("%+v", j)
	}
	for n := range (rows + 99) / 100 {
		if all, err := b.App.Store.AccountsNamed(context.Background(), b.Firm.ID, fmt.Sprintf("Company %d", n)); err != nil || len(all) != 1 {
			t.Errorf("company %d: %d accounts, %v", n, len(all), err)
		}
	}
	t.Logf("killed, or robbed of an answer, %d times; waited for %d mornings", kills, waits)
}
