package job_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
)

// walked does a walk to its end, some lines at a time, and returns what was done
// with what was found, in order.
func walked(t *testing.T, w job.Walk, lines []job.Line, size int) (done []string, steps int) {
	t.Helper()
	w.Do = func(_ context.Context, things []string) ([]job.Result, error) {
		all := make([]job.Result, len(things))
		for n, one := range things {
			done = append(done, one)
			all[n].Verdict = "done"
		}
		return all, nil
	}
	var set change.Set
	j := job.Start(&set, job.New(id.New[id.Job](now), id.New[id.Workspace](now), "test", now), lines, now)
	j, _ = j.Claim("me", now)
	parts := map[int]job.Part{}
	for ; j.State == job.Running; steps++ {
		for _, one := range set.Writes {
			if p, ok := one.Record.(job.Part); ok && one.Op == change.Insert {
				parts[p.Number] = p
			}
		}
		p := parts[j.Part]
		some := p.Lines[j.At:]
		results, err := w.Decide(t.Context(), j, some[:min(size, len(some))])
		if err != nil {
			t.Fatal(err)
		}
		s := j.Take(p, results, now)
		if s.Lines == 0 || steps > 50_000 {
			t.Fatalf("it does not get on: %+v", j)
		}
		j, set = s.Next, s.Set
	}
	if j.State != job.Done || j.Done != len(done) || j.Lines != len(done) {
		t.Fatalf("%+v, %d done", j, len(done))
	}
	return done, steps
}

// things is a leg through so many things of a name, so many at a time.
func things(name string, total, page int) func(context.Context, job.Place) (job.Seen, error) {
	return func(_ context.Context, at job.Place) (job.Seen, error) {
		var s job.Seen
		from, _ := strconv.Atoi(at.After)
		for n := from; n < min(from+page, total); n++ {
			s.Things = append(s.Things, fmt.Sprint(name, at.Of, n))
		}
		if from+page < total {
			s.After = strconv.Itoa(from + page)
		}
		return s, nil
	}
}

// lists is a leg through so many lists, so many at a time.
func lists(total int) func(context.Context, job.Place) (job.Seen, error) {
	return func(ctx context.Context, at job.Place) (job.Seen, error) {
		s, err := things("", total, job.ListsOf)(ctx, at)
		s.Lists, s.Things = s.Things, nil
		for n := range s.Lists {
			s.Lists[n] += "."
		}
		return s, err
	}
}

func TestAWalkComesByEverythingOnce(t *testing.T) {
	for _, c := range []struct {
		name                string
		lists, each, single int
		most                int // steps
	}{
		{"nothing at all", 0, 0, 0, 4},
		{"lists of nothing", 1000, 0, 0, 22},
		{"a few things", 3, 2, 5, 6},
		{"one long list among many", 120, 1, 1000, 30},
		{"many long lists", 60, 650, 0, 900},
	} {
		for _, size := range []int{1, 33, 99} {
			t.Run(fmt.Sprintf("%s, %d lines at a time", c.name, size), func(t *testing.T) {
				ended := 0
				w := job.Walk{Legs: []job.Leg{
					{Name: "single", Look: things("s", c.single, job.PageOf), Then: "lists"},
					{Name: "lists", Look: lists(c.lists), Each: "each", Then: "end"},
					{Name: "each", Look: things("e", c.each, job.PageOf)},
					{Name: "end", Last: true, Look: func(context.Context, job.Place) (job.Seen, error) { ended++; return job.Seen{}, nil }},
				}}
				done, steps := walked(t, w, job.Begin("single"), size)
				all := len(done)
				slices.Sort(done)
				if done = slices.Compact(done); len(done) != all || all != c.lists*c.each+c.single || ended != 1 {
					t.Errorf("%d things, %d of them once, the end was come to %d times", all, len(done), ended)
				}
				if size == 99 && steps > c.most {
					t.Errorf("%d steps", steps)
				}
			})
		}
	}
}

func TestTheLastLegComesBehindWhateverWasFoundAndMayGoBack(t *testing.T) {
	var order []string
	w := job.Walk{Legs: []job.Leg{
		{Name: "lists", Look: lists(3), Each: "each", Then: "end"},
		{Name: "each", Look: things("e", 500, job.PageOf)},
		{Name: "end", Last: true, Look: func(_ context.Context, at job.Place) (job.Seen, error) {
			order = append(order, fmt.Sprintf("end of round %d", at.Round))
			if at.Round < 2 {
				return job.Seen{Back: "lists"}, nil
			}
			return job.Seen{}, nil
		}},
	}}
	done, _ := walked(t, w, job.Begin("lists"), 33)
	if len(done) != 3*1500 || !slices.Equal(order, []string{"end of round 0", "end of round 1", "end of round 2"}) {
		t.Errorf("%d done, %v", len(done), order)
	}
}

func TestALegThatTakesWhatItSeesIsLookedAtAnew(t *testing.T) {
	left := 95
	w := job.Walk{Legs: []job.Leg{{Name: "seats", Look: func(context.Context, job.Place) (job.Seen, error) {
		var s job.Seen
		for range min(left, 30) {
			s.Set.Remove(job.Entry{})
		}
		s.Again = left >= 30
		left -= len(s.Set.Writes)
		return s, nil
	}}}}
	if _, steps := walked(t, w, job.Begin("seats"), 33); left != 0 || steps != 4 {
		t.Errorf("%d left after %d steps", left, steps)
	}
}

func TestAWalkThatNobodyWantsFindsNothing(t *testing.T) {
	w := job.Walk{Wanted: func(context.Context) (bool, error) { return false, nil }, Legs: []job.Leg{{Name: "single", Look: things("s", 10, 5)}}}
	if done, _ := walked(t, w, job.Begin("single"), 33); len(done) != 0 {
		t.Errorf("%v", done)
	}
}

func TestAWalkWaitsOnlyWhereItsFirstStepHasTo(t *testing.T) {
	pause := &job.Pause{Until: now, Reason: job.ReasonSettling}
	w := job.Walk{Legs: []job.Leg{
		{Name: "single", Look: things("s", 3, 5)},
		{Name: "waits", Look: func(context.Context, job.Place) (job.Seen, error) { return job.Seen{}, pause }},
	}}
	lines := job.Begin("single", "waits")
	if got, err := w.Decide(t.Context(), job.Job{}, lines); err != nil || len(got) != 1 || len(got[0].Found) != 3 {
		t.Errorf("%v %+v", err, got)
	}
	if _, err := w.Decide(t.Context(), job.Job{}, lines[1:]); !errors.Is(err, pause) {
		t.Errorf("%v", err)
	}
}

func TestPlacesOfTheVersionBeforeAreRead(t *testing.T) {
	for _, text := range []string{`{"g":"of_account","a":"7.","f":"5"}`, `{"p":"of_account","a":"7.","c":"5"}`, job.Place{Leg: "of_account", Of: "7.", After: "5"}.Line().Text} {
		w := job.Walk{Legs: []job.Leg{{Name: "of_account", Look: things("e", 7, 5)}}}
		if done, _ := walked(t, w, []job.Line{{Step: true, Text: text}}, 9); !slices.Equal(done, []string{"e7.5", "e7.6"}) {
			t.Errorf("%s: %v", text, done)
		}
	}
}

func FuzzAPlaceOfAnything(f *testing.F) {
	f.Add(`{"p":"single"}`)
	f.Add("")
	w := job.Walk{Legs: []job.Leg{{Name: "single", Look: things("s", 10, 5)}}}
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = w.Decide(context.Background(), job.Job{}, []job.Line{{Step: true, Text: text}})
	})
}
