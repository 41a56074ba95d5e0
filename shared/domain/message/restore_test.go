package message

import (
	"testing"
	"time"
)

func TestWhatIsOlderThanARestoreWaits(t *testing.T) {
	restored := noon
	before, after := noon.Add(-time.Second), noon
	for _, c := range []struct {
		name string
		m    Message
		at   time.Time
		want bool
	}{
		{"a mail of before waits", Message{CreatedAt: before}, restored, true},
		{"one of the instant itself goes", Message{CreatedAt: after}, restored, false},
		{"a reminder that was due before waits, whenever it is made", Message{CreatedAt: after, For: before}, restored, true},
		{"what was released goes", Message{CreatedAt: before, Released: after}, restored, false},
		{"where nothing was restored nothing waits", Message{CreatedAt: before}, time.Time{}, false},
	} {
		if got := c.m.Predates(c.at); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

func TestAParkedMailIsLetGoOnce(t *testing.T) {
	claim := Claim{Name: "a", At: noon}
	parked := Message{Delivery: Queued, Attempts: 1, CreatedAt: noon.Add(-time.Hour)}.Park(claim)
	if parked.Attempts != 0 || parked.Reason != ReasonRestored || !parked.Due.After(noon.AddDate(50, 0, 0)) {
		t.Errorf("parked: %+v", parked)
	}
	sent, ok := parked.LetGo(false, noon)
	if !ok || !sent.Due.Equal(noon) || sent.Reason != "" || sent.Predates(noon) {
		t.Errorf("let go: %+v", sent)
	}
	if _, again := sent.LetGo(false, noon); again {
		t.Error("let go twice")
	}
	if dropped, ok := parked.LetGo(true, noon); !ok || dropped.Delivery != Failed || dropped.Reason != ReasonRestored {
		t.Errorf("dropped: %+v", dropped)
	}
	if _, ok := (Message{Delivery: Queued, Reason: ReasonHeld}).LetGo(false, noon); ok {
		t.Error("a mail that waits for its hour is no parked one")
	}
}
