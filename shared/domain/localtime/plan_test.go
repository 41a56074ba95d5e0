package localtime

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// slotsCase names a case of Slots; want holds one "number instant" per slot.
type slotsCase struct {
	what, zone, sent string
	validity         Validity
	days             []int
	at               string
	pol              Policy
	want             []string
}

func slotsCases(t *testing.T) []slotsCase {
	office := DefaultPolicy()
	everyDay := Policy{}
	siesta := quiet(t, "14:00", "16:00")
	sunToThu := office
	sunToThu.Workdays = Weekdays(time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday)
	saturdays := Policy{Workdays: Weekdays(time.Saturday)}
	return []slotsCase{
		{"the default plan sent on a Monday", "Europe/Madrid", "2026-11-02T10:00:00Z", Validity{}, []int{3, 7, 12}, "09:00", office,
			[]string{"1 2026-11-05T08:00:00Z", "2 2026-11-09T08:00:00Z", "3 2026-11-16T08:00:00Z"}}, // day 12 is a Saturday
		{"no days, no reminders", "Europe/Madrid", "2026-11-02T10:00:00Z", Validity{}, nil, "09:00", office, nil},
		{"the hour stays across the change to summer time", "Europe/Madrid", "2026-03-24T10:00:00Z", Validity{}, []int{3, 7}, "09:00", office,
			[]string{"1 2026-03-27T08:00:00Z", "2 2026-03-31T07:00:00Z"}},
		{"days count from the local date of sending", "Asia/Tokyo", "2026-11-02T20:00:00Z", Validity{}, []int{1}, "09:00", office,
			[]string{"1 2026-11-04T00:00:00Z"}},
		{"a Friday is free where the week is Sunday to Thursday", "Asia/Amman", "2026-11-04T10:00:00Z", Validity{}, []int{2, 4}, "09:00", sunToThu,
			[]string{"1 2026-11-08T06:00:00Z"}}, // both land on Sunday
		{"of two moved onto one day the first stays, numbers too", "UTC", "2026-11-05T10:00:00Z", Validity{}, []int{1, 2, 3, 4, 5}, "09:00", office,
			[]string{"1 2026-11-06T09:00:00Z", "2 2026-11-09T09:00:00Z", "5 2026-11-10T09:00:00Z"}},
		{"an evening hour waits for the end of quiet hours", "UTC", "2026-11-02T10:00:00Z", Validity{}, []int{1}, "21:00", office,
			[]string{"1 2026-11-04T08:00:00Z"}},
		{"an early hour waits for the same morning", "UTC", "2026-11-02T10:00:00Z", Validity{}, []int{1}, "05:00", office,
			[]string{"1 2026-11-03T08:00:00Z"}},
		{"a Friday evening waits for Monday morning", "UTC", "2026-11-05T10:00:00Z", Validity{}, []int{1}, "21:00", office,
			[]string{"1 2026-11-09T08:00:00Z"}},
		{"a Saturday evening is Monday's evening, so Tuesday morning", "UTC", "2026-11-06T10:00:00Z", Validity{}, []int{1}, "21:00", office,
			[]string{"1 2026-11-10T08:00:00Z"}},
		{"a siesta moves within the day", "UTC", "2026-11-02T10:00:00Z", Validity{}, []int{1}, "15:00", siesta,
			[]string{"1 2026-11-03T16:00:00Z"}},
		{"the last second before expiry is in", "UTC", "2026-11-02T10:00:00Z", Validity{Days: 1}, []int{1}, "23:59:58", everyDay,
			[]string{"1 2026-11-03T23:59:58Z"}},
		{"the instant of expiry is out", "UTC", "2026-11-02T10:00:00Z", Validity{Days: 1}, []int{1}, "23:59:59", everyDay, nil},
		{"after expiry there is none", "UTC", "2026-11-02T10:00:00Z", Validity{Hours: 100}, []int{3, 5}, "09:00", everyDay,
			[]string{"1 2026-11-05T09:00:00Z"}},
		{"one that is moved past expiry is gone", "UTC", "2026-11-05T10:00:00Z", Validity{Days: 3}, []int{2}, "09:00", office, nil},
		{"no working days set rules no day out", "UTC", "2026-11-06T10:00:00Z", Validity{}, []int{1, 2}, "09:00", everyDay,
			[]string{"1 2026-11-07T09:00:00Z", "2 2026-11-08T09:00:00Z"}},
		{"a skipped hour is the end of the gap", "Europe/Madrid", "2026-03-28T10:00:00Z", Validity{}, []int{1}, "02:30", everyDay,
			[]string{"1 2026-03-29T01:00:00Z"}},
		{"a repeated hour is reminded once, the first time", "Europe/Madrid", "2026-10-24T10:00:00Z", Validity{}, []int{1, 2}, "02:30", everyDay,
			[]string{"1 2026-10-25T00:30:00Z", "2 2026-10-26T01:30:00Z"}},
		{"a skipped day and the next are reminded once", "Pacific/Apia", "2011-12-29T00:00:00Z", Validity{}, []int{2, 3, 4}, "09:00", everyDay,
			[]string{"1 2011-12-30T10:00:00Z", "3 2011-12-31T19:00:00Z"}},
		{"a skipped day is the next, after its quiet hours", "Pacific/Apia", "2011-12-29T00:00:00Z", Validity{}, []int{2, 3}, "09:00", quiet(t, "20:00", "08:00"),
			[]string{"1 2011-12-30T18:00:00Z"}},
		{"a skipped Friday before a free day is Monday", "Pacific/Apia", "2011-12-29T00:00:00Z", Validity{}, []int{2, 6}, "09:00", office,
			[]string{"1 2012-01-01T19:00:00Z", "2 2012-01-02T19:00:00Z"}},
		{"a working evening that is skipped waits a week", "America/Nuuk", "2026-03-27T12:00:00Z", Validity{}, []int{1}, "23:30", saturdays,
			[]string{"1 2026-04-05T00:30:00Z"}},
		{"never before sending, where a day begins twice", "America/St_Johns", "2010-11-07T02:45:00Z", Validity{}, []int{1}, "00:00", everyDay,
			[]string{"1 2010-11-07T03:30:00Z"}},
	}
}

