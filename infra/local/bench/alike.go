package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"portero/infra/local/firm"
)

// pairs is how often each two requests are compared, in turn. Tests hold their
// calls and hashes against each other (functions/statements, D23 and D28); the
// times are this machine's.
const pairs = 200 // chosen; no evidence

// tellable is Welch's t from which times tell two requests apart in public tests
// of constant time (dudect, https://eprint.iacr.org/2016/1123).
const tellable = 4.5

// measureAlike prints how long what must not be told apart takes: sign-in,
// forgetting a password and joining for a known and an unknown address, and
// links whose secret is wrong or whose thing is not there.
func measureAlike(ctx context.Context) error {
	b, err := newBench(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = b.system.Close() }()
	var link struct{ URL string }
	if err := b.Post(ctx, b.Path("/joinlinks"), map[string]any{"portal": b.Portal, "create_contact": true}, &link); err != nil {
		return err
	}
	_, join, _ := strings.Cut(link.URL, "#")
	wrong := join[:strings.LastIndex(join, ".")+1] + strings.Repeat("A", 43)
	part := strings.Split(wrong, ".")
	nothing := part[0] + ".jln_01jd0h5m3w8q4v9x2c6k7n1t5z." + part[2]
	b.Bearer = ""
	fmt.Printf("\nWhat must not be told apart: %d pairs, in turn; |t| from %g on would tell them apart\n", pairs, tellable)
	fmt.Printf("  %-22s %12s %12s %9s %7s\n", "asked", "median", "the other", "apart", "|t|")
	for _, c := range []struct {
		name, path string
		one, other func(n int) map[string]any
	}{
		{"sign in", b.Path("/sessions"), attempt("", known), attempt("", unknown)},
		{"forget a password", b.Path("/password-resets"), forgotten(known), forgotten(unknown)},
		{"join by a link", "/v1/joinlinks/join", attempt(join, known), attempt(join, unknown)},
		{"a wrong link", "/v1/joinlinks/open", shown(wrong), shown(nothing)},
	} {
		if err := b.alike(ctx, c.name, c.path, c.one, c.other); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

// row is how many pairs are asked about one address before its row of failures
// is ended, far from the hundred that would lock it.
const row = 50

func known(int) string     { return firm.Admin }
func unknown(n int) string { return fmt.Sprintf("nobody%d@client.example", n/row) }

// attempt is a wrong password, to sign in or, with a link's token, to join.
func attempt(token string, address func(int) string) func(int) map[string]any {
	return func(n int) map[string]any {
		body := map[string]any{"address": address(n), "password": "not the password at all"}
		if token != "" {
			body["token"], body["name"] = token, "Eva"
		}
		return body
	}
}

func forgotten(address func(int) string) func(int) map[string]any {
	return func(n int) map[string]any { return map[string]any{"address": address(n)} }
}

func shown(token string) func(int) map[string]any {
	return func(int) map[string]any { return map[string]any{"token": token} }
}

// alike asks both in turn and prints a line. Windows of counters are left behind
// with the clock: what is refused for asking too often is no measurement.
func (b *bench) alike(ctx context.Context, name, path string, one, other func(n int) map[string]any) error {
	var took [2][]time.Duration
	for n := range pairs {
		b.now = b.now.Add(time.Hour)
		if n%row == 0 {
			if err := b.Post(ctx, b.Path("/sessions"), map[string]any{"address": firm.Admin, "password": firm.Password}, nil); err != nil {
				return err
			}
		}
		for i, body := range []map[string]any{one(n), other(n)} {
			began := time.Now()
			err := b.Post(ctx, path, body, nil)
			took[i] = append(took[i], time.Since(began))
			var r *firm.Refusal
			if err != nil && (!errors.As(err, &r) || r.Status == http.StatusTooManyRequests || r.Status >= 500) {
				return err
			}
		}
	}
	a, c := median(took[0]), median(took[1])
	fmt.Printf("  %-22s %9.2f ms %9.2f ms %8.1f%% %7.1f\n", name, ms(a), ms(c), 100*math.Abs(float64(a-c))/float64(c), welch(took[0], took[1]))
	return nil
}

// welch is |t| of two samples of unequal variance.
func welch(a, b []time.Duration) float64 {
	ma, va := moments(a)
	mb, vb := moments(b)
	return math.Abs(ma-mb) / math.Sqrt(va/float64(len(a))+vb/float64(len(b)))
}

func moments(all []time.Duration) (mean, variance float64) {
	for _, d := range all {
		mean += ms(d) / float64(len(all))
	}
	for _, d := range all {
		variance += (ms(d) - mean) * (ms(d) - mean) / float64(len(all)-1)
	}
	return mean, variance
}
