package workspace_test

import (
	"testing"
	"time"

	"portero/shared/domain/localtime"
	"portero/shared/domain/workspace"
)

func TestTheNextDigest(t *testing.T) {
	at := func(s string) time.Time {
		t.Helper()
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for name, c := range map[string]struct{ zone, now, want string }{
		"before the hour it is today's":               {"Europe/Madrid", "2026-11-23T07:59:59Z", "2026-11-23T08:00:00Z"},
		"at the hour it is tomorrow's":                {"Europe/Madrid", "2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z"},
		"on a Friday after the hour it is on Monday":  {"Europe/Madrid", "2026-11-20T12:00:00Z", "2026-11-23T08:00:00Z"},
		"at a weekend it is on Monday":                {"Europe/Madrid", "2026-11-21T12:00:00Z", "2026-11-23T08:00:00Z"},
		"over the clocks going back it is at nine":    {"Europe/Madrid", "2026-10-23T12:00:00Z", "2026-10-26T08:00:00Z"},
		"over the clocks going forward it is at nine": {"Europe/Madrid", "2026-03-27T12:00:00Z", "2026-03-30T07:00:00Z"},
		"far in the east it is on the local day":      {"Pacific/Auckland", "2026-11-23T19:00:00Z", "2026-11-23T20:00:00Z"},
		"a zone that nobody knows is counted as UTC":  {"Nowhere/None", "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			w := workspace.Workspace{Settings: workspace.Settings{Zone: c.zone, Reminders: localtime.DefaultPlan(), Policy: localtime.DefaultPolicy()}}
			if got := w.NextDigest(at(c.now)); !got.Equal(at(c.want)) {
				t.Errorf("%s", got)
			}
		})
	}
}
