package workspace

import (
	"time"

	"portero/shared/domain/localtime"
)

// digestDays is how far ahead a working day is looked for; one is found within a
// week.
const digestDays = 14

// NextDigest is when the digests go out that are told what happens at now: at the
// hour of the workspace's reminders, on its next working day with that hour to
// come, out of quiet hours. A clock change moves it as it moves reminders.
func (w Workspace) NextDigest(now time.Time) time.Time {
	zone, err := localtime.Load(w.Settings.Zone)
	if err != nil {
		zone = time.UTC
	}
	plan := localtime.Plan{At: w.Settings.Reminders.At}
	for n := range digestDays {
		plan.Days = append(plan.Days, n)
	}
	for _, s := range plan.Slots(now, now.AddDate(0, 0, 2*digestDays), zone, w.Settings.Policy) {
		if s.At.After(now) {
			return s.At
		}
	}
	return now.AddDate(0, 0, 1)
}

// Today names the workspace's day.
func (w Workspace) Today(now time.Time) string {
	zone, err := localtime.Load(w.Settings.Zone)
	if err != nil {
		zone = time.UTC
	}
	return localtime.Day(now, zone)
}
