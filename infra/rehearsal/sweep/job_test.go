//go:build rehearsal

package sweep

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"

	"portero/infra/rehearsal/invariant"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
	"portero/shared/testkit"
)

// takesAll reports whether a row takes everybody's things that are due, as jobs
// do.
func takesAll(row contract.Row) bool {
	return slices.ContainsFunc(row.Base().Uses.Tables, func(a contract.Access) bool { return a.Index == schema.Due })
}

// lanes is how many systems a job's cases are spread over: a tick takes
// everybody's things that are due, so a system has one case at a time (chosen;
// most of a case is the SDK's pauses).
const lanes = 6

// sweepJob tries everything on a job's calls, in each of its scenes. A case is a workspace in which
// something is due; after it the job and redelivery tick on.
func sweepJob(t *testing.T, row contract.Row, count *tally) {
	builds := scenes[row.Base().Name]
	if builds == nil {
		builds = []func(*testkit.World) *scene{small}
	}
	for n, build := range builds {
		t.Run(fmt.Sprint("scene ", n+1), func(t *testing.T) {
			t.Parallel()
			sweepScene(t, row, build, count)
		})
	}
	count.add(1, 0, 0, 0)
}

// sweepScene tries everything on a job's calls in one scene.
func sweepScene(t *testing.T, row contract.Row, build func(*testkit.World) *scene, count *tally) {
	job := row.Base().Name
	var stages []*stage
	for range lanes {
		s := newStage(t, build)
		s.world.Clock.Set(testkit.Start.Add(due[job]))
		event, err := sample(job)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = s.system.Invoke(t.Context(), job, json.RawMessage(event)) // what the scene itself left due
		s.onwards(job)                                                   // is over
		stages = append(stages, s)
	}
	first := stages[0]
	once, twice := &attempt{row: row, asks: 1}, &attempt{row: row, asks: 2}
	first.tickOver(once)
	first.tickOver(twice)
	if once.status[0] != 200 {
		t.Fatalf("%s: a tick without a fault fails: %v", job, once.said)
	}
	calls := first.wire.seen(once.tag)
	var cases []*attempt
	for _, c := range calls {
		for _, try := range trials(c) {
			cases = append(cases, &attempt{row: row, trial: try})
		}
	}
	count.scene(row, calls, len(cases))
	if writes(row) && !slices.ContainsFunc(calls, func(c call) bool { return !c.reads() && !c.counts }) {
		t.Errorf("%s may write, and its scene changes nothing", job)
	}
	mine := make([][]*attempt, lanes)
	for n, a := range cases {
		mine[n%lanes] = append(mine[n%lanes], a)
	}
	var wait sync.WaitGroup
	for n, s := range stages {
		wait.Go(func() {
			for _, a := range mine[n] {
				s.tickOver(a)
			}
		})
	}
	wait.Wait()
	first.look([]*attempt{once, twice})
	if once.trace == "" {
		t.Fatalf("%s: left no trace", job)
	}
	for n, s := range stages {
		s.invariants(invariant.Options{Settled: true})
		s.look(mine[n])
		for _, a := range mine[n] {
			if s.wire.hit(a.tag) {
				count.add(0, 0, 0, 1)
			} else {
				t.Errorf("%s: the call was not made; answered with %q", a, a.said)
			}
			if a.trace != once.trace && a.trace != twice.trace {
				t.Errorf("%s: answered with %q; it did not happen once: %s", a, a.said, difference(once.trace, a.trace))
			}
		}
	}
}

// tickOver makes a case: something is due, a tick meets the fault, and the clock
// goes on. The clock is put back for each; what the cases before left is over.
func (s *stage) tickOver(a *attempt) {
	s.world.Clock.Set(testkit.Start.Add(due[a.row.Base().Name]))
	if err := s.place(a); err != nil {
		s.t.Error(err)
		return
	}
	if a.asks == 0 {
		s.wire.plan(a.tag, a.trial)
	}
	s.ask(a)
	s.wire.lift(a.tag)
	if a.asks != 1 {
		s.ask(a) // as Lambda, or the operator, does after a failure
	}
	s.onwards(a.row.Base().Name)
}
