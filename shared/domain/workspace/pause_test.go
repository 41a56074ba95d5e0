package workspace

import (
	"testing"
	"time"
)

func TestD15TheMailIsHeldBackBeforeTheAccountIsReviewed(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		t    Tally
		want PauseReason
	}{
		{"nothing wrong", Tally{Mails: 1000}, ""},
		{"4 % bounce", Tally{Mails: 1000, Bounces: 40}, ByBounces},
		{"just under 4 %", Tally{Mails: 1000, Bounces: 39}, ""},
		{"few mails, few bounces", Tally{Mails: 10, Bounces: 4}, ""},
		{"few mails, five bounces", Tally{Mails: 10, Bounces: 5}, ByBounces},
		{"0.08 % complain", Tally{Mails: 2500, Complaints: 2}, ByComplaints},
		{"just under 0.08 %", Tally{Mails: 2501, Complaints: 2}, ""},
		{"one complaint among few", Tally{Mails: 10, Complaints: 1}, ""},
		{"complaints weigh more than bounces", Tally{Mails: 100, Bounces: 50, Complaints: 5}, ByComplaints},
		{"mails that were counted nowhere", Tally{Bounces: 5}, ByBounces},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, paused := Workspace{}.Weigh(c.t, now)
			if paused != (c.want != "") || paused && (w.Paused.Reason != c.want || !w.Paused.Since.Equal(now)) {
				t.Errorf("%v %+v", paused, w.Paused)
			}
			if again, more := w.Weigh(c.t, now.Add(time.Hour)); more && paused || paused && !again.Paused.Since.Equal(now) {
				t.Error("held back twice")
			}
		})
	}
}

func TestWhatWasLetGoCountsAnewFromTheNextLocalDay(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	w := Workspace{Settings: Settings{Zone: "Europe/Madrid"}}
	if got := w.CountedDays(now); len(got) != 7 || got[0].Mails.Window != "2026-11-23" || got[6].Bounces.Window != "2026-11-17" {
		t.Errorf("%+v", got)
	}
	if _, resumed := w.Resume(now); resumed {
		t.Error("what is not held back cannot be let go")
	}
	w, held := w.Hold(now)
	if !held || w.Paused.Reason != ByStaff {
		t.Errorf("%+v", w.Paused)
	}
	w, resumed := w.Resume(now)
	if !resumed || w.Paused != nil {
		t.Errorf("%+v", w.Paused)
	}
	for day, want := range []int{0, 1, 2} {
		if got := w.CountedDays(now.AddDate(0, 0, day)); len(got) != want {
			t.Errorf("after %d days: %d", day, len(got))
		}
	}
}
