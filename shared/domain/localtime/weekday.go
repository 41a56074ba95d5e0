package localtime

import (
	"errors"
	"strings"
	"time"
)

// WeekdaySet is a set of days of the week, one bit each. Its text form names them from Monday on:
// "mon,tue,wed,thu,fri". The empty set has no text form: a setting must name at least one day.
type WeekdaySet uint8

// week is the order of the text form and its names.
var week = [7]struct {
	day  time.Weekday
	name string
}{
	{time.Monday, "mon"}, {time.Tuesday, "tue"}, {time.Wednesday, "wed"}, {time.Thursday, "thu"},
	{time.Friday, "fri"}, {time.Saturday, "sat"}, {time.Sunday, "sun"},
}

var errWeekdays = errors.New("weekdays must be one or more of mon,tue,wed,thu,fri,sat,sun, each once, separated by commas")

// Weekdays returns the set of the given days.
func Weekdays(days ...time.Weekday) WeekdaySet {
	var set WeekdaySet
	for _, day := range days {
		set |= 1 << day
	}
	return set
}

// ParseWeekdays reads names in any order, each once, lower case and without spaces; the rest, "" included, is refused
// with a plain error.
func ParseWeekdays(text string) (WeekdaySet, error) {
	if len(text) > len("mon,tue,wed,thu,fri,sat,sun") {
		return 0, errWeekdays
	}
	var set WeekdaySet
	for name := range strings.SplitSeq(text, ",") {
		day, ok := weekdayNamed(name)
		if !ok || set.Has(day) {
			return 0, errWeekdays
		}
		set |= Weekdays(day)
	}
	return set, nil
}

func weekdayNamed(name string) (time.Weekday, bool) {
	for _, w := range week {
		if w.name == name {
			return w.day, true
		}
	}
	return 0, false
}

// Has says whether day is in the set.
func (s WeekdaySet) Has(day time.Weekday) bool { return s&(1<<day) != 0 }

// Validate refuses the empty set, and bits that are no day, with a plain error.
func (s WeekdaySet) Validate() error {
	if s == 0 || s >= 1<<len(week) {
		return errWeekdays
	}
	return nil
}

// String returns the names from Monday on, or "" for the empty set.
func (s WeekdaySet) String() string {
	var names []string
	for _, w := range week {
		if s.Has(w.day) {
			names = append(names, w.name)
		}
	}
	return strings.Join(names, ",")
}

// MarshalText returns the form of String, and an error for a set that Validate refuses.
func (s WeekdaySet) MarshalText() ([]byte, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what ParseWeekdays reads. On an error s is unchanged.
func (s *WeekdaySet) UnmarshalText(text []byte) error {
	parsed, err := ParseWeekdays(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}
