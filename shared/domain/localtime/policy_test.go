package localtime

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func quiet(t testing.TB, from, to string) Policy {
	return Policy{QuietFrom: mustClock(t, from), QuietTo: mustClock(t, to)}
}

func TestQuietAndNextAllowed(t *testing.T) {
	for _, c := range []struct{ what, zone, from, to, instant, want string }{
		{"before quiet hours", "Europe/Madrid", "20:00", "08:00", "2026-11-18T18:59:59Z", "2026-11-18T18:59:59Z"},
		{"their first second is quiet", "Europe/Madrid", "20:00", "08:00", "2026-11-18T19:00:00Z", "2026-11-19T07:00:00Z"},
		{"after midnight it is the same morning", "Europe/Madrid", "20:00", "08:00", "2026-11-19T02:00:00Z", "2026-11-19T07:00:00Z"},
		{"their last second is quiet", "Europe/Madrid", "20:00", "08:00", "2026-11-19T06:59:59Z", "2026-11-19T07:00:00Z"},
		{"their end is not quiet", "Europe/Madrid", "20:00", "08:00", "2026-11-19T07:00:00Z", "2026-11-19T07:00:00Z"},
		{"a fraction of a second is dropped when it is moved", "UTC", "20:00", "08:00", "2026-11-19T07:59:59.5Z", "2026-11-19T08:00:00Z"},
		{"a siesta does not pass midnight", "Europe/Madrid", "14:00", "16:00", "2026-11-18T14:00:00Z", "2026-11-18T15:00:00Z"},
		{"before the siesta", "Europe/Madrid", "14:00", "16:00", "2026-11-18T12:59:59Z", "2026-11-18T12:59:59Z"},
		{"equal ends mean no quiet hours", "Europe/Madrid", "09:00", "09:00", "2026-11-18T08:00:00Z", "2026-11-18T08:00:00Z"},
		{"until midnight", "UTC", "20:00", "00:00", "2026-11-18T22:00:00Z", "2026-11-19T00:00:00Z"},
		{"from midnight", "UTC", "00:00", "08:00", "2026-11-18T00:00:00Z", "2026-11-18T08:00:00Z"},
		{"a night of the change to summer time", "Europe/Madrid", "20:00", "08:00", "2026-03-28T20:00:00Z", "2026-03-29T06:00:00Z"},
		{"a night of the change to winter time", "Europe/Madrid", "20:00", "08:00", "2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z"},
		{"an end that is skipped is the end of the gap", "Europe/Madrid", "22:00", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"},
		{"an end that comes twice ends it the first time", "Europe/Madrid", "22:00", "02:30", "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z"},
		{"and is quiet again when the clock goes back", "Europe/Madrid", "22:00", "02:30", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z"},
		{"a beginning right after a gap keeps it quiet", "Europe/Madrid", "03:00", "02:30", "2026-03-29T00:00:00Z", "2026-03-30T00:30:00Z"},
	} {
		t.Run(c.what, func(t *testing.T) {
			pol, zone := quiet(t, c.from, c.to), mustLoad(t, c.zone)
			instant, want := mustTime(t, c.instant), mustTime(t, c.want)
			if got := pol.Quiet(instant, zone); got != !want.Equal(instant) {
				t.Errorf("Quiet = %v", got)
			}
			got := pol.NextAllowed(instant, zone)
			if !got.Equal(want) || got.Location() != time.UTC || pol.Quiet(got, zone) {
				t.Errorf("NextAllowed = %s, want %s", got, want)
			}
		})
	}
}

func TestPolicyJSON(t *testing.T) {
	const want = `{"workdays":"mon,tue,wed,thu,fri","quiet_from":"20:00","quiet_to":"08:00"}`
	text, err := json.Marshal(DefaultPolicy())
	if err != nil || string(text) != want {
		t.Fatalf("got %s, %v; want %s", text, err, want)
	}
	var pol Policy
	if err := json.Unmarshal(text, &pol); err != nil || pol != DefaultPolicy() {
		t.Errorf("comes back as %+v, %v", pol, err)
	}
}

func TestPolicyValidate(t *testing.T) {
	if err := DefaultPolicy().Validate(); err != nil {
		t.Errorf("the default policy is refused: %v", err)
	}
	for field, change := range map[string]func(*Policy){
		"workdays":   func(pol *Policy) { pol.Workdays = 0 },
		"quiet_from": func(pol *Policy) { pol.QuietFrom.Hour = 24 },
		"quiet_to":   func(pol *Policy) { pol.QuietTo.Minute = -1 },
	} {
		pol := DefaultPolicy()
		change(&pol)
		if err := pol.Validate(); err == nil || !strings.HasPrefix(err.Error(), field+": ") {
			t.Errorf("a bad %s: %v", field, err)
		}
	}
}
