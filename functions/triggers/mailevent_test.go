package triggers

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"portero/shared/domain/message"
)

func TestStableWordsOfBounces(t *testing.T) {
	for sub, want := range map[string]string{
		"General": "general", "NoEmail": "no_email", "MailboxFull": "mailbox_full", "OnAccountSuppressionList": "on_account_suppression_list",
		"": "general", "lucia@empresa.example": "general", "A B": "general", strings.Repeat("Long", 20): "general",
	} {
		if got := snake(sub); got != want {
			t.Errorf("%q: %q, want %q", sub, got, want)
		}
	}
}

// FuzzMailEvent: whatever comes, a report is of one of our messages, in a known
// state, with no address in it.
func FuzzMailEvent(f *testing.F) {
	f.Add([]byte(`{"time":"2026-11-23T08:00:05Z","detail":{"eventType":"Bounce","mail":{"tags":{"workspace":["ws_x"],"message":["msg_x"]}},"bounce":{"bounceType":"Permanent","bounceSubType":"NoEmail","bouncedRecipients":[{"status":"5.1.1"}]}}}`))
	f.Add([]byte(`{"detail":{"eventType":"Complaint","complaint":{"timestamp":"2026-11-23T08:00:04.123Z"}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e mailEvent
		if json.Unmarshal(raw, &e) != nil {
			return
		}
		ws, m, ours := e.tagged()
		if ours && (ws.Check() != nil || m.Check() != nil) {
			t.Fatal("tags that are no identifiers")
		}
		r, matters := e.report()
		if !matters {
			return
		}
		if !message.Sent.Before(r.Delivery) || strings.Contains(r.Reason+r.Detail, "@") || r.At.Nanosecond() != 0 || r.At.Location() != time.UTC {
			t.Fatalf("%+v", r)
		}
	})
}
