package simulation_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"portero/functions/jobs"
	"portero/infra/rehearsal/simulation"
)

// A run is told what to do by its environment: make simulate sets SEEDS, FROM
// and SEED.
const (
	fewSeeds = 2  // where nobody says how many: make test has the race detector on
	replayed = 20 // one seed in so many runs twice
)

func setting(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	given := os.Getenv(name)
	if given == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(given, 10, 64)
	if err != nil {
		t.Fatalf("%s=%s is no number", name, given)
	}
	return n
}

// TestSeeds runs SEEDS seeds beginning with FROM, or SEED alone, in two processes
// per processor: a seed waits for its database half of the time.
func TestSeeds(t *testing.T) {
	if os.Getenv("SEED") != "" {
		seed(t, setting(t, "SEED", 0), true).print(t)
		return
	}
	from, seeds := setting(t, "FROM", 1), setting(t, "SEEDS", fewSeeds)
	shards := 2 * uint64(runtime.NumCPU())
	if shard := os.Getenv("SHARD"); shard != "" {
		mine := setting(t, "SHARD", 0)
		var all tally
		for n := from + mine; n < from+seeds && len(all.Failed) < 3; n += shards {
			all.add(seed(t, n, n%replayed == 0))
		}
		fmt.Printf("%s%s\n", tallied, all.json(t))
		return
	}
	all := spread(t, shards)
	all.print(t)
	if seeds >= 100 {
		for _, flow := range simulation.Flows() {
			if all.Flows[flow] == 0 {
				t.Errorf("in %d seeds nobody managed to %s", seeds, flow)
			}
		}
		sampled, err := simulation.Sampled()
		if err != nil {
			t.Fatal(err)
		}
		for _, flow := range sampled {
			if all.Asked[flow] == 0 {
				t.Errorf("in %d seeds nobody asked: %s", seeds, flow)
			}
		}
		for _, kind := range jobs.Kinds() {
			if w := all.Jobs[string(kind)]; w.Begun == 0 || w.Cut == 0 || w.Done == 0 {
				t.Errorf("in %d seeds, jobs of the kind %s: %+v", seeds, kind, w)
			}
		}
	}
}

// tallied begins the line in which a shard says what it did.
const tallied = "TALLY "

// spread runs a process per shard: the randomness that a seed decides is its
// process's.
func spread(t *testing.T, shards uint64) (all tally) {
	t.Helper()
	var wait sync.WaitGroup
	var mu sync.Mutex
	for n := range shards {
		wait.Go(func() {
			shard := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSeeds$", "-test.timeout=2h")
			shard.Env = append(os.Environ(), "SHARD="+strconv.FormatUint(n, 10))
			out, err := shard.CombinedOutput()
			mu.Lock()
			defer mu.Unlock()
			lines := bufio.NewScanner(bytes.NewReader(out))
			lines.Buffer(nil, 1<<20)
			for lines.Scan() {
				if line, ok := strings.CutPrefix(lines.Text(), tallied); ok {
					var one tally
					if err := json.Unmarshal([]byte(line), &one); err != nil {
						t.Error(err)
					}
					all.add(one)
				}
			}
			if err != nil {
				t.Errorf("shard %d: %v\n%s", n, err, out)
			}
		})
	}
	wait.Wait()
	return all
}

// seed runs one, twice where it is to be replayed: a seed that fails always is.
func seed(t *testing.T, number uint64, again bool) tally {
	t.Helper()
	o := simulation.Options{Seed: number, Steps: simulation.Steps}
	got := simulation.Run(t, o)
	same := true
	if simulation.Replays && (again || len(got.Broken) > 0) {
		if second := simulation.Run(t, o); !bytes.Equal(got.Trace, second.Trace) {
			same = false
			t.Errorf("seed %d does not replay: %s", number, apart(got.Trace, second.Trace))
		}
	}
	if len(got.Broken) > 0 {
		t.Errorf("seed %d, step %d, %s:\n  %s\n%s\nto replay: make simulate SEED=%d", number, got.Step, got.Weather, strings.Join(got.Broken, "\n  "), got.Tail, number)
	}
	one := tally{Seeds: 1, Steps: min(got.Step, simulation.Steps), Runs: got.Runs, Calls: got.Calls, Flows: got.Flows, Asked: got.Asked, Jobs: got.Jobs, Faults: map[string]int{}}
	for f, n := range got.Faults {
		one.Faults[string(f)] = n
	}
	if !same || len(got.Broken) > 0 {
		one.Failed = []uint64{number}
	}
	return one
}

