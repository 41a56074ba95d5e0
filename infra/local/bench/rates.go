package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"portero/infra/local/firm"
	"portero/shared/domain/password"
)

// peers are the best of PocketBase 0.39, Better Auth 1.7 and Directus 11.17 on
// the two-core machine of design.md §9, per second at 1 and at 16 at once; zero
// where nothing was measured.
var peers = map[string][2]float64{
	"list, 50 a page": {196, 342}, "record": {197, 408}, "accept": {13.5, 27}, "sign in": {13.5, 27}, "invite": {245, 0},
}

// passwordRounds is how many accepts and sign-ins are timed at each width, below
// the 300 a minute that one network may try; plainRounds is how many of the
// rest.
const (
	passwordRounds = 64
	plainRounds    = 320
)

// measureRates prints replies per second at 1 and at 16 at once.
func measureRates(ctx context.Context) error {
	b, err := newBench(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = b.system.Close() }()
	if err := b.invite(ctx, "c", 2*passwordRounds); err != nil {
		return err
	}
	if err := b.system.Settle(ctx); err != nil {
		return err
	}
	var tokens []string
	address := func(i int) string { return fmt.Sprintf("c%d@client.example", i) }
	for i := range 2 * passwordRounds {
		token, err := b.Token(address(i))
		if err != nil {
			return err
		}
		tokens = append(tokens, token)
	}
	var contacts struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	if err := b.Do(ctx, "GET", b.Path("/contacts"), nil, &contacts); err != nil {
		return err
	}
	fmt.Printf("\nReplies per second (in brackets: the best peer's, design.md §9; alone: the same database calls without Portero,\nwhich nothing behind this stand-in can pass)\n  %-22s %28s %28s\n", "", "1 at once", "16 at once")
	for _, f := range []struct {
		name   string
		rounds int
		again  bool // what it asks the database may be asked again
		ask    func(i int) error
	}{
		{"list, 50 a page", plainRounds, true, func(int) error {
			return b.Do(ctx, "GET", b.Path("/invitations?state=pending"), nil, nil)
		}},
		{"record", plainRounds, true, func(int) error { return b.Do(ctx, "GET", b.Path("/contacts/"+contacts.Items[0].ID), nil, nil) }},
		{"invite", plainRounds, false, func(i int) error { return b.invite(ctx, fmt.Sprintf("r%d-", i), 1) }},
		{"accept", passwordRounds, false, func(i int) error {
			return b.As("").Do(ctx, "POST", "/v1/invitations/accept", map[string]any{"token": tokens[i], "password": firm.Password}, nil)
		}},
		{"sign in", passwordRounds, false, func(i int) error {
			return b.As("").Do(ctx, "POST", b.Path("/sessions"), map[string]any{"address": address(i), "password": firm.Password, "portal": b.PortalName}, nil)
		}},
	} {
		fmt.Printf("  %-22s", f.name)
		for width, peer := range peers[f.name] {
			if err := b.system.Settle(ctx); err != nil { // the stand-in slows with the stream records it holds
				return err
			}
			b.calls.reset()
			per, err := rate([]int{1, 16}[width], width*f.rounds, f.rounds, f.ask)
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			took, _ := b.calls.reset()
			b.now = b.now.Add(time.Minute) // the next window of the row's limit
			against := ""
			if peer > 0 {
				against = fmt.Sprintf("(%g)", peer)
			}
			alone := ""
			switch {
			case f.again:
				if per, err := b.alone([]int{1, 16}[width], f.ask); err != nil {
					return fmt.Errorf("%s: %w", f.name, err)
				} else {
					alone = fmt.Sprintf("alone %.0f", per)
				}
			case width == 0: // its calls cannot be made twice, but their times add up
				alone = fmt.Sprintf("alone %.0f", float64(f.rounds)/took.Seconds())
			}
			fmt.Printf(" %9.1f %7s %10s", per, against, alone)
		}
		fmt.Println()
	}
	return nil
}

// alone says how often a second the calls of one request to the database can be
// made, so many at once, by a client that reads their answers and no more.
func (b *bench) alone(wide int, ask func(i int) error) (float64, error) {
	calls, err := b.calls.record(func() error { return ask(0) })
	if err != nil {
		return 0, err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}
	return rate(wide, 0, plainRounds, func(int) error {
		for _, c := range calls {
			if err := c.again(client); err != nil {
				return err
			}
		}
		return nil
	})
}

// rate asks n times from first on, so many at once, and returns how many a
// second that were.
func rate(wide, first, n int, ask func(i int) error) (float64, error) {
	var next atomic.Int64
	var all sync.WaitGroup
	failed := make(chan error, wide)
	began := time.Now()
	for range wide {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := ask(first + i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	close(failed)
	return float64(n) / took.Seconds(), <-failed
}

// oneHash is the time of one password hash at the real cost.
func oneHash() (time.Duration, error) {
	var all []time.Duration
	for range 15 {
		began := time.Now()
		if _, err := password.New(firm.Password, password.DefaultCost, rand.Reader); err != nil {
			return 0, err
		}
		all = append(all, time.Since(began))
	}
	return median(all), nil
}
