// Command bench prints what a rehearsal of the templates takes: cold starts, warm
// latencies and memory per function, throughput at 1 and at 16 at once, and what
// 1,000 invitations would cost on AWS by the calls, units and milliseconds
// measured. `make bench` runs it after the local system's.
//
// The database and SES are stand-ins on the same two processors, and Lambda's
// own overhead is not there: read units and calls as they are, milliseconds as
// ratios. The password hash is the real one.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"portero/infra/local/firm"
	"portero/infra/rehearsal"
	"portero/infra/rehearsal/lambda"
)

func main() {
	assembly := flag.String("assembly", "build/cdk.out", "the synthesized templates")
	binary := flag.String("binary", "build/rehearsal/bootstrap", "functions/bootstrap, built for this machine")
	flag.Parse()
	if err := run(context.Background(), *assembly, *binary); err != nil {
		fmt.Fprintln(os.Stderr, "rehearsal bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, assembly, binary string) error {
	r := rig{assembly: assembly, binary: binary}
	for _, part := range []func(context.Context) error{r.throughput, r.cost} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// rig starts systems.
type rig struct{ assembly, binary string }

// clock stands until it is moved: a Monday, 09:00 in Madrid.
type clock struct{ at atomic.Pointer[time.Time] }

func newClock() *clock {
	c := &clock{}
	c.set(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
	return c
}

func (c *clock) now() time.Time  { return *c.at.Load() }
func (c *clock) set(t time.Time) { c.at.Store(&t) }

func (r rig) open(ctx context.Context, c *clock, m *rehearsal.Meter) (*rehearsal.System, *firm.Firm, error) {
	s, err := rehearsal.Start(ctx, rehearsal.Options{Assembly: r.assembly, Binary: r.binary, Now: c.now, Meter: m})
	if err != nil {
		return nil, nil, err
	}
	f, err := firm.Open(ctx, s, rehearsal.Client())
	if err != nil {
		_ = s.Close() // the first error is the one to tell
		return nil, nil, err
	}
	return s, f, nil
}

// flow is something a firm does again and again.
type flow struct {
	name string
	n    int // how often at each concurrency
	do   func(i int) error
}

// throughput prints how many of each flow a second, at 1 and at 16 at once.
func (r rig) throughput(ctx context.Context) error {
	s, f, err := r.open(ctx, newClock(), nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	fmt.Printf("\nRehearsal: flows through the templates' own functions, one process each, a second; time to the answer\n")
	fmt.Printf("  %-22s %9s %9s %9s   %9s %9s %9s\n", "", "1 at once", "p50", "p99", "16", "p50", "p99")
	address := func(i int) string { return fmt.Sprintf("client%d@client.example", i) }
	var bulk atomic.Int64
	for _, w := range []flow{
		{"invite one", 100, func(i int) error { return f.Invite(ctx, address(i)) }},
		{"list, 50 a page", 200, func(int) error { return f.Do(ctx, "GET", f.Path("/invitations?state=pending"), nil, nil) }},
		{"accept", 50, func(i int) error { _, err := f.Accept(ctx, address(i)); return err }},
		{"sign in", 50, func(i int) error { return f.SignIn(ctx, address(i)) }},
		{"invite 1,000 at once", 1, func(int) error {
			from := bulk.Add(1) * 1000
			lines := make([]string, 1000)
			for i := range lines {
				lines[i] = fmt.Sprintf("bulk%d@client.example", from+int64(i))
			}
			return f.Invite(ctx, lines...)
		}},
	} {
		fmt.Printf("  %-22s", w.name)
		for _, at := range []int{1, 16} {
			if at > w.n {
				continue
			}
			each, whole, err := repeat(w, at)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			fmt.Printf(" %9.1f %6.1f ms %6.1f ms  ", float64(w.n)/whole.Seconds(), lambda.Quantile(each, 50), lambda.Quantile(each, 99))
		}
		fmt.Println()
		if err := s.Settle(ctx); err != nil {
			return err
		}
	}
	return nil
}

// repeat runs a flow n times, so many at once; each concurrency has things of
// its own, so that nothing is accepted or invited twice.
func repeat(w flow, at int) (each []time.Duration, whole time.Duration, err error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	next := make(chan int)
	began := time.Now()
	for range at {
		all.Go(func() {
			for i := range next {
				start := time.Now()
				failed := w.do(i)
				mu.Lock()
				each = append(each, time.Since(start))
				if failed != nil {
					err = failed
				}
				mu.Unlock()
			}
		})
	}
	from := 0
	if at > 1 {
		from = w.n
	}
	for i := range w.n {
		next <- from + i
	}
	close(next)
	all.Wait()
	return each, time.Since(began), err
}
