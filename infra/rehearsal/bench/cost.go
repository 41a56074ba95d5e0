package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"portero/functions"
	"portero/infra/rehearsal"
	"portero/infra/rehearsal/lambda"
	"portero/shared/contract"
)

// The run whose cost is worked out: a tenth of 1,000 invitations, of which six
// in ten are accepted, as in reliability.md E; the rest get every reminder of
// the default plan and expire.
const (
	invited   = 100
	accepted  = 60
	listed    = 10
	runsInAll = 1000 / invited
)

// days is until the jobs have nothing left to do: the default validity of 14
// days, to the end of the last.
const days = 16

// cost invites, reminds, accepts, expires and lists, and prints what 1,000
// invitations take and cost.
func (r rig) cost(ctx context.Context) error {
	c, meter := newClock(), &rehearsal.Meter{}
	s, f, err := r.open(ctx, c, meter)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	meter.Rows() // the firm's own beginning does not count
	before, requests := s.Measured(), 0
	address := func(i int) string { return fmt.Sprintf("client%d@client.example", i) }
	for i := range invited {
		if err := f.Invite(ctx, address(i)); err != nil {
			return err
		}
		requests++
		if err := s.Settle(ctx); err != nil {
			return err
		}
	}
	for i := range accepted {
		token, err := f.Token(address(i))
		if err != nil {
			return err
		}
		if err := f.As("").Post(ctx, "/v1/invitations/open", map[string]any{"token": token}, nil); err != nil {
			return err
		}
		if _, err := f.Accept(ctx, address(i)); err != nil {
			return err
		}
		requests += 2
	}
	for range listed {
		if err := f.Do(ctx, "GET", f.Path("/invitations?state=pending"), nil, nil); err != nil {
			return err
		}
		requests++
	}
	began := c.now()
	for day := range days {
		at := began.AddDate(0, 0, day+1).Add(2 * time.Hour)
		c.set(at)
		for _, job := range []string{"jobs/remind", "jobs/expire"} {
			if _, err := s.Tick(ctx, job, at); err != nil {
				return err
			}
		}
		if err := s.Settle(ctx); err != nil {
			return err
		}
	}
	after := s.Measured()
	print(meter.Rows(), since(before, after), requests)
	return r.idle(ctx, s, meter, c.now())
}

// since is what came after a first look.
func since(before, after map[string]rehearsal.Measured) map[string]rehearsal.Measured {
	all := map[string]rehearsal.Measured{}
	for row, m := range after {
		m.Durations = m.Durations[len(before[row].Durations):]
		all[row] = m
	}
	return all
}

func print(used map[string]rehearsal.Use, took map[string]rehearsal.Measured, requests int) {
	fmt.Printf("\nRehearsal: what %d invitations take (%d accepted, %d with three reminders and expired, %d list pages), by function\n", invited, accepted, invited-accepted, listed)
	fmt.Printf("  %-22s %6s %9s %9s %9s %9s %9s %9s\n", "", "runs", "calls", "reads", "writes", "p50", "p99", "peak")
	for _, row := range slices.Sorted(maps.Keys(took)) {
		m, u := took[row], used[row]
		if len(m.Durations) == 0 {
			continue
		}
		fmt.Printf("  %-22s %6d %9d %9g %9g %6.1f ms %6.1f ms %5.1f MiB\n", row, len(m.Durations), u.Calls, u.Reads, u.Writes,
			lambda.Quantile(m.Durations, 50), lambda.Quantile(m.Durations, 99), float64(m.PeakBytes)/(1<<20))
	}
	b := billed(used, took, requests).times(runsInAll)
	fmt.Printf("  1,000 invitations: $%.4f = mail $%.4f, database $%.4f (%.0f writes, %.0f reads), functions $%.4f (%d runs), API $%.4f\n",
		b.total(), b.mails, b.database, b.writes, b.reads, b.functions, b.invocations, b.requests)
}

// idle prints what a month costs in which nothing happens: each job's tick of
// every minute.
func (r rig) idle(ctx context.Context, s *rehearsal.System, meter *rehearsal.Meter, now time.Time) error {
	before, jobs := s.Measured(), 0
	for _, row := range functions.Rows() {
		if job, ok := row.(contract.Job); ok {
			if _, err := s.Tick(ctx, job.Name, now.Add(time.Minute)); err != nil {
				return err
			}
			jobs++
		}
	}
	const minutes = 30 * 24 * 60
	b := billed(meter.Rows(), since(before, s.Measured()), 0).times(minutes)
	fmt.Printf("  idle, a month: $%.2f for %d ticks a minute\n", b.total()+float64(jobs*minutes)*perSchedule, jobs)
	return nil
}
