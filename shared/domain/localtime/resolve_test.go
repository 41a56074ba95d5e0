package localtime

import (
	"testing"
	"time"
)

func TestResolve(t *testing.T) {
	for _, c := range []struct{ what, zone, date, clock, want string }{
		{"an ordinary morning in winter", "Europe/Madrid", "2026-01-15", "09:00", "2026-01-15T08:00:00Z"},
		{"the same in summer", "Europe/Madrid", "2026-07-15", "09:00", "2026-07-15T07:00:00Z"},
		{"the last second before a gap", "Europe/Madrid", "2026-03-29", "01:59:59", "2026-03-29T00:59:59Z"},
		{"the first of a gap is its end", "Europe/Madrid", "2026-03-29", "02:00", "2026-03-29T01:00:00Z"},
		{"the middle of a gap is its end", "Europe/Madrid", "2026-03-29", "02:30", "2026-03-29T01:00:00Z"},
		{"the first second after a gap", "Europe/Madrid", "2026-03-29", "03:00", "2026-03-29T01:00:00Z"},
		{"what comes twice is the first", "Europe/Madrid", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"},
		{"the first of what comes twice", "Europe/Madrid", "2026-10-25", "02:00", "2026-10-25T00:00:00Z"},
		{"what comes after the repetition", "Europe/Madrid", "2026-10-25", "03:00", "2026-10-25T02:00:00Z"},
		{"a change of half an hour, skipped", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z"},
		{"a change of half an hour, repeated", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z"},
		{"a midnight that is skipped", "Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00:00Z"},
		{"a day that is skipped", "Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00:00Z"},
		{"the day after it", "Pacific/Apia", "2011-12-31", "09:00", "2011-12-30T19:00:00Z"},
		{"the easternmost zone", "Pacific/Kiritimati", "2026-11-22", "00:00", "2026-11-21T10:00:00Z"},
		{"the westernmost zone", "Etc/GMT+12", "2026-11-22", "23:59:59", "2026-11-23T11:59:59Z"},
		{"an offset with seconds", "Africa/Monrovia", "1971-06-01", "09:00", "1971-06-01T09:44:30Z"},
		{"UTC", "UTC", "2026-11-22", "09:00", "2026-11-22T09:00:00Z"},
	} {
		t.Run(c.what, func(t *testing.T) {
			got := Resolve(mustDate(t, c.date), mustClock(t, c.clock), mustLoad(t, c.zone))
			if !got.Equal(mustTime(t, c.want)) || got.Location() != time.UTC {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// At each change of each zone since 1970, and on to 2040, wall times before, in and after the gap or the repetition
// resolve as the offsets on both sides say.
func TestResolveAtEveryChangeOfEveryZone(t *testing.T) {
	from, to := mustTime(t, "1970-01-02T00:00:00Z"), mustTime(t, "2040-01-01T00:00:00Z")
	checked, skipped, repeated := 0, 0, 0
	for _, zone := range distinctZones(t) {
		var previous time.Time
		for _, change := range changes(zone, from, to) {
			if change.Sub(previous) < lookBack {
				t.Errorf("%s: changes at %s and %s are so near that a skipped time may yet be shown", zone, previous, change)
			}
			previous = change
			_, before := change.Add(-time.Second).In(zone).Zone()
			_, after := change.In(zone).Zone()
			low, high := min(before, after), max(before, after)
			for _, seconds := range []int{low - 1, low, (low + high) / 2, high - 1, high, high + 1} {
				reading := change.UTC().Add(time.Duration(seconds) * time.Second)
				want := reading.Add(-time.Duration(before) * time.Second) // by the clock as it was
				switch {
				case seconds >= low && seconds < high && after > before:
					want = change
					skipped++
				case seconds >= low && seconds < high:
					repeated++
				case seconds >= high:
					want = reading.Add(-time.Duration(after) * time.Second)
				}
				got := Resolve(DateOf(reading, time.UTC), ClockOf(reading, time.UTC), zone)
				if !got.Equal(want) {
					t.Errorf("%s: %s is %s, want %s", zone, reading.Format(time.DateTime), got, want.UTC())
				}
				checked++
			}
		}
	}
	if skipped == 0 || repeated == 0 {
		t.Error("no gap or no repetition was met: nothing is proved")
	}
	t.Logf("%d wall times, %d of them skipped by a clock change, %d repeated", checked, skipped, repeated)
}

func TestStartOfNextDay(t *testing.T) {
	for _, c := range []struct{ what, zone, instant, want string }{
		{"from the middle of a day", "Europe/Madrid", "2026-11-22T12:00:00Z", "2026-11-22T23:00:00Z"},
		{"from the first second of a day", "Europe/Madrid", "2026-11-21T23:00:00Z", "2026-11-22T23:00:00Z"},
		{"from the last second of a day", "Europe/Madrid", "2026-11-22T22:59:59Z", "2026-11-22T23:00:00Z"},
		{"a fraction before midnight", "UTC", "2026-11-22T23:59:59.5Z", "2026-11-23T00:00:00Z"},
		{"on a day of 23 hours", "Europe/Madrid", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
		{"on a day of 25 hours", "Europe/Madrid", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
		{"where midnight is skipped", "Asia/Beirut", "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z"},
		{"where the end of the day is skipped", "America/Nuuk", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"},
		{"where the end of the day comes twice", "America/Nuuk", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z"},
		{"where the next day is skipped", "Pacific/Apia", "2011-12-30T08:00:00Z", "2011-12-30T10:00:00Z"},
		// St. John's used to go back from 00:01 to 23:01: that day begins, ends and begins again.
		{"before a day that begins twice", "America/St_Johns", "2010-11-07T02:00:00Z", "2010-11-07T02:30:00Z"},
		{"in its first minute", "America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-08T03:30:00Z"},
		{"after its first minute", "America/St_Johns", "2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z"},
	} {
		t.Run(c.what, func(t *testing.T) {
			got := StartOfNextDay(mustTime(t, c.instant), mustLoad(t, c.zone))
			if !got.Equal(mustTime(t, c.want)) || got.Location() != time.UTC {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDayAndWeekAreThoseOfTheZone(t *testing.T) {
	for _, c := range []struct{ zone, instant, day, week string }{
		{"UTC", "2026-11-22T23:30:00Z", "2026-11-22", "2026-W47"},
		{"Europe/Madrid", "2026-11-22T23:30:00Z", "2026-11-23", "2026-W48"},
		{"UTC", "2027-01-01T12:00:00Z", "2027-01-01", "2026-W53"},
		{"UTC", "2025-12-29T12:00:00Z", "2025-12-29", "2026-W01"},
	} {
		instant, zone := mustTime(t, c.instant), mustLoad(t, c.zone)
		if day, week := Day(instant, zone), Week(instant, zone); day != c.day || week != c.week {
			t.Errorf("%s in %s: %s and %s, want %s and %s", c.instant, c.zone, day, week, c.day, c.week)
		}
	}
}
