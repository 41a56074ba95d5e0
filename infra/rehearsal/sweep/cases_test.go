//go:build rehearsal

package sweep

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"portero/functions"
	"portero/infra/rehearsal"
	"portero/infra/rehearsal/invariant"
	"portero/shared/contract"
	"portero/shared/dynamo/schema"
)

// tally counts what was tried of what there is to try.
type tally struct {
	mu                      sync.Mutex
	rows, calls, all, tried int
	lines                   []string // a row each
}

// row counts a row with its calls.
func (c *tally) row(row contract.Row, calls []call, all int) {
	c.add(1, 0, 0, 0)
	c.scene(row, calls, all)
}

// scene counts a row's calls in one scene, and what there is to try on them.
func (c *tally) scene(row contract.Row, calls []call, all int) {
	c.add(0, len(calls), all, 0)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines = append(c.lines, fmt.Sprintf("  %s: %d on %v", row.Base().Name, all, calls))
}

// report says what was tried. make sweep prints it.
func (c *tally) report(t *testing.T) {
	slices.Sort(c.lines)
	text := fmt.Sprintf("%s\nswept: %d functions, %d calls, %d of %d call × fault × depth tried\n", strings.Join(c.lines, "\n"), c.rows, c.calls, c.tried, c.all)
	t.Log(text)
	if dir := os.Getenv(rehearsal.EnvLedgers); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, rehearsal.SweepReport), []byte(text), 0o600); err != nil {
			t.Error(err)
		}
	}
}

func (c *tally) add(rows, calls, all, tried int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows, c.calls, c.all, c.tried = c.rows+rows, c.calls+calls, c.all+all, c.tried+tried
}

func TestD5EveryFaultOnEveryCall(t *testing.T) {
	var count tally
	t.Cleanup(func() {
		count.report(t)
		narrowed := strings.Contains(flag.Lookup("test.run").Value.String(), "/") // to some rooms, by hand
		if count.tried != count.all || count.rows != len(functions.All()) && !narrowed {
			t.Errorf("not everything was tried: %d of %d, %d of %d functions", count.tried, count.all, count.rows, len(functions.All()))
		}
	})
	rooms := map[string][]contract.Row{}
	for _, row := range functions.Rows() {
		room, _, _ := strings.Cut(row.Base().Name, "/")
		if takesAll(row) {
			room = row.Base().Name
		}
		rooms[room] = append(rooms[room], row)
	}
	for _, room := range slices.Sorted(maps.Keys(rooms)) {
		t.Run(room, func(t *testing.T) {
			t.Parallel()
			if takesAll(rooms[room][0]) {
				sweepJob(t, rooms[room][0], &count)
				return
			}
			build := large(rooms[room])
			if room == "triggers" {
				build = queued
			}
			sweepRoom(newStage(t, build), rooms[room], &count)
		})
	}
}

// atOnce is how many cases run at the same time (chosen; they wait more than
// they work, and a function has ten processes).
const atOnce = 16

// sweepRoom tries everything on some rows, all their cases at once.
func sweepRoom(s *stage, rows []contract.Row, count *tally) {
	t := s.t
	began := s.world.Now()
	once, twice := faultless(s, rows)
	var cases []*attempt
	for n, row := range rows {
		calls := s.wire.seen(once[n].tag)
		of := 0
		for _, c := range calls {
			for _, try := range trials(c) {
				cases = append(cases, &attempt{row: row, trial: try})
				of++
			}
		}
		count.row(row, calls, of)
		if writes(row) && !slices.ContainsFunc(calls, func(c call) bool { return !c.reads() && !c.counts }) {
			t.Errorf("%s may write, and its sample changes nothing", row.Base().Name)
		}
	}
	if len(cases) == 0 {
		return
	}
	wrong := s.round(cases, once, twice, atOnce)
	// What went wrong is tried once more, by itself: on a machine that does too
	// much at once the SDK's time is up without any fault of ours. A defect stays.
	var again []*attempt
	for _, a := range cases {
		if s.wire.hit(a.tag) {
			count.add(0, 0, 0, 1)
		}
		if len(wrong[a]) > 0 {
			again = append(again, &attempt{row: a.row, trial: a.trial})
			t.Logf("tried again: %s", wrong[a])
		}
	}
	if len(again) == 0 {
		return
	}
	s.world.Clock.Set(began) // sessions are as fresh as before
	once, twice = faultless(s, rows)
	wrong = s.round(again, once, twice, 2)
	for _, a := range again {
		for _, w := range wrong[a] {
			t.Error(w)
		}
	}
}

