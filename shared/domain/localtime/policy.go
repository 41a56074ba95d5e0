package localtime

import "time"

// Policy is when a workspace lets reminders out: on its working days, outside its quiet hours. Quiet hours go from
// QuietFrom to, not including, QuietTo, over midnight if QuietFrom is the later; equal ends mean none. The zero value
// holds nothing back, but is no valid setting.
type Policy struct {
	Workdays  WeekdaySet `json:"workdays"`
	QuietFrom Clock      `json:"quiet_from"`
	QuietTo   Clock      `json:"quiet_to"`
}

// DefaultPolicy returns Monday to Friday, quiet 20:00–08:00 (quiet hours: product rule, design.md §5 "Local time";
// days: chosen; no evidence).
func DefaultPolicy() Policy {
	return Policy{
		Workdays:  Weekdays(time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		QuietFrom: Clock{Hour: 20},
		QuietTo:   Clock{Hour: 8},
	}
}

// Validate refuses, with an error whose field At names, an empty set of working days and
// wall times that no clock shows.
func (pol Policy) Validate() error {
	if err := pol.Workdays.Validate(); err != nil {
		return wrong("workdays", err)
	}
	if err := pol.QuietFrom.Validate(); err != nil {
		return wrong("quiet_from", err)
	}
	if err := pol.QuietTo.Validate(); err != nil {
		return wrong("quiet_to", err)
	}
	return nil
}

// Quiet says whether instant falls into the quiet hours of zone.
func (pol Policy) Quiet(instant time.Time, zone *time.Location) bool {
	return pol.quietAt(ClockOf(instant, zone))
}

// NextAllowed returns the earliest instant, not before the given one, outside the quiet hours of zone, in UTC: instant
// itself, or the end of the quiet hours it falls into. It does not look at working days.
// The ends of the quiet hours must be wall times that a clock shows.
func (pol Policy) NextAllowed(instant time.Time, zone *time.Location) time.Time {
	if !pol.Quiet(instant, zone) {
		return instant.UTC()
	}
	at := instant.Truncate(time.Second)
	for pol.Quiet(at, zone) {
		left := (pol.QuietTo.seconds() - ClockOf(at, zone).seconds() + secondsPerDay) % secondsPerDay
		end := at.Add(time.Duration(left) * time.Second)
		if _, change := offset(at, zone); !change.IsZero() && change.Before(end) {
			end = change // the clock runs otherwise from there on: look again
		}
		at = end
	}
	return at.UTC()
}

func (pol Policy) quietAt(clock Clock) bool {
	from, to, at := pol.QuietFrom.seconds(), pol.QuietTo.seconds(), clock.seconds()
	if from <= to {
		return from <= at && at < to
	}
	return at >= from || at < to
}

// works says whether date is a working day. An empty set rules no day out, so that no search goes on for ever.
func (pol Policy) works(date Date) bool {
	return pol.Workdays.Validate() != nil || pol.Workdays.Has(date.Weekday())
}

// workday returns date, or the first working day after it.
func (pol Policy) workday(date Date) Date {
	for !pol.works(date) {
		date = date.AddDays(1)
	}
	return date
}
