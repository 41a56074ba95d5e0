package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"portero/infra/local"
	"portero/infra/local/firm"
	"portero/shared/dynamo"
)

// timed is an HTTP client that adds up how long calls to database and mail were
// out, those at once counted once: the bare calls that a flow makes.
type timed struct {
	inner http.Client
	mu    sync.Mutex
	out   int       // calls that have no answer yet
	since time.Time // when the first of them went out
	took  time.Duration
	calls int
	kept  *[]call // of calls while they are recorded; nil: not
}

// call is a call to database or mail as it went out, to be made again.
type call struct {
	request *http.Request
	body    []byte
}

// again makes the call once more and reads its answer.
func (c call) again(client *http.Client) error {
	r := c.request.Clone(context.Background())
	r.Body = io.NopCloser(bytes.NewReader(c.body))
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return errors.Join(err, res.Body.Close())
}

// Do makes the call.
func (c *timed) Do(r *http.Request) (*http.Response, error) {
	c.went()
	defer c.came()
	if err := c.keep(r); err != nil {
		return nil, err
	}
	res, err := c.inner.Do(r)
	if err == nil {
		// The answer counts until its last byte.
		var body []byte
		if body, err = io.ReadAll(res.Body); err == nil {
			err = res.Body.Close()
		}
		res.Body = io.NopCloser(bytes.NewReader(body))
	}
	return res, err
}

// record keeps the calls that do makes.
func (c *timed) record(do func() error) ([]call, error) {
	var kept []call
	c.mu.Lock()
	c.kept = &kept
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.kept = nil
	}()
	err := do()
	return kept, err
}

func (c *timed) keep(r *http.Request) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || r.Body == nil {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	*c.kept = append(*c.kept, call{r.Clone(r.Context()), body})
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

func (c *timed) went() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out == 0 {
		c.since = time.Now()
	}
	c.out, c.calls = c.out+1, c.calls+1
}

func (c *timed) came() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out--; c.out == 0 {
		c.took += time.Since(c.since)
	}
}

func (c *timed) reset() (time.Duration, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	took, calls := c.took, c.calls
	c.took, c.calls = 0, 0
	return took, calls
}

// bench is a firm in a running system, and what that system's calls took.
type bench struct {
	*firm.Firm
	system *local.System
	calls  *timed
	polls  *timed // of the streams, which Lambda makes in AWS
	now    time.Time
	mu     sync.Mutex
	units  map[string]float64
	writes int // transactions that were committed
	began  time.Time
}

func newBench(ctx context.Context) (*bench, error) {
	b := &bench{now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), units: map[string]float64{},
		calls: &timed{inner: http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}, polls: &timed{}}
	s, err := local.Start(ctx, local.Options{Now: func() time.Time { return b.now }, HTTP: b.calls, Polls: b.polls, Meter: b.meter})
	if err != nil {
		return nil, err
	}
	b.system = s
	b.Firm, err = firm.Open(ctx, s, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}})
	return b, err
}

func (b *bench) meter(c dynamo.Consumed) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c.Call == "TransactWriteItems" {
		b.writes++
	}
	for _, units := range c.Table {
		b.units[kind(c.Call)+" table"] += units
	}
	for _, units := range c.Index {
		b.units[kind(c.Call)+" index"] += units
	}
}

func kind(call string) string {
	switch call {
	case "GetItem", "BatchGetItem", "Query":
		return "read"
	}
	return "write"
}

func (b *bench) resetUnits() map[string]float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	units := b.units
	b.units, b.writes = map[string]float64{}, 0
	return units
}
