package localtime

import "time"

// A reading is what calendar and clock show in some zone, written as a time.Time in UTC so that it can be counted with.

// lookBack is how far before a reading, taken for UTC, the search for its instant begins: more than any zone is ahead
// of UTC (15:13:42, America/Metlakatla before 1867; the tz database).
const lookBack = 24 * time.Hour

// Resolve returns the instant, in UTC and whole seconds, at which a clock in zone shows clock on date. Where a clock
// change skips that wall time it is the first instant after the gap; where it happens twice it is the first.
func Resolve(date Date, clock Clock, zone *time.Location) time.Time {
	return resolveFrom(time.Time{}, date, clock, zone)
}

// EndOfDay returns the instant at which a clock in zone shows 23:59:59 on date, in UTC. Where a clock change skips
// that wall time it is the first instant after the gap, which is the end of that day all the same; where it happens
// twice it is the last, because until then the calendar still shows date.
func EndOfDay(date Date, zone *time.Location) time.Time {
	clock := Clock{Hour: 23, Minute: 59, Second: 59}
	first := Resolve(date, clock, zone)
	_, change := offset(first, zone)
	if change.IsZero() {
		return first
	}
	again := firstShowing(change, date.reading(clock), zone)
	if DateOf(again, zone) == date && ClockOf(again, zone) == clock {
		return again
	}
	return first
}

// StartOfNextDay returns the first instant after the given one at which the calendar in zone shows a later date, in
// UTC. That is local midnight unless a clock change skips it.
func StartOfNextDay(instant time.Time, zone *time.Location) time.Time {
	next := DateOf(instant, zone).AddDays(1)
	return firstShowing(instant, next.reading(Clock{}), zone)
}

// resolveFrom is Resolve for instants not before the given one: the second time of a wall time counts if its first has
// gone by, and earliest itself if both have.
func resolveFrom(earliest time.Time, date Date, clock Clock, zone *time.Location) time.Time {
	reading := date.reading(clock)
	from := reading.Add(-lookBack)
	if earliest.After(from) {
		from = earliest
	}
	return firstShowing(from, reading, zone)
}

// firstShowing returns the earliest instant, not before from, at which a clock in zone shows reading or more. It goes
// from clock change to clock change, between which readings and instants run alike. No zone skips a wall time and
// shows it afterwards all the same, so "or more" is only ever the end of a gap, or from itself.
func firstShowing(from, reading time.Time, zone *time.Location) time.Time {
	for at := from; ; {
		ahead, change := offset(at, zone)
		shows := reading.Add(-ahead)
		if !shows.After(at) {
			return at.UTC()
		}
		if change.IsZero() || shows.Before(change) {
			return shows.UTC()
		}
		at = change
	}
}

// offset returns how far zone is ahead of UTC at instant, and the instant at which that may change next (zero: never).
func offset(instant time.Time, zone *time.Location) (ahead time.Duration, change time.Time) {
	local := instant.In(zone)
	_, seconds := local.Zone()
	_, change = local.ZoneBounds()
	return time.Duration(seconds) * time.Second, change
}
