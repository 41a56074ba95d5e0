//go:build !rehearsal

package outbox

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
)

// Wire carries an app's calls to the stand-ins and can make any of them go
// wrong. The zero value carries everything.
type Wire struct {
	mu    sync.Mutex
	count int
	log   []string
	rule  func(n int, call string) Harm
	dead  bool
	die   func()
}

// Harm is what happens to a call.
type Harm int

// The harms.
const (
	Pass       Harm = iota
	LoseCall        // it never arrives
	LoseAnswer      // it is done, and nobody hears
	DieBefore       // the process ends before it
	DieAfter        // it is done, and the process ends
)

var errLost = errors.New("connection reset by the test")

// Harming sets what happens to the n-th call from now, from 1, by its name:
// "UpdateItem", "SendRawEmail". Death also calls die, which ends the
// function's context; nothing arrives until the next Harming.
func (w *Wire) Harming(die func(), rule func(n int, call string) Harm) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count, w.log, w.rule, w.dead, w.die = 0, nil, rule, false, die
}

// Well ends all harm.
func (w *Wire) Well() { w.Harming(nil, nil) }

// Calls lists the calls since Harming, in order.
func (w *Wire) Calls() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string{}, w.log...)
}

// Do carries a call.
func (w *Wire) Do(r *http.Request) (*http.Response, error) {
	call, err := nameOf(r)
	if err != nil {
		return nil, err
	}
	switch w.next(call) {
	case LoseCall:
		return nil, errLost
	case DieBefore:
		w.kill()
		return nil, errLost
	case LoseAnswer:
		swallow(r)
		return nil, errLost
	case DieAfter:
		swallow(r)
		w.kill()
		return nil, errLost
	}
	return http.DefaultClient.Do(r)
}

func (w *Wire) next(call string) Harm {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dead {
		return LoseCall
	}
	w.count++
	w.log = append(w.log, call)
	if w.rule == nil {
		return Pass
	}
	return w.rule(w.count, call)
}

func (w *Wire) kill() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = true
	if w.die != nil {
		w.die()
	}
}

// swallow lets a call be done and throws its answer away.
func swallow(r *http.Request) {
	if answer, err := http.DefaultClient.Do(r); err == nil {
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
}

// nameOf is the AWS action of a request.
func nameOf(r *http.Request) (string, error) {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		return target[strings.LastIndex(target, ".")+1:], nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if bytes.Contains(body, []byte("Action=SendRawEmail")) {
		return "SendRawEmail", nil
	}
	return "other", nil
}
