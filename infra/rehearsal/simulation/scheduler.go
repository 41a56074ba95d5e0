package simulation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing/synctest"
	"time"

	"portero/functions"
	"portero/shared/app"
)

// run is one invocation of a function.
type run struct {
	number   int
	function string
	about    string // whose it is, for the trace
	calls    int
	faults   int  // how many befell its calls
	dead     bool // cut off: nothing of it is seen any more
	deadline time.Time
	instance *instance

	ended    bool // as it and what follows are read after scheduler.settle
	answer   []byte
	err      error
	panicked string
}

// lost reports whether nobody gets an answer.
func (r *run) lost() bool { return r.dead || r.err != nil || r.panicked != "" }

// call is a request of a run that waits for its turn.
type call struct {
	run       *run
	request   *http.Request
	body      []byte
	service   string // "dynamodb" or "ses"
	operation string
	order     string // among the calls of one run
	reply     chan reply
}

type reply struct {
	response *http.Response
	err      error
}

// instance is a function's process: one run at a time.
type instance struct {
	function string
	invoke   app.Invoke
}

// scheduler holds every run at its calls and lets one of them go on at a time.
// Its methods belong to the bubble's first goroutine, Do aside.
type scheduler struct {
	choose  *rand.Rand
	trace   *trace
	serve   func(c *call) reply // carries a call out, or what befalls it
	config  func(function string) app.Config
	draws   func(seed uint64) // begins the functions' randomness anew
	drawn   uint64
	idle    map[string][]*instance
	live    []*run
	started int

	mu      sync.Mutex
	waiting []*call
}

type runKey struct{}

// Do is the HTTP client of every function.
func (s *scheduler) Do(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	c := &call{run: r.Context().Value(runKey{}).(*run), request: r, body: body, reply: make(chan reply)}
	c.service, c.operation = named(r, body)
	c.order = c.operation + " " + canonical(c.service, body)
	s.mu.Lock()
	s.waiting = append(s.waiting, c)
	s.mu.Unlock()
	answered := <-c.reply
	return answered.response, answered.err
}

// named says what is asked of whom.
func named(r *http.Request, body []byte) (service, operation string) {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		return "dynamodb", target[strings.LastIndex(target, ".")+1:]
	}
	_, after, _ := bytes.Cut(body, []byte("Action="))
	action, _, _ := bytes.Cut(after, []byte("&"))
	return "ses", string(action)
}

// start begins a run, which goes on to its first call.
func (s *scheduler) start(name, about string, payload []byte) *run {
	f, known := functions.Find(name)
	if !known {
		panic("simulation: no function is called " + name)
	}
	s.started++
	limit := f.Row.Base().TimeLimit()
	r := &run{number: s.started, function: name, about: about, deadline: time.Now().Add(limit)}
	if free := s.idle[name]; len(free) > 0 {
		r.instance, s.idle[name] = free[len(free)-1], free[:len(free)-1]
	} else {
		r.instance = &instance{function: name, invoke: f.Start(app.New(s.config(name), f.Row.Base().Uses))}
	}
	s.trace.add("start r%d %s %s %s", r.number, name, about, digest(payload))
	s.live = append(s.live, r)
	s.fresh()
	go s.run(r, limit, payload)
	s.settle()
	return r
}

func (s *scheduler) run(r *run, limit time.Duration, payload []byte) {
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), runKey{}, r), limit)
	defer cancel()
	var answer []byte
	var err error
	defer func() {
		p := recover()
		s.mu.Lock()
		defer s.mu.Unlock()
		if p != nil {
			r.panicked = fmt.Sprintf("%v\n%s", p, debug.Stack())
		}
		r.ended, r.answer, r.err = true, answer, err
	}()
	answer, err = r.instance.invoke(ctx, payload)
}

// settle waits until every run is at a call, waits for a while, or ended. The
// lock says so to the race detector, which does not hear of those that ended
// while the scheduler slept.
func (s *scheduler) settle() {
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
}

// finish lets every live run go on until it ends.
func (s *scheduler) finish() {
	pause := time.Millisecond
	for {
		s.settle()
		s.reap()
		if len(s.live) == 0 {
			return
		}
		if s.next() {
			pause = time.Millisecond
			continue
		}
		time.Sleep(pause) // everybody waits for a while of their own
		pause = min(2*pause, 50*time.Millisecond)
	}
}

// next lets one of the waiting calls happen; false if there is none.
func (s *scheduler) next() bool {
	s.mu.Lock()
	slices.SortFunc(s.waiting, func(a, b *call) int {
		if a.run != b.run {
			return a.run.number - b.run.number
		}
		return strings.Compare(a.order, b.order)
	})
	if len(s.waiting) == 0 {
		s.mu.Unlock()
		return false
	}
	n := s.choose.IntN(len(s.waiting))
	c := s.waiting[n]
	s.waiting = slices.Delete(s.waiting, n, n+1)
	s.mu.Unlock()
	answered := s.turn(c)
	s.fresh()
	c.reply <- answered
	return true
}

// fresh begins the randomness anew, before a function goes on and after the
// database was asked: the SDK's own clients draw, too, and not as often each
// time.
func (s *scheduler) fresh() {
	s.settle()
	if s.drawn++; Replays {
		s.draws(s.drawn)
	}
}

var errCutOff = errors.New("the function was cut off")

// turn is what becomes of a call.
func (s *scheduler) turn(c *call) reply {
	if !c.run.dead && time.Now().After(c.run.deadline) {
		c.run.faults++
		s.kill(c.run, "its time is up")
	}
	if c.run.dead {
		return reply{err: errCutOff}
	}
	c.run.calls++
	return s.serve(c)
}

// kill cuts a run off: the world sees no more of it, nor of its process.
func (s *scheduler) kill(r *run, why string) {
	r.dead, r.instance = true, nil
	s.trace.add("cut off r%d: %s", r.number, why)
}

// reap takes out the runs that ended.
func (s *scheduler) reap() {
	s.live = slices.DeleteFunc(s.live, func(r *run) bool {
		if !r.ended {
			return false
		}
		if !r.lost() && r.instance != nil {
			s.idle[r.function] = append(s.idle[r.function], r.instance)
		}
		said := digest(r.answer)
		switch {
		case r.panicked != "":
			said = "panic"
		case r.dead:
			said = "nothing"
		case r.err != nil:
			said = "error"
		}
		s.trace.add("end r%d %s after %d calls: %s", r.number, r.function, r.calls, said)
		return true
	})
}
