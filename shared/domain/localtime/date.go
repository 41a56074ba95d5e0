package localtime

import (
	"cmp"
	"errors"
	"time"
)

// Date is a day of the calendar, in no zone. Its zero value means "no date" and has the empty text form.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

var errDate = errors.New("date must be a day of the calendar as YYYY-MM-DD, years 0001 to 9999")

// DateOf returns the date a calendar in zone shows at instant.
func DateOf(instant time.Time, zone *time.Location) Date {
	year, month, day := instant.In(zone).Date()
	return Date{Year: year, Month: month, Day: day}
}

// ParseDate reads exactly YYYY-MM-DD (RFC 3339 full-date) and refuses days the calendar does not have, with a plain
// error. The empty text is refused too; see UnmarshalText.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		return Date{}, errDate
	}
	return DateOf(t, time.UTC), nil
}

// IsZero says whether d is "no date"; encoding/json's omitzero asks it.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays returns the date days later, or earlier if days is negative.
func (d Date) AddDays(days int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+days, 0, 0, 0, 0, time.UTC), time.UTC)
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.reading(Clock{}).Weekday() }

// Before says whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.compare(other) < 0 }

// After says whether d is later than other.
func (d Date) After(other Date) bool { return d.compare(other) > 0 }

func (d Date) compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// reading is what a calendar and clock show at clock on d, written as if it were UTC; resolve.go counts with it.
func (d Date) reading(clock Clock) time.Time {
	return time.Date(d.Year, d.Month, d.Day, clock.Hour, clock.Minute, clock.Second, 0, time.UTC)
}

// String returns YYYY-MM-DD, or "" for the zero date. A date the calendar does not have shows as the one it runs over
// to; MarshalText refuses it.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.reading(Clock{}).Format(time.DateOnly)
}

// MarshalText returns the form of String, and an error for a date the calendar does not have.
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsZero() && (d.Year < 1 || d.Year > 9999 || d.AddDays(0) != d) {
		return nil, errDate
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes: YYYY-MM-DD, or "" as the zero date. On an error d is unchanged.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
