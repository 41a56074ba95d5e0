package localtime

import (
	"fmt"
	"time"
)

// Day returns the key of the local date of instant, such as "2026-11-22": what daily caps are counted under.
func Day(instant time.Time, zone *time.Location) string {
	return DateOf(instant, zone).String()
}

// Week returns the key of the local week of instant, such as "2026-W47": ISO 8601 weeks, Monday to Sunday, under the
// year that has their Thursday. Weekly caps are counted under it.
func Week(instant time.Time, zone *time.Location) string {
	year, week := instant.In(zone).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}
