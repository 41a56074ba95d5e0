package lambda

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

const (
	// defaultProcesses is what a new account may run at once:
	// docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, design.md §8.
	defaultProcesses = 10
	// startLimit is how long the first start may take before Lambda gives it up:
	// docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html.
	startLimit = 10 * time.Second
)

// Options say where and how functions run. Binary, Region, Credentials and Now
// must be set. The callbacks are called from several goroutines at once, those
// of one process in order.
type Options struct {
	Binary string // bootstrap built for this machine
	Region string

	// Network is all that is added to a template's environment: where AWS's
	// endpoints are here. Every name begins with AWS_ENDPOINT_URL_.
	Network map[string]string

	// Credentials is asked once per process. Distinct access keys let Running
	// tell the processes of one function apart.
	Credentials func(function string) (accessKey, secret, session string)

	Now          func() time.Time // the test's clock: deadlines are by it, timeouts are not
	Seed         uint64           // of what Lambda does at random; the same seed and order of invocations repeat it
	RetireEvery  int              // about every n-th invocation its process is ended after the answer; 0: never
	MaxProcesses int              // of one function at once; 0: 10; more invocations wait

	Log     func(function, line string)               // what processes write; all of it that precedes an answer comes before Invoke returns
	OnStart func(function string, took time.Duration) // a cold start: from exec to the first question
	Extra   func(cmd *exec.Cmd)                       // a last look at a process before it starts
}

// Host runs functions. Its methods may be called concurrently.
type Host struct {
	Options
	root       string // the binary's directory, /var/task there
	pools      map[string]*pool
	startLimit time.Duration

	starts  chan start    // to the one thread that starts processes
	closing chan struct{} // closed when Close begins
	ended   chan struct{} // closed when it is done

	mu     sync.Mutex
	closed bool
	live   map[*process]struct{}
	busy   sync.WaitGroup // invocations, also those nobody waits for any more
}

// New makes a host; it starts nothing before the first Invoke. It refuses
// options that miss something, a binary that is not there, and functions that
// Lambda would not create, in a line each.
func New(o Options, functions []Function) (*Host, error) {
	if !canFreeze {
		return nil, errors.New("functions run as frozen processes on Unix systems only")
	}
	if o.Region == "" || o.Credentials == nil || o.Now == nil {
		return nil, errors.New("the options miss Region, Credentials or Now")
	}
	if o.MaxProcesses < 0 || o.RetireEvery < 0 {
		return nil, errors.New("MaxProcesses and RetireEvery cannot be negative")
	}
	if o.MaxProcesses == 0 {
		o.MaxProcesses = defaultProcesses
	}
	binary, err := filepath.Abs(o.Binary)
	if err != nil {
		return nil, fmt.Errorf("the functions' binary: %w", err)
	}
	if info, err := os.Stat(binary); err != nil {
		return nil, fmt.Errorf("the functions' binary is missing: %w", err)
	} else if !info.Mode().IsRegular() || info.Mode()&0o111 == 0 {
		return nil, fmt.Errorf("the functions' binary %s is not a program", o.Binary)
	}
	o.Binary = binary
	if err := checkNetwork(o.Network, functions); err != nil {
		return nil, err
	}
	h := &Host{
		Options: o, root: filepath.Dir(binary), pools: map[string]*pool{}, startLimit: startLimit,
		starts: make(chan start), closing: make(chan struct{}), ended: make(chan struct{}), live: map[*process]struct{}{},
	}
	var wrong []error
	for _, f := range functions {
		if _, twice := h.pools[f.Name]; twice {
			wrong = append(wrong, fmt.Errorf("function %q is there twice", f.Name))
		}
		wrong = append(wrong, f.check())
		h.pools[f.Name] = newPool(f, o)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	go h.starter()
	return h, nil
}

func newPool(f Function, o Options) *pool {
	name := fnv.New64a()
	_, _ = name.Write([]byte(f.Name)) // never fails: pkg.go.dev/hash
	return &pool{
		Function: f, most: o.MaxProcesses, stat: Stat{Function: f.Name},
		random: rand.New(rand.NewPCG(o.Seed, name.Sum64())), // its own, so that other functions do not shift it
	}
}

// Close ends every process and waits until each is gone; invocations that run
// return ErrClosed. It may be called twice.
func (h *Host) Close() error {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		<-h.ended
		return nil
	}
	h.closed = true
	close(h.closing)
	left := h.processes()
	h.mu.Unlock()
	for _, p := range left {
		p.signalKill()
	}
	for _, p := range left {
		<-p.gone
	}
	h.busy.Wait()
	close(h.ended)
	return nil
}

// processes are those that live; h.mu is held.
func (h *Host) processes() []*process {
	all := make([]*process, 0, len(h.live))
	for p := range h.live {
		all = append(all, p)
	}
	return all
}

func (h *Host) isClosed() bool {
	select {
	case <-h.closing:
		return true
	default:
		return false
	}
}
