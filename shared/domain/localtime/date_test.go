package localtime

import (
	"encoding/json"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for text, want := range map[string]Date{
		"2026-11-22": {2026, time.November, 22},
		"2028-02-29": {2028, time.February, 29},
		"0001-01-01": {1, time.January, 1},
		"9999-12-31": {9999, time.December, 31},
	} {
		if got, err := ParseDate(text); err != nil || got != want || got.String() != text {
			t.Errorf("ParseDate(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "0000-01-01", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32", "2026-1-1", "20260101",
		"26-01-01", "12026-01-01", "-2026-01-01", "2026-01-01T00:00:00Z", " 2026-01-01", "2026/01/01",
	} {
		if got, err := ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %v; want an error", text, got)
		}
	}
}

func TestDateText(t *testing.T) {
	for _, text := range []string{`"2026-11-22"`, `""`} {
		var date Date
		if err := json.Unmarshal([]byte(text), &date); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(date); err != nil || string(got) != text {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
		if date.IsZero() != (text == `""`) {
			t.Errorf("%s: IsZero() = %v", text, date.IsZero())
		}
	}
	for _, date := range []Date{{2026, time.February, 30}, {2026, 13, 1}, {0, time.January, 1}, {10000, time.January, 1}, {2026, 0, 0}} {
		if got, err := date.MarshalText(); err == nil {
			t.Errorf("%#v is written as %s; want an error", date, got)
		}
	}
	date := mustDate(t, "2026-11-22")
	if err := date.UnmarshalText([]byte("2026-02-30")); err == nil || date.String() != "2026-11-22" {
		t.Errorf("after a refused text the date is %v, %v; want it unchanged and an error", date, err)
	}
}

func TestDateArithmetic(t *testing.T) {
	for _, c := range []struct {
		date string
		days int
		want string
	}{
		{"2026-12-31", 1, "2027-01-01"},
		{"2028-02-28", 1, "2028-02-29"},
		{"2026-02-28", 1, "2026-03-01"},
		{"2026-03-01", -1, "2026-02-28"},
		{"2026-06-15", 365, "2027-06-15"},
		{"2026-06-15", 0, "2026-06-15"},
	} {
		from, want := mustDate(t, c.date), mustDate(t, c.want)
		if got := from.AddDays(c.days); got != want {
			t.Errorf("%s and %d days = %s, want %s", c.date, c.days, got, c.want)
		}
		if from.Before(want) != (c.days > 0) || from.After(want) != (c.days < 0) || want.After(from) != (c.days > 0) {
			t.Errorf("%s and %s compare in the wrong order", c.date, c.want)
		}
	}
	if day := mustDate(t, "2026-11-22").Weekday(); day != time.Sunday {
		t.Errorf("2026-11-22 is a %s, want Sunday", day)
	}
}

func TestDateOfIsTheDateOfTheZone(t *testing.T) {
	instant := mustTime(t, "2026-11-22T11:30:00Z")
	for zone, want := range map[string]string{
		"UTC": "2026-11-22", "Pacific/Kiritimati": "2026-11-23", "Pacific/Niue": "2026-11-22", "Etc/GMT+12": "2026-11-21",
	} {
		if got := DateOf(instant, mustLoad(t, zone)).String(); got != want {
			t.Errorf("%s: %s, want %s", zone, got, want)
		}
	}
}