// writes reports whether a row may write to core: its success path must, then.
func writes(row contract.Row) bool {
	return slices.ContainsFunc(row.Base().Uses.Tables, func(a contract.Access) bool {
		return a.Table == schema.Core && (slices.Contains(a.Ops, contract.Put) || slices.Contains(a.Ops, contract.Update))
	})
}

// round tries cases, lets their callers ask again, and says what is wrong with
// each.
func (s *stage) round(cases, once, twice []*attempt, atOnce int) map[*attempt][]string {
	never := &attempt{row: cases[0].row} // nobody asks
	if err := s.place(never); err != nil {
		s.t.Fatal(err)
	}
	together(cases, atOnce, func(a *attempt) {
		if err := s.place(a); err != nil {
			s.t.Error(err)
			return
		}
		s.wire.plan(a.tag, a.trial)
		s.ask(a)
		s.wire.lift(a.tag)
	})
	s.world.Settle()
	s.invariants(invariant.Options{})
	s.look(slices.Concat(cases, once))
	early := map[*attempt]string{}
	for _, a := range cases {
		early[a] = a.trace
	}
	together(cases, atOnce, s.ask)
	s.onwards()
	s.invariants(invariant.Options{Settled: true})
	wrong := map[*attempt][]string{}
	settled := map[string]string{}
	for _, a := range once {
		settled[a.row.Base().Name] = a.trace
	}
	s.look(slices.Concat(cases, once, twice, []*attempt{never}))
	for n, o := range once {
		for _, a := range cases {
			if a.row.Base().Name != o.row.Base().Name {
				continue
			}
			wrong[a] = judge(a, o, twice[n], never.trace)
			if !s.wire.hit(a.tag) {
				wrong[a] = append(wrong[a], fmt.Sprintf("%s: the call was not made; answered with %q", a, a.said))
			}
			_, isAPI := a.row.(contract.Endpoint)
			if isAPI && a.status[0] < 400 && early[a] != settled[a.row.Base().Name] {
				wrong[a] = append(wrong[a], fmt.Sprintf("%s: answered with %d before it had happened: %s", a, a.status[0], difference(settled[a.row.Base().Name], early[a])))
			}
		}
	}
	return wrong
}

// faultless asks once, and twice, without a fault: what everything is compared
// with.
func faultless(s *stage, rows []contract.Row) (once, twice []*attempt) {
	for _, row := range rows {
		once = append(once, &attempt{row: row, asks: 1})
		twice = append(twice, &attempt{row: row, asks: 2})
	}
	together(append(slices.Clone(once), twice...), atOnce, func(a *attempt) {
		if err := s.place(a); err != nil {
			s.t.Error(err)
			return
		}
		for range a.asks {
			s.ask(a)
		}
	})
	for _, a := range once {
		if len(a.status) == 0 || a.status[0] >= 400 {
			s.t.Errorf("%s: its sample is answered with %v", a.row.Base().Name, a.status)
		}
	}
	return once, twice
}

// judge compares a case with what happens without a fault; never is the trace of
// a workspace in which nobody asked.
func judge(a, once, twice *attempt, never string) (wrong []string) {
	say := func(format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("%s: answered with %q; ", a, a.said)+fmt.Sprintf(format, args...))
	}
	if len(a.status) < 2 || len(once.status) < 1 || len(twice.status) < 2 {
		say("too few answers")
		return wrong
	}
	first, repeat := a.status[0], a.status[1]
	switch _, isAPI := a.row.(contract.Endpoint); {
	case !isAPI:
	case a.trial.healed() && first != once.status[0]:
		say("without a fault %d", once.status[0])
	case first >= 400 && first < 500 && first != http.StatusConflict:
		say("which is not the caller's doing")
	}
	if repeat != once.status[0] && repeat != twice.status[1] {
		say("without a fault %v", twice.status)
	}
	if a.trial.spends() && a.trace == never {
		return wrong
	}
	if a.trace != once.trace && a.trace != twice.trace {
		say("it did not happen once: %s", difference(twice.trace, a.trace))
	}
	return wrong
}
