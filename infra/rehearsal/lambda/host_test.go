package lambda

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// noon is the test's clock, ahead of every machine's: the Go client gives its
// handlers a context that ends at the deadline by the machine's clock.
var noon = time.Date(2101, 3, 4, 12, 0, 0, 0, time.UTC)

func named(name string) Function {
	return Function{
		Name: name, ARN: "arn:aws:lambda:eu-west-2:111122223333:function:" + name, Handler: name,
		Timeout: 30 * time.Second, MemoryMiB: 512,
	}
}

func options(binary string) Options {
	return Options{
		Binary: binary, Region: "eu-west-2", Now: func() time.Time { return noon }, MaxProcesses: 4,
		Credentials: func(function string) (string, string, string) { return "AKIA" + function, "secret", "session" },
	}
}

// started makes a host that ends with the test and leaves nothing running.
func started(t *testing.T, change func(*Options), functions ...Function) *Host {
	t.Helper()
	o := options(os.Args[0])
	if change != nil {
		change(&o)
	}
	h, err := New(o, functions)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		left := h.pids()
		if err := h.Close(); err != nil {
			t.Error(err)
		}
		for _, pid := range left {
			if alive(pid) {
				t.Errorf("process %d outlives its host", pid)
			}
		}
	})
	return h
}

func (h *Host) pids() []int {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []int
	for _, p := range h.processes() {
		all = append(all, p.cmd.Process.Pid)
	}
	return all
}

func alive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// state is the letter of the process's state: man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
func state(pid int) string {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return after[:1]
}

// eventually asks until it is so, at most ten seconds.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); !so(); runtime.Gosched() {
		if time.Now().After(until) {
			t.Fatalf("never: %s", what)
		}
	}
}

func invoke(t *testing.T, h *Host, function, payload string) string {
	t.Helper()
	answer, err := h.Invoke(t.Context(), function, []byte(payload))
	if err != nil {
		t.Fatalf("invoke %s: %v", function, err)
	}
	return string(answer)
}

func pid(t *testing.T, h *Host, function string) int {
	t.Helper()
	n, err := strconv.Atoi(invoke(t, h, function, ""))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func stat(t *testing.T, h *Host, function string) Stat {
	t.Helper()
	for _, s := range h.Stats() {
		if s.Function == function {
			return s
		}
	}
	t.Fatalf("no stat of %s", function)
	return Stat{}
}

func TestAHostRefusesWhatLambdaWouldRefuse(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Options, *Function)
		says   string
	}{
		"a binary that is missing":               {func(o *Options, _ *Function) { o.Binary = "nowhere/bootstrap" }, "binary is missing"},
		"a binary that is no program":            {func(o *Options, _ *Function) { o.Binary = "doc.go" }, "is not a program"},
		"no region":                              {func(o *Options, _ *Function) { o.Region = "" }, "miss Region"},
		"an addition that is no endpoint":        {func(o *Options, _ *Function) { o.Network = map[string]string{"HOME": "x"} }, "HOME is not an AWS_ENDPOINT_URL_"},
		"a reserved variable in the template":    {func(_ *Options, f *Function) { f.Environment = map[string]string{"AWS_REGION": "x"} }, "AWS_REGION is reserved"},
		"a variable whose name is none":          {func(_ *Options, f *Function) { f.Environment = map[string]string{"A-B": "x"} }, `"A-B" is not a name`},
		"an environment over 4 KB":               {func(_ *Options, f *Function) { f.Environment = map[string]string{"AB": strings.Repeat("x", 4095)} }, "4097 bytes"},
		"a timeout of over a quarter of an hour": {func(_ *Options, f *Function) { f.Timeout = 901 * time.Second }, "whole seconds from 1s"},
		"a timeout with a fraction":              {func(_ *Options, f *Function) { f.Timeout = 1500 * time.Millisecond }, "whole seconds from 1s"},
		"too little memory":                      {func(_ *Options, f *Function) { f.MemoryMiB = 127 }, "127 MiB"},
		"no handler":                             {func(_ *Options, f *Function) { f.Handler = "" }, "the handler"},
		"an endpoint the template sets itself": {func(o *Options, f *Function) {
			o.Network = map[string]string{"AWS_ENDPOINT_URL_SES": "x"}
			f.Environment = o.Network
		}, "is set by the template"},
	} {
		t.Run(name, func(t *testing.T) {
			o, f := options(os.Args[0]), named("echo")
			c.change(&o, &f)
			if _, err := New(o, []Function{f}); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it says %v, not %q", err, c.says)
			}
		})
	}
	if _, err := New(options(os.Args[0]), []Function{named("echo"), named("echo")}); err == nil {
		t.Error("a function may be there twice")
	}
}

func TestTheHostsOwnErrorsAreNotTheFunctions(t *testing.T) {
	h := started(t, nil, named("echo"))
	if _, err := h.Invoke(t.Context(), "nobody", nil); !errors.Is(err, ErrUnknownFunction) {
		t.Errorf("an unknown function: %v", err)
	}
	if _, err := h.Invoke(t.Context(), "echo", make([]byte, maxRequestBytes+1)); !errors.Is(err, ErrPayloadTooLarge) {
		t.Errorf("an event over 6 MiB: %v", err)
	}
	if got := len(invoke(t, h, "echo", strings.Repeat("x", maxRequestBytes))); got != maxRequestBytes {
		t.Errorf("an event of 6 MiB comes back with %d bytes", got)
	}
	if err := errors.Join(h.Close(), h.Close()); err != nil {
		t.Error(err)
	}
	if _, err := h.Invoke(t.Context(), "echo", nil); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed host: %v", err)
	}
}

func TestCloseEndsWhatRunsAndWhatWaits(t *testing.T) {
	h := started(t, func(o *Options) { o.MaxProcesses = 1 }, named("hang"))
	failed := make(chan error, 3)
	var all sync.WaitGroup
	for range cap(failed) {
		all.Go(func() {
			_, err := h.Invoke(context.Background(), "hang", nil)
			failed <- err
		})
	}
	eventually(t, "the function runs", func() bool { _, _, ok := h.Running("AKIAhang"); return ok })
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	for range cap(failed) {
		if err := <-failed; !errors.Is(err, ErrClosed) {
			t.Errorf("an invocation that Close ends says %v", err)
		}
	}
}