// apart is where two traces part.
func apart(a, b []byte) string {
	one, other := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for n := range one {
		if n >= len(other) || one[n] != other[n] {
			return fmt.Sprintf("line %d\n%s\n%s", n+1, one[n], strings.Join(other[min(n, len(other)):min(n+1, len(other))], ""))
		}
	}
	return "the second is longer"
}

// tally is what seeds did.
type tally struct {
	Seeds, Steps, Runs, Calls int
	Flows, Asked, Faults      map[string]int
	Jobs                      map[string]simulation.Work
	Failed                    []uint64
}

func (t *tally) add(o tally) {
	t.Seeds, t.Steps, t.Runs, t.Calls = t.Seeds+o.Seeds, t.Steps+o.Steps, t.Runs+o.Runs, t.Calls+o.Calls
	t.Failed = append(t.Failed, o.Failed...)
	if t.Jobs == nil {
		t.Jobs = map[string]simulation.Work{}
	}
	for kind, w := range o.Jobs {
		t.Jobs[kind] = t.Jobs[kind].Plus(w)
	}
	t.Flows, t.Asked, t.Faults = sum(t.Flows, o.Flows), sum(t.Asked, o.Asked), sum(t.Faults, o.Faults)
}

func sum(a, b map[string]int) map[string]int {
	if a == nil {
		a = map[string]int{}
	}
	for name, n := range b {
		a[name] += n
	}
	return a
}

func (t *tally) json(tb testing.TB) []byte {
	tb.Helper()
	raw, err := json.Marshal(t)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func (t tally) print(tb testing.TB) {
	tb.Helper()
	slices.Sort(t.Failed)
	fmt.Printf("%d seeds, %d steps, %d runs of functions, %d calls; faults %v; jobs %+v; failed %v\n", t.Seeds, t.Steps, t.Runs, t.Calls, t.Faults, t.Jobs, t.Failed)
	tb.Logf("done: %v", t.Flows)
}

// TestWhatIsSpoiledIsFound makes mistakes in what functions send: the simulation
// is worth what it finds. Each begins with a seed that is known to come to it.
func TestWhatIsSpoiledIsFound(t *testing.T) {
	condition := regexp.MustCompile(`"ConditionExpression":"([^"]*)"`)
	always := []byte(`"ConditionExpression":"attribute_exists(pk) OR ($1)"`)
	for name, c := range map[string]struct {
		from  uint64
		spoil func(operation string, body []byte) []byte
	}{
		"whoever comes later overwrites": {7, func(operation string, body []byte) []byte {
			if operation != "TransactWriteItems" {
				return body
			}
			return condition.ReplaceAll(body, always)
		}},
		"a message is claimed though somebody has it": {1, func(operation string, body []byte) []byte {
			if operation != "UpdateItem" || !bytes.Contains(body, []byte("lease_until")) {
				return body
			}
			return condition.ReplaceAll(body, always)
		}},
		"a change is committed without its message": {1, func(operation string, body []byte) []byte {
			if operation != "TransactWriteItems" {
				return body
			}
			return without(body, `"delivery":{"S":"queued"}`)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			for n := range uint64(10) {
				got := simulation.Run(t, simulation.Options{Seed: c.from + n, Steps: simulation.Steps, Spoil: c.spoil})
				if len(got.Broken) > 0 {
					t.Logf("seed %d, step %d: %s", c.from+n, got.Step, got.Broken[0])
					return
				}
			}
			t.Error("nothing was found")
		})
	}
}

// without takes the last item out of a transaction that says a word, if others
// are left.
func without(body []byte, word string) []byte {
	var sent map[string]json.RawMessage
	var items []json.RawMessage
	if json.Unmarshal(body, &sent) != nil || json.Unmarshal(sent["TransactItems"], &items) != nil {
		return body
	}
	at := slices.IndexFunc(items, func(i json.RawMessage) bool { return bytes.Contains(i, []byte(word)) })
	if at < 0 || len(items) < 3 {
		return body
	}
	left, err := json.Marshal(slices.Delete(items, at, at+1))
	if err != nil {
		return body
	}
	sent["TransactItems"] = left
	out, err := json.Marshal(sent)
	if err != nil {
		return body
	}
	return out
}
