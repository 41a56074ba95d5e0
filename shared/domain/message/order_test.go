package message

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"portero/shared/testkit/soak"
)

var states = []Delivery{Queued, Sent, Failed, Delayed, Delivered, Suppressed, Bounced, Complained}

func TestOrderOfStates(t *testing.T) {
	for _, c := range []struct {
		name      string
		was, next Delivery
		moves     bool
	}{
		{"a queued mail is sent", Queued, Sent, true},
		{"a sent mail is delivered", Sent, Delivered, true},
		{"a mail without an answer was delivered after all", Failed, Delivered, true},
		{"a mail that was sent is rejected for what it holds", Sent, Failed, true},
		{"a delay reported late does not take a delivery back", Delivered, Delayed, false},
		{"an answer out of office does not take a delivery back", Delivered, Delayed, false},
		{"a delayed mail arrives", Delayed, Delivered, true},
		{"a mail can bounce after it was taken", Delivered, Bounced, true},
		{"a delivery reported late does not take a bounce back", Bounced, Delivered, false},
		{"the same again says nothing", Bounced, Bounced, false},
		{"a complaint says more than a delivery", Delivered, Complained, true},
		{"nothing says more than a complaint", Complained, Bounced, false},
	} {
		if got := c.was.Before(c.next); got != c.moves {
			t.Errorf("%s: %s to %s: %v", c.name, c.was, c.next, got)
		}
	}
}

func TestEarlierIsWhatMovesOn(t *testing.T) {
	for _, d := range states {
		if _, known := rank[d]; !known {
			t.Errorf("%s has no place in the order", d)
		}
		for _, was := range states {
			if got := slices.Contains(d.Earlier(), was); got != was.Before(d) {
				t.Errorf("%s is among those before %s: %v", was, d, got)
			}
		}
	}
}

func TestReportsInAnyOrderAndAgainEndInOneState(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for trial := range soak.Trials(t, 20_000) {
		var events []Delivery
		most := Sent
		for range 1 + random.IntN(4) {
			d := states[2+random.IntN(len(states)-2)]
			if most.Before(d) {
				most = d
			}
			for range 1 + random.IntN(10) {
				events = append(events, d)
			}
		}
		random.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		m, moved := Message{Delivery: Sent}, 0
		for _, d := range events {
			next, news := m.Told(d, "")
			if news {
				moved++
			}
			m = next
		}
		if m.Delivery != most || moved > len(states) {
			t.Fatalf("trial %d: %v ended in %s after %d moves, want %s", trial, events, m.Delivery, moved, most)
		}
	}
}

func TestAReportProvesThatTheMailIsOut(t *testing.T) {
	m := Message{Delivery: Queued, Attempts: 1, LeaseUntil: noon, Due: noon, Claim: "c", Counted: []string{"x"}}
	told, news := m.Told(Delivered, "")
	if !news || told.Delivery != Delivered || !told.Due.IsZero() || !told.LeaseUntil.IsZero() || told.Claim != "" || told.Counted != nil {
		t.Errorf("nobody may try again: %+v", told)
	}
	if again := told.Sent("ses-1", noon); again.Delivery != Delivered || again.SESID != "ses-1" || !again.SentAt.Equal(noon) {
		t.Errorf("the record that comes behind the report adds its name and no more: %+v", again)
	}
}

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
