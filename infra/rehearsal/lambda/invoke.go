package lambda

import (
	"bytes"
	"context"
	"fmt"
	"time"
)

// Invoke runs the function on the payload and returns its answer. The error is
// a *FunctionError when the function answered an error, timed out or exited.
// Others are the host's: ErrClosed, ErrUnknownFunction, ErrPayloadTooLarge, the
// context's, or a process that could not be started. A context that ends does
// not stop the function, as a caller who leaves does not stop Lambda.
func (h *Host) Invoke(ctx context.Context, function string, payload []byte) ([]byte, error) {
	of, known := h.pools[function]
	if !known {
		return nil, fmt.Errorf("%w: %q", ErrUnknownFunction, function)
	}
	if len(payload) > maxRequestBytes {
		return nil, fmt.Errorf("%w: function %q: %d bytes for a synchronous invocation, which takes %d", ErrPayloadTooLarge, function, len(payload), maxRequestBytes)
	}
	if !h.enter() {
		return nil, ErrClosed
	}
	one, err := of.take(ctx, h.closing)
	if err != nil {
		h.busy.Done()
		return nil, err
	}
	done := make(chan answer, 1)
	go func() {
		defer h.busy.Done()
		done <- h.run(of, one, tagOf(ctx), bytes.Clone(payload))
	}()
	select {
	case a := <-done:
		if a.failure != nil {
			return nil, a.failure
		}
		return a.payload, a.err
	case <-ctx.Done():
		return nil, fmt.Errorf("function %q runs on, nobody waits: %w", function, context.Cause(ctx))
	}
}

// enter counts an invocation that Close waits for.
func (h *Host) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.busy.Add(1)
	return true
}

// run takes one invocation through a process, a new one if none is given.
func (h *Host) run(of *pool, one *process, tag string, payload []byte) answer {
	c, left := h.newCall(of, payload), of.Timeout
	c.tag = tag
	if one == nil {
		var a answer
		if one, left, a = h.cold(of, c.id); one == nil {
			of.drop()
			return h.verdict(of, a)
		}
	}
	c.deadline = h.Now().Add(left)
	began := time.Now()
	a, again := one.serve(c, left)
	of.took(time.Since(began))
	if again {
		one.weigh()
		one.output.drain()
		of.give(one, h.RetireEvery)
	} else {
		of.drop()
	}
	return h.verdict(of, a)
}

// verdict counts a failure, unless it is the host that closed.
func (h *Host) verdict(of *pool, a answer) answer {
	if a.failure == nil {
		return a
	}
	if h.isClosed() && a.failure.Type == TypeExit {
		return answer{err: ErrClosed}
	}
	of.failed()
	return a
}

// newCall draws what Lambda draws for an invocation. The request id is a
// version 4 UUID, RFC 9562 §5.4; the trace is not sampled.
func (h *Host) newCall(of *pool, payload []byte) *call {
	d := of.draw(4)
	return &call{
		id:      fmt.Sprintf("%s-%s-4%s-a%s-%s", d[:8], d[8:12], d[13:16], d[17:20], d[20:32]),
		trace:   fmt.Sprintf("Root=1-%08x-%s;Parent=%s;Sampled=0", uint32(h.Now().Unix()), d[32:56], d[48:64]),
		payload: payload,
		answer:  make(chan answer, 1),
	}
}

// cold starts a process. A start that fails or takes longer than the limit is
// done once more as part of the invocation, within its timeout, and only the
// second failure is the function's:
// docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html.
func (h *Host) cold(of *pool, id string) (one *process, left time.Duration, a answer) {
	if one, a = h.try(of, id, h.startLimit); one != nil || a.err != nil {
		return one, of.Timeout, a
	}
	began := time.Now()
	one, a = h.try(of, id, of.Timeout)
	return one, of.Timeout - time.Since(began), a
}

// try starts a process and waits for its first question; without a process the
// answer says why.
func (h *Host) try(of *pool, id string, limit time.Duration) (*process, answer) {
	one, err := h.start(of)
	if err != nil {
		return nil, answer{err: err}
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	how := one.await(timer.C)
	if how == asks {
		took := time.Since(one.started)
		one.weigh()
		of.began(took)
		if h.OnStart != nil {
			h.OnStart(of.Name, took)
		}
		return one, answer{}
	}
	one.kill()
	one.mu.Lock()
	defer one.mu.Unlock()
	switch {
	case one.initial != nil:
		return nil, answer{failure: one.initial}
	case how == takes:
		return nil, answer{failure: timedOut(id, of.Timeout)}
	default:
		return nil, answer{failure: exited(id, one.exit)}
	}
}
