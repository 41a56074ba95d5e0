package session

import (
	"context"
	"errors"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/limit"
)

// tally counts as the store does.
type tally struct {
	Store
	n map[string]int
}

func (s tally) Count(_ context.Context, c limit.Counter) (bool, error) {
	k := c.Name + "/" + c.Window
	if s.n[k] >= c.Most {
		return false, nil
	}
	s.n[k]++
	return true, nil
}

func (s tally) Forget(_ context.Context, c limit.Counter) error {
	delete(s.n, c.Name+"/"+c.Window)
	return nil
}

const someone, elsewhere = id.Identity("idn_a"), "203.0.113.9"

// tries makes n attempts and returns how many were let through to the password.
func tries(t *testing.T, d Desk, network string, n int) (through int, last error) {
	t.Helper()
	for range n {
		if last = d.count(t.Context(), d.guard(someone, network)); last == nil {
			through++
		}
	}
	return through, last
}

func TestGuessingIsBounded(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 3, 0, 0, time.UTC)
	stranger := Desk{Store: tally{n: map[string]int{}}, Actor: access.Actor{Workspace: "ws_a"}, Now: now}

	through, err := tries(t, stranger, "198.51.100.1", 50)
	if through != 10 || !errors.Is(err, ErrTooOften) || fault.As(err).RetryAfter != 12*time.Minute {
		t.Fatalf("one network: %d attempts, then %v", through, err)
	}
	if through, _ = tries(t, stranger, elsewhere, 50); through != 10 {
		t.Fatalf("another network: %d attempts", through)
	}
	for range 20 {
		stranger.Now = stranger.Now.Add(window)
		n, _ := tries(t, stranger, elsewhere, 50)
		through += n
	}
	if through != 90 {
		t.Fatalf("in a row from everywhere: %d beside the first 10", through)
	}
	stranger.Now = stranger.Now.Add(window)
	if n, err := tries(t, stranger, "192.0.2.77", 1); n != 0 || !errors.Is(err, ErrLocked) {
		t.Fatalf("after 100 in a row: %d, %v", n, err)
	}

	owner := stranger
	owner.Actor = access.Actor{Kind: access.Person, Workspace: "ws_a", Identity: someone, Session: "ses_a"}
	if n, _ := tries(t, owner, "192.0.2.77", 50); n != 10 {
		t.Fatalf("the owner on a known device: %d attempts", n)
	}
	if err := stranger.forget(t.Context(), guardOf("ws_a", someone, "192.0.2.77", false, stranger.Now)); err != nil {
		t.Fatal(err)
	}
	if n, _ := tries(t, stranger, "192.0.2.77", 1); n != 1 {
		t.Fatal("a success does not end the row")
	}
}
