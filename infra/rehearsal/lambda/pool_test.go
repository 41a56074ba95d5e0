package lambda

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestAFrozenProcessDoesNotRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "counter")
	if err := os.WriteFile(file, make([]byte, 8), 0o600); err != nil {
		t.Fatal(err)
	}
	f := named("count")
	f.Environment = map[string]string{"COUNTER": file}
	h := started(t, nil, f, named("echo"))
	count := shared(file)
	for range 3 {
		one := pid(t, h, "count") // answers only when its counter has moved
		eventually(t, "the process is stopped", func() bool { return state(one) == "T" })
		before := count.Load()
		for range 20 {
			invoke(t, h, "echo", "time passes")
		}
		if after := count.Load(); after != before {
			t.Errorf("a frozen process counted from %d to %d", before, after)
		}
	}
	if got := stat(t, h, "count").ColdStarts; got != 1 {
		t.Errorf("%d processes were started for three invocations in turn", got)
	}
}

func TestAProcessServesOneRequestAtATime(t *testing.T) {
	const most = 3
	arrived, leave := make(chan string), make(chan struct{})
	var mu sync.Mutex
	keys := 0
	network := gate(t, func(key, _ string) string { arrived <- key; <-leave; return key })
	h := started(t, func(o *Options) {
		network(o)
		o.MaxProcesses = most
		o.Credentials = func(string) (string, string, string) {
			mu.Lock()
			defer mu.Unlock()
			keys++
			return fmt.Sprint("AKIA", keys), "secret", "session"
		}
	}, named("ask"))
	var all sync.WaitGroup
	for range 2 * most {
		all.Go(func() {
			if _, err := h.Invoke(t.Context(), "ask", nil); err != nil {
				t.Error(err)
			}
		})
	}
	var first []string
	for range most {
		first = append(first, <-arrived)
	}
	slices.Sort(first)
	if len(slices.Compact(first)) != most {
		t.Errorf("%d requests at once are served by %v", most, first)
	}
	waits, leaves := context.WithCancel(t.Context())
	leaves()
	if _, err := h.Invoke(waits, "ask", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("who leaves before a process is free hears %v", err)
	}
	for range most { // each that ends lets one in that waits
		leave <- struct{}{}
		<-arrived
	}
	close(leave)
	all.Wait()
	s := stat(t, h, "ask")
	if s.ColdStarts != most || s.Processes != most || s.Invocations != 2*most || len(s.Durations) != 2*most || len(s.Starts) != most {
		t.Errorf("the count is %+v", s)
	}
}

func TestReuseAndRetirementRepeatWithTheSeed(t *testing.T) {
	run := func(seed uint64) (retired int, order []bool) {
		h := started(t, func(o *Options) { o.Seed, o.RetireEvery = seed, 3 }, named("pid"))
		last := 0
		for range 20 {
			one := pid(t, h, "pid")
			order = append(order, one == last)
			last = one
		}
		if got := stat(t, h, "pid"); got.ColdStarts < got.Retired || got.ColdStarts > got.Retired+1 {
			t.Errorf("%d retired, %d started", got.Retired, got.ColdStarts)
		}
		return stat(t, h, "pid").Retired, order
	}
	retired, order := run(7)
	if retired == 0 || retired == 20 || !slices.Contains(order, true) {
		t.Errorf("of 20 invocations %d retired their process", retired)
	}
	if again, same := run(7); again != retired || !slices.Equal(order, same) {
		t.Error("the same seed retires others")
	}
}

func TestTheLastBusyProcessIsTakenMostOften(t *testing.T) {
	p := newPool(named("echo"), Options{MaxProcesses: 3})
	a, b, c := &process{}, &process{}, &process{}
	taken := map[*process]int{}
	for range 1000 {
		p.idle, p.live = []*process{a, b, c}, 3
		one, err := p.take(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		taken[one]++
	}
	if taken[c] < 850 || taken[a] == 0 || taken[b] == 0 || taken[c] == 1000 {
		t.Errorf("taken %d, %d and %d times", taken[a], taken[b], taken[c])
	}
}

func TestAProcessThatDiedFrozenIsReplaced(t *testing.T) {
	h := started(t, nil, named("pid"))
	first := pid(t, h, "pid")
	h.mu.Lock()
	one := h.processes()[0]
	h.mu.Unlock()
	one.kill()
	if second := pid(t, h, "pid"); second == first {
		t.Error("a dead process answers")
	}
}

func TestMemoryOverTheTemplatesIsAnError(t *testing.T) {
	small := named("hoard")
	small.MemoryMiB = 128
	h := started(t, nil, small, named("echo"))
	invoke(t, h, "hoard", "")
	invoke(t, h, "echo", "")
	if s := stat(t, h, "hoard"); s.PeakBytes < 200*mib || s.Err == nil || !strings.Contains(s.Err.Error(), "its template allows 128 MiB") {
		t.Errorf("200 MiB are %d bytes: %v", s.PeakBytes, s.Err)
	}
	if s := stat(t, h, "echo"); s.PeakBytes < mib || s.Err != nil {
		t.Errorf("%d bytes: %v", s.PeakBytes, s.Err)
	}
}

func TestProcessesEndWithAHostThatIsKilled(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "ACT_AS_HOST=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var idle int
	pids := make([]int, 2)
	_, err = fmt.Fscanf(out, "%d [%d %d]\n", &idle, &pids[0], &pids[1])
	if kill := cmd.Process.Kill(); err != nil || kill != nil {
		t.Fatal(err, kill)
	}
	_ = cmd.Wait()
	if !slices.Contains(pids, idle) {
		t.Errorf("the frozen process %d is not among %v", idle, pids)
	}
	for _, one := range pids {
		eventually(t, "a process ends with its host", func() bool { s := state(one); return s == "" || s == "Z" })
	}
}
