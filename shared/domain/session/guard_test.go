package session

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/limit"
	"portero/shared/domain/password"
)

// tally counts as the store does.
type tally struct {
	Store
	n     map[string]int
	trail map[id.Audit]audit.Entry
}

func newTally() tally { return tally{n: map[string]int{}, trail: map[id.Audit]audit.Entry{}} }

func (s tally) Counted(_ context.Context, c limit.Counter) (int, error) {
	return s.n[c.Name+"/"+c.Window], nil
}

func (s tally) Commit(_ context.Context, set change.Set) error {
	for _, w := range set.Writes {
		entry := w.Record.(audit.Entry)
		if _, there := s.trail[entry.ID]; there {
			return w.Conflict
		}
		s.trail[entry.ID] = entry
	}
	return nil
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
	stranger := Desk{Store: newTally(), Actor: access.Actor{Workspace: "ws_a"}, Now: now}

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

func TestSprayingOnePasswordOverManyAccountsIsBounded(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 3, 0, 0, time.UTC)
	store := newTally()
	d := Desk{Store: store, Actor: access.Actor{Workspace: "ws_a", From: elsewhere}, Cost: password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}, Now: now}
	spray := func(d Desk, n int) (through int, last error) {
		for i := range n {
			who := identity.IDOf("ws_a", email.Key("somebody"+strconv.Itoa(i)+"@client.example"))
			last = d.check(t.Context(), d.guard(who, elsewhere), identity.Identity{}, &proof{password: "Summer2026!Summer2026!"})
			if errors.Is(last, ErrSignIn) {
				through++
			}
		}
		return through, last
	}
	through, err := spray(d, 200)
	if through != 50 || !errors.Is(err, ErrTooOften) || fault.As(err).RetryAfter != 12*time.Minute {
		t.Fatalf("%d attempts, then %v", through, err)
	}
	if len(store.trail) != 1 {
		t.Fatalf("%d entries in the trail", len(store.trail))
	}
	for _, e := range store.trail {
		if e.Action != "session.refused" || e.Subject != "ws_a" || e.From != elsewhere || e.After["reason"] != "network" {
			t.Errorf("%+v", e)
		}
	}
	d.Actor = access.Actor{Kind: access.Person, Workspace: "ws_a", Identity: someone, Session: "ses_a"}
	if err := d.check(t.Context(), d.guard(someone, elsewhere), identity.Identity{}, &proof{password: "x"}); !errors.Is(err, ErrSignIn) {
		t.Errorf("a known device in that network: %v", err)
	}
	d.Actor, d.Now = access.Actor{Workspace: "ws_a"}, now.Add(window)
	if through, _ := spray(d, 1); through != 1 {
		t.Error("the next window is shut as well")
	}
}

func TestARefusalStandsInTheTrailOnce(t *testing.T) {
	store := newTally()
	d := Desk{Store: store, Actor: access.Actor{Workspace: "ws_a", From: elsewhere}, Now: time.Date(2026, 11, 23, 8, 3, 0, 0, time.UTC)}
	if tries(t, d, elsewhere, 10); len(store.trail) != 0 {
		t.Error("single failures are written")
	}
	if tries(t, d, elsewhere, 90); len(store.trail) != 1 {
		t.Errorf("%d entries for one lockout", len(store.trail))
	}
	for _, e := range store.trail {
		if e.Subject != string(someone) || e.After["reason"] != "too_often" {
			t.Errorf("%+v", e)
		}
	}
}

func TestADeviceWhoseSessionRanOutIsKnown(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 3, 0, 0, time.UTC)
	d := Desk{Store: newTally(), Actor: access.Actor{Workspace: "ws_a"}, Now: now}
	tries(t, d, elsewhere, 50)
	d.Former = Session{ID: "ses_a", Identity: someone}
	if n, _ := tries(t, d, elsewhere, 50); n != 10 {
		t.Errorf("its owner has %d attempts", n)
	}
	if n, _ := tries(t, Desk{Store: newTally(), Actor: d.Actor, Former: Session{ID: "ses_a", Identity: "idn_other"}, Now: now}, elsewhere, 50); n != 10 {
		t.Errorf("somebody else on that device has %d attempts", n)
	}
}
