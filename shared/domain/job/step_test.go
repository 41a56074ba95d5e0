package job_test

import (
	"testing"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
)

var now = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// running is a job with so many lines in one part, taken up.
func running(t *testing.T, lines int) (job.Job, job.Part) {
	t.Helper()
	j := job.New(id.New[id.Job](now), id.New[id.Workspace](now), "test", now)
	var all []job.Line
	for n := range lines {
		all = append(all, job.Line{Number: n, Text: "x"})
	}
	var set change.Set
	j = job.Start(&set, j, all, now)
	j, mine := j.Claim("me", now)
	if !mine {
		t.Fatal("a queued job is nobody's")
	}
	return j, set.Writes[0].Record.(job.Part)
}

func writing(n int) job.Result {
	var r job.Result
	r.Verdict = "done"
	for range n {
		r.Set.Insert(job.Entry{})
	}
	return r
}

func TestAStepTakesAsManyWholeLinesAsFitOneTransaction(t *testing.T) {
	with := func(r job.Result, before int) job.Result { r.With = before; return r }
	for name, c := range map[string]struct {
		lines   int
		results []job.Result
		takes   int
		writes  int
	}{
		"three writes a line, 33 of 40 lines":             {40, repeat(writing(2), 40), 33, 100},
		"the part's last line needs room for its removal": {33, repeat(writing(2), 33), 32, 97},
		"a line that changes nothing has its entry":       {5, repeat(writing(0), 5), 5, 7},
		"lines that stand together are not torn": {4, []job.Result{writing(40), writing(60), with(writing(0), 1), writing(1)},
			1, 42},
		"nor are those in between":               {4, []job.Result{writing(40), writing(10), with(writing(0), 2), writing(90)}, 3, 54},
		"a line that is too large takes nothing": {2, []job.Result{writing(99), writing(1)}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			j, p := running(t, c.lines)
			s := j.Take(p, c.results, now)
			if s.Lines != c.takes || len(s.Set.Writes) != c.writes {
				t.Errorf("%d lines in %d writes", s.Lines, len(s.Set.Writes))
			}
			if s.Next.Done != c.takes || s.Next.Counts["done"] > c.takes {
				t.Errorf("%d done, %v", s.Next.Done, s.Next.Counts)
			}
		})
	}
}

func repeat(r job.Result, n int) []job.Result {
	all := make([]job.Result, n)
	for i := range all {
		all[i] = r
	}
	return all
}

func TestAJobEndsWithItsLastLineAndIsKeptForItsReport(t *testing.T) {
	j, p := running(t, 2)
	s := j.Take(p, repeat(writing(1), 2), now)
	if s.Next.State != job.Done || !s.Next.EndedAt.Equal(now) || s.Next.Rubbish(now.Add(job.Kept-time.Second)) || !s.Next.Rubbish(now.Add(job.Kept)) {
		t.Errorf("%+v", s.Next)
	}
	if _, mine := s.Next.Claim("me", now.Add(time.Hour)); mine {
		t.Error("somebody took up what is done")
	}
}

func TestFoundLinesComeBehindAllOthers(t *testing.T) {
	j, p := running(t, 2)
	found := job.Result{Found: []job.Line{{Text: "a"}, {Text: "b"}, {Text: "on", Step: true}}}
	found.Verdict = "done"
	s := j.Take(p, []job.Result{found, writing(0)}, now)
	if s.Lines != 2 || s.Next.Lines != 4 || s.Next.Done != 2 || s.Next.Parts != 2 || s.Next.State != job.Running {
		t.Fatalf("%d taken, %+v", s.Lines, s.Next)
	}
	got := s.Set.Writes[2].Record.(job.Part)
	if got.Number != 1 || got.Lines[0].Number != 2 || got.Lines[1].Number != 3 || !got.Lines[2].Step {
		t.Errorf("%+v", got)
	}
}

func TestAJobIsOneHoldersUntilItsLeaseEnds(t *testing.T) {
	j, _ := running(t, 1)
	if _, mine := j.Claim("other", now.Add(job.LeaseTime-time.Second)); mine {
		t.Error("taken within the lease")
	}
	if _, mine := j.Claim("other", now.Add(job.LeaseTime)); !mine {
		t.Error("nobody may take it after the lease")
	}
	w := j.Wait(now.Add(time.Hour), job.ReasonMailCap)
	if _, mine := w.Claim("other", now.Add(time.Hour-time.Second)); mine {
		t.Error("it waits")
	}
	if got, mine := w.Claim("other", now.Add(time.Hour)); !mine || got.Reason != "" {
		t.Error("it waited long enough")
	}
	if _, mine := j.Release(now).Claim("other", now); !mine {
		t.Error("given up, and nobody may take it")
	}
}
