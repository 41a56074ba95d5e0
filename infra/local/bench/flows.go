package main

import (
	"context"
	"fmt"
	"time"

	"portero/infra/local/firm"
)

// rounds is how often each flow is run; the middle one counts.
const rounds = 30

// measureFlows prints each flow's time against the bare calls it makes to
// database and mail, and what it consumes.
func measureFlows(ctx context.Context) error {
	b, err := newBench(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = b.system.Close() }()
	hash, err := oneHash()
	if err != nil {
		return err
	}
	fmt.Printf("\nFlows, warm, one at a time, median of %d; bare = the database and mail calls alone, same run; polls = reading the\n", rounds)
	fmt.Printf("streams, which in AWS is Lambda's and not the flow's: ratio = (whole - polls) / bare.\n")
	fmt.Printf("One argon2id takes %.1f ms here: accept and sign in have one each.\n", ms(hash))
	fmt.Printf("  %-22s %9s %9s %9s %7s %6s   %s\n", "flow", "whole", "polls", "bare", "ratio", "calls", "units (table + index)")
	address := func(i int) string { return fmt.Sprintf("client%d@client.example", i) }
	for _, f := range []struct {
		name string
		run  func(i int) error
	}{
		{"contact", func(i int) error {
			return b.Post(ctx, b.Path("/contacts"), map[string]any{"name": "Client", "address": address(i)}, nil)
		}},
		{"create", func(i int) error {
			return b.Post(ctx, b.Path("/invitations"), map[string]any{"portal": b.Portal, "lines": []any{map[string]any{"address": address(i)}}}, nil)
		}},
		{"create, new contact", func(i int) error {
			return b.Post(ctx, b.Path("/invitations"), map[string]any{"portal": b.Portal, "lines": []any{map[string]any{"address": "new" + address(i)}}}, nil)
		}},
		{"deliver and feedback", func(i int) error { return b.deliver(ctx, i) }},
		{"invite 1, to its mail", func(i int) error { return b.inviteAndMail(ctx, i, 1) }},
		{"invite 50, to the last", func(i int) error { return b.inviteAndMail(ctx, i, 50) }},
		{"list, 50 a page", func(int) error { return b.Do(ctx, "GET", b.Path("/invitations?state=pending"), nil, nil) }},
		{"accept", func(i int) error {
			token, err := b.Token(address(i))
			if err != nil {
				return err
			}
			return b.As("").Post(ctx, "/v1/invitations/accept", map[string]any{"token": token, "password": firm.Password}, nil)
		}},
		{"sign in", func(i int) error {
			return b.As("").Post(ctx, b.Path("/sessions"), map[string]any{"address": address(i), "password": firm.Password, "portal": b.PortalName}, nil)
		}},
	} {
		if f.name == "accept" {
			if err := b.system.Settle(ctx); err != nil {
				return err
			}
		}
		if err := b.flow(f.name, f.run); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// inviteAndMail is the whole flow: so many lines in one request, until the last
// mail is out and reported.
func (b *bench) inviteAndMail(ctx context.Context, round, lines int) error {
	if err := b.invite(ctx, fmt.Sprintf("whole%d-%d-", lines, round), lines); err != nil {
		return err
	}
	return b.system.Settle(ctx)
}

// invite invites so many new addresses in one request.
func (b *bench) invite(ctx context.Context, prefix string, n int) error {
	var lines []any
	for k := range n {
		lines = append(lines, map[string]any{"address": fmt.Sprintf("%s%d@client.example", prefix, k)})
	}
	return b.Post(ctx, b.Path("/invitations"), map[string]any{"portal": b.Portal, "lines": lines}, nil)
}

// deliver drains what create queued: the first round delivers all, so it is
// measured by one fresh invitation a round.
func (b *bench) deliver(ctx context.Context, i int) error {
	if i == 0 {
		if err := b.system.Settle(ctx); err != nil {
			return err
		}
	}
	if err := b.Post(ctx, b.Path("/invitations"), map[string]any{"portal": b.Portal, "lines": []any{map[string]any{"address": fmt.Sprintf("mailed%d@client.example", i)}}}, nil); err != nil {
		return err
	}
	b.begin()
	return b.system.Settle(ctx)
}

// begin starts the clock and the counts of one run of a flow.
func (b *bench) begin() {
	b.calls.reset()
	b.polls.reset()
	b.resetUnits()
	b.began = time.Now()
}

// flow runs one and prints its line.
func (b *bench) flow(name string, run func(i int) error) error {
	var whole, polls, bare []time.Duration
	var calls int
	var units map[string]float64
	for i := range rounds {
		b.begin()
		if err := run(i); err != nil {
			return err
		}
		whole = append(whole, time.Since(b.began))
		polled, _ := b.polls.reset()
		polls = append(polls, polled)
		took, n := b.calls.reset()
		bare, calls, units = append(bare, took), n, b.resetUnits()
	}
	w, p, d := median(whole), median(polls), median(bare)
	fmt.Printf("  %-22s %6.2f ms %6.2f ms %6.2f ms %6.2f× %6d   reads %g + %g, writes %g + %g\n", name, ms(w), ms(p), ms(d), float64(w-p)/float64(d), calls,
		units["read table"], units["read index"], units["write table"], units["write index"])
	return nil
}