func TestSlots(t *testing.T) {
	for _, c := range slotsCases(t) {
		t.Run(c.what, func(t *testing.T) {
			zone, sent := mustLoad(t, c.zone), mustTime(t, c.sent)
			plan := Plan{Days: c.days, At: mustClock(t, c.at)}
			expires := c.validity.ExpiresAt(sent, zone)
			var got []string
			for _, slot := range plan.Slots(sent, expires, zone, c.pol) {
				got = append(got, string(rune('0'+slot.Number))+" "+slot.At.Format(time.RFC3339))
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestNext(t *testing.T) {
	zone, sent := mustLoad(t, "Europe/Madrid"), mustTime(t, "2026-11-03T10:00:00Z")
	expires := Validity{}.ExpiresAt(sent, zone)
	for _, c := range []struct {
		what, after string
		number      int
		want        string
	}{
		{"from sending it is the first", "2026-11-03T10:00:00Z", 1, "2026-11-06T08:00:00Z"},
		{"a second before the first it is still the first", "2026-11-06T07:59:59Z", 1, "2026-11-06T08:00:00Z"},
		{"at the first it is the second", "2026-11-06T08:00:00Z", 2, "2026-11-10T08:00:00Z"},
		{"a job that comes late skips what has gone by", "2026-11-12T00:00:00Z", 3, "2026-11-16T08:00:00Z"},
		{"after the last there is none", "2026-11-16T08:00:00Z", 0, ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			slot, ok := DefaultPlan().Next(sent, mustTime(t, c.after), expires, zone, DefaultPolicy())
			if ok != (c.number != 0) || slot.Number != c.number || ok && !slot.At.Equal(mustTime(t, c.want)) {
				t.Errorf("got %v, %v; want %d at %s", slot, ok, c.number, c.want)
			}
		})
	}
}

func TestPlanValidate(t *testing.T) {
	for what, plan := range map[string]Plan{
		"the default plan": DefaultPlan(),
		"no reminders":     {},
		"the bounds":       {Days: []int{1, 365}, At: Clock{Hour: 23, Minute: 59, Second: 59}},
		"ten":              {Days: []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
	} {
		if err := plan.Validate(); err != nil {
			t.Errorf("%s: refused: %v", what, err)
		}
	}
	for what, c := range map[string]struct {
		plan  Plan
		field string
	}{
		"the day of sending":     {Plan{Days: []int{0}}, "days"},
		"a day before sending":   {Plan{Days: []int{-1}}, "days"},
		"more than a year":       {Plan{Days: []int{366}}, "days"},
		"a day twice":            {Plan{Days: []int{3, 3}}, "days"},
		"descending days":        {Plan{Days: []int{7, 3}}, "days"},
		"eleven":                 {Plan{Days: []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}, "days"},
		"an hour no clock shows": {Plan{Days: []int{3}, At: Clock{Hour: 24}}, "at"},
	} {
		if err := c.plan.Validate(); err == nil || !strings.HasPrefix(err.Error(), c.field+": ") {
			t.Errorf("%s: %v; want an error of %s", what, err, c.field)
		}
	}
}

func TestPlanJSON(t *testing.T) {
	text, err := json.Marshal(DefaultPlan())
	if want := `{"days":[3,7,12],"at":"09:00"}`; err != nil || string(text) != want {
		t.Fatalf("got %s, %v; want %s", text, err, want)
	}
	var plan Plan
	if err := json.Unmarshal(text, &plan); err != nil || !reflect.DeepEqual(plan, DefaultPlan()) {
		t.Errorf("comes back as %+v, %v", plan, err)
	}
}
