package mailbox

import (
	"testing"
	"time"

	"portero/shared/domain/message"
)

func TestHalt(t *testing.T) {
	now := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name     string
		was, why Reason
		want     Reason
		changed  bool
	}{
		{"an address that worked bounces", "", Bounced, Bounced, true},
		{"the same again changes nothing", Bounced, Bounced, Bounced, false},
		{"a bounce says more than SES's list", Suppressed, Bounced, Bounced, true},
		{"SES's list says less than a bounce", Bounced, Suppressed, Bounced, false},
		{"a complaint is the person's own word", Bounced, Complained, Complained, true},
		{"a bounce cannot lift an opt-out", OptedOut, Bounced, OptedOut, false},
		{"an opt-out stands above a complaint", Complained, OptedOut, OptedOut, true},
	} {
		var m Mailbox
		if c.was != "" {
			m.Stop = &Stop{Reason: c.was, At: now.Add(-time.Hour), Detail: "old"}
		}
		before := m.Stop
		got, changed := m.Halt(c.why, "5.1.1", now)
		if changed != c.changed || got.Stop.Reason != c.want {
			t.Errorf("%s: %v, %+v", c.name, changed, got.Stop)
		}
		if changed && (got.Stop.Detail != "5.1.1" || !got.Stop.At.Equal(now)) || !changed && got.Stop != before {
			t.Errorf("%s: %+v", c.name, got.Stop)
		}
		if before != nil && before.Reason != c.was {
			t.Errorf("%s: the mailbox that was read was changed", c.name)
		}
	}
}

func TestTakes(t *testing.T) {
	for _, c := range []struct {
		name string
		why  Reason
		kind message.Kind
		want bool
	}{
		{"an address without a stop", "", message.Invitation, true},
		{"an address that does not work gets nothing", Bounced, message.PasswordReset, false},
		{"nor one on SES's list", Suppressed, message.Code, false},
		{"who opted out is not invited", OptedOut, message.Invitation, false},
		{"nor reminded", OptedOut, message.Reminder, false},
		{"who complained gets no notices", Complained, message.Accepted, false},
		{"who opted out still gets the code they ask for", OptedOut, message.Code, true},
		{"who complained can still reset their password", Complained, message.PasswordReset, true},
	} {
		var m Mailbox
		if c.why != "" {
			m.Stop = &Stop{Reason: c.why}
		}
		if got := m.Takes(c.kind); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
