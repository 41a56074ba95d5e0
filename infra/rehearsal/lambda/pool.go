package lambda

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
)

// exceptionEvery: about every so many times the process taken is not the one
// that was busy last. Lambda promises no order; most often it is the last.
// Chosen; no evidence.
const exceptionEvery = 8

// pool is the processes of one function.
type pool struct {
	Function
	most int // processes at once

	mu      sync.Mutex
	random  *rand.Rand
	idle    []*process      // frozen; the last was busy last
	live    int             // starting, busy and idle
	waiting []chan *process // first come, first served; nil is leave to start one
	stat    Stat
}

// take gives an idle process, or nil and leave to start one, or waits for
// either. Beyond its concurrency Lambda would throttle; the callers here wait.
func (p *pool) take(ctx context.Context, closing <-chan struct{}) (*process, error) {
	p.mu.Lock()
	for len(p.idle) > 0 {
		at := len(p.idle) - 1
		if at > 0 && p.random.IntN(exceptionEvery) == 0 {
			at = p.random.IntN(len(p.idle))
		}
		one := p.idle[at]
		p.idle = slices.Delete(p.idle, at, at+1)
		if one.ended() { // while it was frozen, by nobody's order
			p.live--
			continue
		}
		p.mu.Unlock()
		return one, nil
	}
	if p.live < p.most {
		p.live++
		p.stat.Processes = max(p.stat.Processes, p.live)
		p.mu.Unlock()
		return nil, nil
	}
	turn := make(chan *process, 1)
	p.waiting = append(p.waiting, turn)
	p.mu.Unlock()
	select {
	case one := <-turn:
		return one, nil
	case <-closing:
		return nil, ErrClosed
	case <-ctx.Done():
		p.leave(turn)
		return nil, fmt.Errorf("wait for a process of function %q: %w", p.Name, context.Cause(ctx))
	}
}

// leave gives up a turn, passing on what came with it.
func (p *pool) leave(turn chan *process) {
	p.mu.Lock()
	if at := slices.Index(p.waiting, turn); at >= 0 {
		p.waiting = slices.Delete(p.waiting, at, at+1)
		p.mu.Unlock()
		return
	}
	p.mu.Unlock()
	if one := <-turn; one != nil {
		p.give(one, 0)
	} else {
		p.drop()
	}
}

// give takes a process back that asks for its next event: it serves who waits,
// is retired, or is frozen.
func (p *pool) give(one *process, retireEvery int) {
	p.mu.Lock()
	if retireEvery > 0 && p.random.IntN(retireEvery) == 0 {
		p.stat.Retired++
		p.mu.Unlock()
		one.kill()
		p.drop()
		return
	}
	defer p.mu.Unlock()
	if len(p.waiting) > 0 {
		turn := p.waiting[0]
		p.waiting = slices.Delete(p.waiting, 0, 1)
		turn <- one
		return
	}
	one.freeze()
	p.idle = append(p.idle, one)
}

// drop says that a process of the pool has ended or did not start.
func (p *pool) drop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) > 0 {
		turn := p.waiting[0]
		p.waiting = slices.Delete(p.waiting, 0, 1)
		turn <- nil
		return
	}
	p.live--
}

// draw is a random identifier of n hexadecimal words of 64 bits.
func (p *pool) draw(n int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var s string
	for range n {
		s += fmt.Sprintf("%016x", p.random.Uint64())
	}
	return s
}
