//go:build !rehearsal

package jobs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"portero/functions/jobs"
	"portero/shared/app"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/testkit/outbox"
)

// maker makes a contact of every line, and refuses what says so.
type maker struct {
	j   job.Job
	now func() time.Time
}

func making(_ *app.App, j job.Job, now func() time.Time) (job.Worker, error) {
	return maker{j, now}, nil
}

func (m maker) Decide(_ context.Context, _ job.Job, lines []job.Line) ([]job.Result, error) {
	var all []job.Result
	for _, l := range lines {
		r := job.Result{Entry: job.Entry{Verdict: "made", Address: l.Text}}
		switch l.Text {
		case "refused":
			r = job.Refuse("refused", fault.New(fault.Invalid, "refused", "No."))
		case "clashes": // with what is there already, each time
			r.Set.Insert(contact.Contact{Workspace: m.j.Workspace, ID: id.Named[id.Contact]("0"), CreatedAt: m.now()})
		case "waits":
			if m.now().Before(m.j.CreatedAt.Add(time.Hour)) {
				return nil, &job.Pause{Until: m.j.CreatedAt.Add(time.Hour), Reason: job.ReasonMailCap}
			}
		default:
			r.Set.Insert(contact.Contact{Workspace: m.j.Workspace, ID: id.Named[id.Contact](l.Text), Name: l.Text, CreatedAt: m.now()})
		}
		all = append(all, r)
	}
	return all, nil
}

var advanceTest = jobs.AdvanceWith("test", making)

// bulk stores a job of the test's kind.
func bulk(b *outbox.Bench, lines ...string) job.Job {
	b.T.Helper()
	all := make([]job.Line, len(lines))
	for n, text := range lines {
		all[n] = job.Line{Number: n, Text: text}
	}
	return bulkOf(b, all...)
}

func bulkOf(b *outbox.Bench, all ...job.Line) job.Job {
	b.T.Helper()
	var set change.Set
	j := job.Start(&set, job.New(id.New[id.Job](b.Now()), b.Firm.ID, "test", b.Now()), all, b.Now())
	b.Commit(set)
	return j
}

func jobNow(b *outbox.Bench, j job.Job) job.Job {
	b.T.Helper()
	got, err := b.App.Store.Job(context.Background(), j.Workspace, j.ID)
	if err != nil {
		b.T.Fatal(err)
	}
	return got
}

// report reads every entry, and fails the test unless there is one per line.
func report(b *outbox.Bench, j job.Job) []job.Entry {
	b.T.Helper()
	var all []job.Entry
	for ask := (page.Ask{Oldest: true, Limit: 500, Now: b.Now()}); ; {
		some, next, err := b.App.Store.JobEntries(context.Background(), j.Workspace, j.ID, ask)
		if err != nil {
			b.T.Fatal(err)
		}
		all = append(all, some...)
		if ask.Cursor = next; next == "" {
			break
		}
	}
	for n, e := range all {
		if e.Number != n {
			b.T.Fatalf("the %dth entry is of line %d", n, e.Number)
		}
	}
	return all
}

func TestAJobDoesEachLineOnceAndEndsWithItsReport(t *testing.T) {
	b := outbox.New(t)
	var lines []string
	for n := range 250 {
		lines = append(lines, fmt.Sprint(n))
	}
	lines[7], lines[100], lines[101] = "refused", "clashes", "refused"
	j := bulk(b, lines...)
	b.At(advanceTest, b.Now(), nil)
	j = jobNow(b, j)
	if j.State != job.Done || j.Done != 250 || j.Counts["made"] != 247 || j.Counts["refused"] != 2 || j.Counts["failed"] != 1 {
		t.Fatalf("%+v", j)
	}
	if all := report(b, j); len(all) != 250 || all[7].Verdict != "refused" || all[100].Verdict != "failed" || all[249].Verdict != "made" {
		t.Errorf("%d entries", len(all))
	}
	if _, err := b.App.Store.JobPart(context.Background(), j.Workspace, j.ID, 0); fault.As(err) == nil {
		t.Errorf("what was sent in is there still: %v", err)
	}
	b.Advance(job.Kept)
	b.At(advanceTest, b.Now(), nil)
	if _, err := b.App.Store.Job(context.Background(), j.Workspace, j.ID); fault.As(err) == nil {
		t.Errorf("it is kept for ever: %v", err)
	}
}

func TestAJobThatHasToWaitGoesOnWhenItMay(t *testing.T) {
	b := outbox.New(t)
	j := bulk(b, "1", "2", "waits", "3")
	b.At(advanceTest, b.Now(), nil)
	if j = jobNow(b, j); j.State != job.Waiting || j.Reason != job.ReasonMailCap {
		t.Fatalf("%+v", j)
	}
	b.Advance(59 * time.Minute)
	b.At(advanceTest, b.Now(), nil)
	b.Advance(time.Minute)
	b.At(advanceTest, b.Now(), nil)
	if j = jobNow(b, j); j.State != job.Done || j.Done != 4 {
		t.Errorf("%+v", j)
	}
}

// TestAJobThatIsKilledAnywhereGoesOnBehindItsLastEntry ends the process at every
// kind of call, before and after it was done, until the job is.
func TestAJobThatIsKilledAnywhereGoesOnBehindItsLastEntry(t *testing.T) {
	b := outbox.New(t)
	b.App.Config.Workers = 1
	var lines []string
	for n := range 1000 {
		lines = append(lines, fmt.Sprint(n))
	}
	lines[500] = "clashes"
	j := bulk(b, lines...)
	kills := 0
	for j = jobNow(b, j); !j.State.Over(); j = jobNow(b, j) {
		ctx, die := context.WithCancel(context.Background())
		at, harm := 2+rand.IntN(12), []outbox.Harm{outbox.DieBefore, outbox.DieAfter, outbox.LoseAnswer}[rand.IntN(3)]
		b.Wire.Harming(die, func(n int, _ string) outbox.Harm {
			if n == at {
				return harm
			}
			return outbox.Pass
		})
		if err := b.Call(ctx, advanceTest, app.Tick{Time: b.Now()}, nil); err != nil {
			kills++
		}
		die()
		b.Wire.Well()
		b.Advance(job.LeaseTime)
		if kills > 1000 {
			t.Fatal("it does not get on")
		}
	}
	if all := report(b, j); len(all) != 1000 || j.Counts["made"] != 999 || j.Counts["failed"] != 1 {
		t.Errorf("%d entries, %v", len(all), j.Counts)
	}
	if strings.Contains(b.Log.String(), "panic") {
		t.Error(b.Log.String())
	}
}
