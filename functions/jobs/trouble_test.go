//go:build !rehearsal

package jobs_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"portero/functions/jobs"
	"portero/shared/app"
	"portero/shared/domain/fault"
	"portero/shared/domain/intake"
	"portero/shared/domain/job"
	"portero/shared/testkit/outbox"
)

// stumbler does lines; of its steps, it can do none while the road is blocked.
type stumbler struct{ blocked *bool }

var errBlocked = errors.New("blocked")

func (s stumbler) Decide(_ context.Context, _ job.Job, lines []job.Line) ([]job.Result, error) {
	if !lines[0].Step {
		return []job.Result{{Entry: job.Entry{Verdict: "done"}}}, nil
	}
	if *s.blocked {
		return nil, errBlocked
	}
	return []job.Result{{Found: []job.Line{{Text: "found"}}}}, nil
}

func TestAStepThatFailsIsNeverLeftOutAndStaffMayResumeItsJob(t *testing.T) {
	b := outbox.New(t)
	blocked := true
	advance := jobs.AdvanceWith("test", func(*app.App, job.Job, func() time.Time) (job.Worker, error) { return stumbler{&blocked}, nil })
	j := bulkOf(b, job.Line{Step: true, Text: "look"})
	for n, wait := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour} {
		_ = b.Call(context.Background(), advance, app.Tick{Time: b.Now()}, nil)
		got := jobNow(b, j)
		if got.State != job.Waiting || got.Reason != job.ReasonTrouble || got.Troubles != n+1 || got.Due.Sub(b.Now()).Round(10*time.Second) != wait {
			t.Fatalf("the %dth time: %+v, at %s", n, got, b.Now())
		}
		b.Clock.Set(got.Due)
	}
	got := jobNow(b, j)
	resumed, err := got.Resume(b.Now())
	if err != nil || resumed.State != job.Queued || resumed.Troubles != 0 {
		t.Fatalf("%v %+v", err, resumed)
	}
	b.Replace(resumed)
	blocked = false
	b.At(advance, b.Now(), nil)
	if got = jobNow(b, j); got.State != job.Done || got.Counts["done"] != 1 || got.Troubles != 0 {
		t.Errorf("%+v", got)
	}
	if _, err := got.Resume(b.Now()); fault.As(err) != job.ErrGoesOn {
		t.Errorf("a job that is done: %v", err)
	}
}

func TestAJobOfAKindThatThisVersionDoesNotKnowWaitsForOneThatDoes(t *testing.T) {
	b := outbox.New(t)
	j := bulk(b, "1", "2")
	other := jobs.AdvanceWith("another", making)
	_ = b.Call(context.Background(), other, app.Tick{Time: b.Now()}, nil)
	if got := jobNow(b, j); got.State != job.Waiting || got.Reason != job.ReasonUnknown {
		t.Fatalf("%+v", got)
	}
	b.Advance(time.Minute)
	b.At(advanceTest, b.Now(), nil)
	if got := jobNow(b, j); got.State != job.Done || got.Counts["made"] != 2 {
		t.Errorf("%+v", got)
	}
}

func TestARestoreStopsWhatWritesToPeopleAndNothingElse(t *testing.T) {
	if got := jobs.Mailing(); !slices.Equal(got, []job.Kind{intake.Kind}) {
		t.Fatalf("those that write to people: %v", got)
	}
	b := outbox.New(t)
	for mails, want := range map[bool]job.State{true: job.Stopped, false: job.Done} {
		j := bulk(b, "of "+string(want))
		b.App.Config.Restored = b.Now().Add(time.Hour)
		f := jobs.AdvanceMailing("test", making, mails)
		b.At(f, b.Now(), nil)
		got := jobNow(b, j)
		if got.State != want {
			t.Fatalf("%t: %+v", mails, got)
		}
		if !mails {
			continue
		}
		b.Advance(2 * time.Hour)
		resumed, err := got.Resume(b.Now())
		if err != nil {
			t.Fatal(err)
		}
		b.Replace(resumed)
		b.At(f, b.Now(), nil)
		if got = jobNow(b, j); got.State != job.Done || got.Counts["made"] != 1 {
			t.Errorf("once somebody says so: %+v", got)
		}
	}
}

// TestALineOfWhichNothingCameNeverGetsThroughAllTheSame loses the answer of each
// commit: what is said to have failed did.
func TestALineOfWhichNothingCameNeverGetsThroughAllTheSame(t *testing.T) {
	b := outbox.New(t)
	j := bulk(b, "0", "clashes", "2")
	for range 20 {
		ctx, cancel := context.WithCancel(context.Background())
		b.Wire.Harming(cancel, func(n int, call string) outbox.Harm {
			if call == "TransactWriteItems" && n%2 == 0 {
				return outbox.LoseAnswer
			}
			return outbox.Pass
		})
		_ = b.Call(ctx, advanceTest, app.Tick{Time: b.Now()}, nil)
		b.Wire.Well()
		cancel()
		b.Advance(job.LeaseTime)
	}
	for _, e := range report(b, j) {
		if e.Verdict != map[int]string{0: "made", 1: "failed", 2: "made"}[e.Number] {
			t.Errorf("%+v", e)
		}
	}
	if got := jobNow(b, j); got.State != job.Done || got.Counts["made"] != 2 || got.Counts["failed"] != 1 {
		t.Errorf("%+v", got)
	}
}
