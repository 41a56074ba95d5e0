package main

import (
	"context"
	"fmt"
	"time"
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
	fmt.Printf("\nFlows, warm, one at a time, median of %d; bare = the database and mail calls alone, same run\n", rounds)
	fmt.Printf("  %-22s %9s %9s %7s %6s   %s\n", "flow", "whole", "bare", "ratio", "calls", "units (table + index)")
	address := func(i int) string { return fmt.Sprintf("client%d@client.example", i) }
	admin := b.bearer
	for _, f := range []struct {
		name string
		run  func(i int) error
	}{
		{"contact", func(i int) error {
			return b.post(ctx, b.path("/contacts"), map[string]any{"name": "Client", "address": address(i)}, nil)
		}},
		{"create", func(i int) error {
			return b.post(ctx, b.path("/invitations"), map[string]any{"portal": b.portal, "lines": []any{map[string]any{"address": address(i)}}}, nil)
		}},
		{"create, new contact", func(i int) error {
			return b.post(ctx, b.path("/invitations"), map[string]any{"portal": b.portal, "lines": []any{map[string]any{"address": "new" + address(i)}}}, nil)
		}},
		{"deliver and feedback", func(i int) error { return b.deliver(ctx, i) }},
		{"list, 50 a page", func(int) error { return b.do(ctx, "GET", b.path("/invitations?state=pending"), nil, nil) }},
		{"accept", func(i int) error {
			token, err := b.token(address(i))
			if err != nil {
				return err
			}
			b.bearer = ""
			defer func() { b.bearer = admin }()
			return b.post(ctx, "/v1/invitations/accept", map[string]any{"token": token, "password": password}, nil)
		}},
		{"sign in", func(i int) error {
			b.bearer = ""
			defer func() { b.bearer = admin }()
			return b.post(ctx, b.path("/sessions"), map[string]any{"address": address(i), "password": password, "portal": b.name}, nil)
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

// deliver drains what create queued: the first round delivers all, so it is
// measured by one fresh invitation a round.
func (b *bench) deliver(ctx context.Context, i int) error {
	if i == 0 {
		if err := b.system.Settle(ctx); err != nil {
			return err
		}
	}
	if err := b.post(ctx, b.path("/invitations"), map[string]any{"portal": b.portal, "lines": []any{map[string]any{"address": fmt.Sprintf("mailed%d@client.example", i)}}}, nil); err != nil {
		return err
	}
	b.calls.reset()
	b.resetUnits()
	b.began = time.Now()
	return b.system.Settle(ctx)
}

// flow runs one and prints its line.
func (b *bench) flow(name string, run func(i int) error) error {
	var whole, bare []time.Duration
	var calls int
	var units map[string]float64
	for i := range rounds {
		b.calls.reset()
		b.resetUnits()
		b.began = time.Now()
		if err := run(i); err != nil {
			return err
		}
		whole = append(whole, time.Since(b.began))
		took, n := b.calls.reset()
		bare, calls, units = append(bare, took), n, b.resetUnits()
	}
	w, d := median(whole), median(bare)
	fmt.Printf("  %-22s %6.2f ms %6.2f ms %6.2f× %6d   reads %g + %g, writes %g + %g\n", name, ms(w), ms(d), float64(w)/float64(d), calls,
		units["read table"], units["read index"], units["write table"], units["write index"])
	return nil
}
