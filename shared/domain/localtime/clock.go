package localtime

import (
	"errors"
	"fmt"
	"time"
)

// Clock is a wall time of day, in no zone, from 00:00:00 to 23:59:59. Its zero value is midnight.
type Clock struct{ Hour, Minute, Second int }

// secondsPerDay is the length of a wall clock's round; a local day may be longer or shorter.
const secondsPerDay = 24 * 60 * 60

var errClock = errors.New("wall time must be HH:MM or HH:MM:SS, 00:00 to 23:59:59")

// ParseClock reads HH:MM or HH:MM:SS, two digits each, and refuses everything else (24:00 and leap seconds included)
// with a plain error.
func ParseClock(text string) (Clock, error) {
	layout := "15:04"
	if len(text) != len(layout) {
		layout = time.TimeOnly
	}
	t, err := time.Parse(layout, text)
	if err != nil || len(text) != len(layout) {
		return Clock{}, errClock
	}
	return ClockOf(t, time.UTC), nil
}

// ClockOf returns the wall time a clock in zone shows at instant.
func ClockOf(instant time.Time, zone *time.Location) Clock {
	hour, minute, second := instant.In(zone).Clock()
	return Clock{Hour: hour, Minute: minute, Second: second}
}

// Validate refuses a wall time that no clock shows, with a plain error.
func (c Clock) Validate() error {
	if c.Hour < 0 || c.Hour > 23 || c.Minute < 0 || c.Minute > 59 || c.Second < 0 || c.Second > 59 {
		return errClock
	}
	return nil
}

// seconds counts from midnight on the wall clock.
func (c Clock) seconds() int { return (c.Hour*60+c.Minute)*60 + c.Second }

// String returns HH:MM, or HH:MM:SS where there are seconds.
func (c Clock) String() string {
	if c.Second == 0 {
		return fmt.Sprintf("%02d:%02d", c.Hour, c.Minute)
	}
	return fmt.Sprintf("%02d:%02d:%02d", c.Hour, c.Minute, c.Second)
}

// MarshalText returns the form of String, and an error for a wall time that no clock shows.
func (c Clock) MarshalText() ([]byte, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what ParseClock reads. On an error c is unchanged.
func (c *Clock) UnmarshalText(text []byte) error {
	parsed, err := ParseClock(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
