package message

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTurn(t *testing.T) {
	for _, c := range []struct {
		name string
		m    Message
		want Turn
	}{
		{"a message that was never tried", Message{Delivery: Queued}, Ready},
		{"a lease that lives", Message{Delivery: Queued, Attempts: 1, LeaseUntil: noon.Add(time.Second)}, Held},
		{"a lease holds until, not including, its end", Message{Delivery: Queued, Attempts: 1, LeaseUntil: noon}, Ready},
		{"put off until later", Message{Delivery: Queued, Due: noon.Add(time.Second)}, Held},
		{"due at this instant", Message{Delivery: Queued, Due: noon}, Ready},
		{"the last attempt still has its lease", Message{Delivery: Queued, Attempts: MaxAttempts, LeaseUntil: noon.Add(time.Second)}, Held},
		{"no attempt is left", Message{Delivery: Queued, Attempts: MaxAttempts, LeaseUntil: noon}, Spent},
		{"sent", Message{Delivery: Sent}, Finished},
		{"failed", Message{Delivery: Failed, Attempts: MaxAttempts}, Finished},
		{"a copied link is never mailed", Message{Kind: CopiedLink}, Finished},
	} {
		if got := c.m.Turn(noon); got != c.want {
			t.Errorf("%s: turn %d, want %d", c.name, got, c.want)
		}
	}
}

func TestOutcomes(t *testing.T) {
	later := noon.Add(time.Hour)
	claimed := func(attempts int) Message {
		m := Message{Kind: Invitation, Delivery: Queued, Attempts: attempts, LeaseUntil: later, Due: noon, Claim: "c"}
		for n := range attempts {
			m.Secrets, m.Stops = append(m.Secrets, []byte{byte(n)}), append(m.Stops, []byte{byte(n), 1})
		}
		return m
	}
	for _, c := range []struct {
		name string
		got  Message
		want Message
	}{
		{"sent at the first attempt", claimed(1).Sent("s", noon),
			Message{Kind: Invitation, Delivery: Sent, Attempts: 1, SESID: "s", SentAt: noon, Secrets: [][]byte{{0}}, Stops: [][]byte{{0, 1}}}},
		{"sent after an attempt without an answer: it may be out twice", claimed(2).Sent("s", noon),
			Message{Kind: Invitation, Delivery: Sent, Attempts: 2, Duplicates: 1, SESID: "s", SentAt: noon, Secrets: [][]byte{{0}, {1}}, Stops: [][]byte{{0, 1}, {1, 1}}}},
		{"recorded twice is the same as once", claimed(2).Sent("s", noon).Sent("s", later), claimed(2).Sent("s", noon)},
		{"a second mail leaves the first one's name", claimed(2).Sent("s", noon).Sent("t", later), claimed(2).Sent("s", noon)},
		{"released: the attempt does not count and its secret is forgotten", claimed(2).Release(Claim{Secret: []byte{1}, Stop: []byte{1, 1}}, "rate", later),
			Message{Kind: Invitation, Delivery: Queued, Attempts: 1, Reason: "rate", Due: later, Secrets: [][]byte{{0}}, Stops: [][]byte{{0, 1}}}},
		{"no answer: the attempt counts and its secret stays good", claimed(2).Retry("no_answer", later),
			Message{Kind: Invitation, Delivery: Queued, Attempts: 2, Reason: "no_answer", Due: later, Secrets: [][]byte{{0}, {1}}, Stops: [][]byte{{0, 1}, {1, 1}}}},
		{"no answer to the last attempt", claimed(5).Retry("no_answer", later), claimed(5).Fail("no_answer")},
		{"failed", claimed(1).Fail("message_rejected"),
			Message{Kind: Invitation, Delivery: Failed, Reason: "message_rejected", Attempts: 1, Secrets: [][]byte{{0}}, Stops: [][]byte{{0, 1}}}},
		{"what was sent is not failed", claimed(1).Sent("s", noon).Fail("x"), claimed(1).Sent("s", noon)},
		{"what was failed and is out after all", claimed(5).Fail("no_answer").Sent("s", noon), claimed(5).Sent("s", noon)},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

func TestReleaseOfAMailWithoutASecret(t *testing.T) {
	m := Message{Kind: Accepted, Delivery: Queued, Attempts: 1, Secrets: [][]byte{{1}}}.Release(Claim{}, "quota", noon)
	if len(m.Secrets) != 1 {
		t.Error("a secret that this attempt did not mint was forgotten")
	}
	if m := (Message{Kind: Invitation, Attempts: 1}).Release(Claim{}, "quota", noon); len(m.Secrets) != 0 {
		t.Error("a secret out of nothing")
	}
}

func TestWaits(t *testing.T) {
	for _, c := range []struct {
		name        string
		at          func(jitter float64) time.Time
		least, most time.Duration
	}{
		{"throttled: seconds to two minutes", func(j float64) time.Time { return AfterThrottle(noon, j) }, 30 * time.Second, 2 * time.Minute},
		{"quota: about ten minutes", func(j float64) time.Time { return AfterQuota(noon, j) }, 10 * time.Minute, 15 * time.Minute},
		{"outage: minutes", func(j float64) time.Time { return AfterOutage(noon, j) }, 5 * time.Minute, 10 * time.Minute},
		{"database: a minute or two", func(j float64) time.Time { return AfterStore(noon, j) }, time.Minute, 2 * time.Minute},
		{"the first silence", func(j float64) time.Time { return AfterSilence(noon, 1, j) }, time.Minute, 75 * time.Second},
		{"the last silence", func(j float64) time.Time { return AfterSilence(noon, 4, j) }, 6 * time.Hour, 7*time.Hour + 30*time.Minute},
	} {
		if got := c.at(0).Sub(noon); got != c.least {
			t.Errorf("%s: at least %v, got %v", c.name, c.least, got)
		}
		if got := c.at(0.999999).Sub(noon); got < c.least || got >= c.most {
			t.Errorf("%s: %v is not under %v", c.name, got, c.most)
		}
	}
}

func TestAttemptsOutliveAnOutageOfSixHours(t *testing.T) {
	at := noon
	for n := 1; n < MaxAttempts; n++ {
		at = AfterSilence(at, n, 0)
	}
	if got := at.Sub(noon); got <= 6*time.Hour {
		t.Errorf("the last attempt is %v after the first (reliability D11)", got)
	}
}
