package message

import (
	"strings"
	"testing"
	"time"

	"portero/shared/domain/localtime"
)

func capped(k Kind) Message {
	return Message{ID: "msg_1", Workspace: "ws_1", Kind: k, Key: "lucia@empresa.example", Delivery: Queued, Attempts: 1,
		Caps: Caps{Daily: 2000, Address: 5, Zone: "Europe/Madrid"}, Model: Model{Zone: "Europe/Madrid"}}
}

func TestBounds(t *testing.T) {
	// 23:30 UTC on a Sunday is half past midnight on Monday in Madrid.
	sunday := time.Date(2026, time.November, 22, 23, 30, 0, 0, time.UTC)
	tomorrow := time.Date(2026, time.November, 23, 23, 0, 0, 0, time.UTC)
	nextMonday := time.Date(2026, time.November, 29, 23, 0, 0, 0, time.UTC)
	type bound struct {
		name, window string
		most         int
		opens        time.Time
		drop         bool
	}
	day := bound{"mail.day", "2026-11-23", 2000, tomorrow, false}
	week := bound{"mail.week", "2026-W48", 5, nextMonday, false}
	for _, c := range []struct {
		name string
		m    Message
		want []bound
	}{
		{"an invitation counts in the workspace's local day and the address's local week", capped(Invitation), []bound{day, week}},
		{"a reminder too", capped(Reminder), []bound{day, week}},
		{"a reset counts in the address's day alone", capped(PasswordReset), []bound{{"mail.safety", "2026-11-23", 20, tomorrow, false}}},
		{"a code too, whatever its own caps say", capped(Code), []bound{{"mail.safety", "2026-11-23", 20, tomorrow, false}}},
		{"a notice to staff has a bound of its own", capped(ExpiryNotice), []bound{day, {"mail.notice", "2026-11-23", 50, tomorrow, true}}},
		{"zero means no cap", Message{Kind: Invitation, Key: "a@b.example"}, nil},
	} {
		var got []bound
		for _, b := range c.m.Bounds(sunday) {
			name := strings.Join(strings.Split(b.Counter.Name, ".")[:2], ".")
			got = append(got, bound{name, b.Counter.Window, b.Counter.Most, b.Opens, b.Drop})
			if strings.Contains(b.Counter.Name, "@") {
				t.Errorf("%s: an address in clear: %s", c.name, b.Counter.Name)
			}
			if b.Counter.Workspace != c.m.Workspace || b.Counter.Until.Before(b.Opens) {
				t.Errorf("%s: %+v", c.name, b.Counter)
			}
		}
		if len(got) != len(c.want) {
			t.Fatalf("%s: %v", c.name, got)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: got %v, want %v", c.name, got[i], c.want[i])
			}
		}
	}
}

func TestAMailStandsInAWindowOnce(t *testing.T) {
	m := capped(Invitation)
	for _, b := range m.Bounds(noon) {
		m = m.Count(b)
	}
	m = m.Release(Claim{}, "rate", noon)
	if left := m.Bounds(noon.Add(time.Minute)); len(left) != 0 {
		t.Errorf("counted again after it was put off: %v", left)
	}
	if left := m.Bounds(noon.AddDate(0, 0, 1)); len(left) != 1 || left[0].Counter.Name != "mail.day" {
		t.Errorf("the next day counts anew, the same week does not: %v", left)
	}
	if left := m.Bounds(noon.AddDate(0, 0, 7)); len(left) != 2 {
		t.Errorf("the next week counts anew: %v", left)
	}
}

func TestOver(t *testing.T) {
	bound := func(m Message, which int) Bound { return m.Bounds(noon)[which] }
	kept := capped(Invitation)
	if m := kept.Over(Claim{}, bound(kept, 0)); m.Delivery != Queued || m.Reason != ReasonCapped || m.Attempts != 0 || !m.Due.Equal(time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)) {
		t.Errorf("a mail over the day's cap goes out when the next local day begins: %+v", m)
	}
	if m := kept.Over(Claim{}, bound(kept, 1)); !m.Due.Equal(time.Date(2026, 11, 29, 23, 0, 0, 0, time.UTC)) {
		t.Errorf("a mail over the week's cap goes out when the next local week begins: %v", m.Due)
	}
	notice := capped(Accepted)
	if m := notice.Over(Claim{}, bound(notice, 1)); m.Delivery != Failed || m.Reason != ReasonCapped {
		t.Errorf("a notice over its bound only repeats the console: %+v", m)
	}
	if m := notice.Over(Claim{}, bound(notice, 0)); m.Delivery != Queued {
		t.Errorf("a notice over the workspace's cap is kept: %+v", m)
	}
	code := capped(Code)
	code.Expires = noon.Add(10 * time.Minute)
	if m := code.Over(Claim{}, bound(code, 0)); m.Delivery != Failed {
		t.Errorf("a code that would come too late is given up: %+v", m)
	}
	reminder := capped(Reminder)
	pol := localtime.DefaultPolicy()
	reminder.Caps.Policy = &pol
	if m := reminder.Over(Claim{}, bound(reminder, 0)); !m.Due.Equal(time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("a reminder goes out after the quiet hours of the next day: %v", m.Due)
	}
}

func TestAllowedAt(t *testing.T) {
	pol := localtime.DefaultPolicy()
	at := func(day, hour int) time.Time { return time.Date(2026, time.November, day, hour, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name     string
		at, want time.Time
	}{
		{"a working hour", at(23, 12), at(23, 12)},
		{"20:00 in Madrid is quiet: the next morning", at(23, 19), at(24, 7)},
		{"early on a working day: that morning", at(24, 5), at(24, 7)},
		{"Friday night: Monday morning", at(27, 21), at(30, 7)},
		{"Saturday noon: Monday at that hour", at(28, 11), at(30, 11)},
	} {
		m := capped(Reminder)
		m.Caps.Policy = &pol
		if got := m.AllowedAt(c.at); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		m.Caps.Policy = nil
		if got := m.AllowedAt(c.at); !got.Equal(c.at) {
			t.Errorf("%s: a mail without a policy is held back to %v", c.name, got)
		}
	}
}

func TestLate(t *testing.T) {
	m := Message{Expires: noon}
	if !m.Late(noon) || m.Late(noon.Add(-time.Second)) || (Message{}).Late(noon) {
		t.Error("a secret is good until, not including, its end; without one it never ends by itself")
	}
}

func TestEveryKindIsOneOfThree(t *testing.T) {
	for _, k := range Kinds() {
		is := 0
		for _, yes := range []bool{k.ToInvitee() || k == JoinApproved, k.Notice(), k.Essential()} {
			if yes {
				is++
			}
		}
		if is != 1 {
			t.Errorf("%s is %d of: for the invitee, for staff, asked for", k, is)
		}
	}
}
