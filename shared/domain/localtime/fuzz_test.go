package localtime

import (
	"testing"
	"time"
)

// The fuzz targets hold that what is accepted is written back as it was read, and that nothing panics.

func FuzzParseClock(f *testing.F) {
	for _, text := range []string{"09:00", "23:59:59", "24:00", "9:00", "09:00:00.5", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clock, err := ParseClock(text)
		if err != nil {
			return
		}
		if got := clock.String(); clock.Validate() != nil || got != text && got+":00" != text {
			t.Errorf("%q is written back as %q", text, got)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-11-22", "2028-02-29", "2026-02-29", "0000-01-01", "9999-12-31", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		date, err := ParseDate(text)
		if err != nil {
			return
		}
		if got, err := date.MarshalText(); err != nil || string(got) != text {
			t.Errorf("%q is written back as %q, %v", text, got, err)
		}
		if next := date.AddDays(1); !next.After(date) || next.AddDays(-1) != date {
			t.Errorf("the day after %s is %s", date, next)
		}
	})
}

func FuzzWeekdaySet(f *testing.F) {
	for _, text := range []string{"mon,tue,wed,thu,fri", "sun,mon", "mon,mon", "mon,", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set, err := ParseWeekdays(text)
		if err != nil {
			return
		}
		if again, err := ParseWeekdays(set.String()); err != nil || again != set || len(set.String()) != len(text) {
			t.Errorf("%q is written back as %q, %v", text, set, err)
		}
	})
}

func FuzzValidity(f *testing.F) {
	for _, text := range []string{"P14D", "PT72H", "P365D", "PT8760H", "P0D", "P1DT1H", "P-1D", ""} {
		f.Add(text)
	}
	sent := time.Date(2026, time.March, 28, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		var v Validity
		if v.UnmarshalText([]byte(text)) != nil {
			return
		}
		if got, err := v.MarshalText(); err != nil || string(got) != text {
			t.Errorf("%q is written back as %q, %v", text, got, err)
		}
		if open := v.ExpiresAt(sent, time.UTC).Sub(sent); open < time.Hour || open > 366*24*time.Hour {
			t.Errorf("%q is open for %s", text, open)
		}
	})
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"Europe/Madrid", "UTC", "Local", "", "../etc/passwd", "right/UTC", "Europe/./Madrid"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		zone, err := Load(name)
		if (err == nil) != (zone != nil) {
			t.Fatalf("Load(%q) = %v, %v", name, zone, err)
		}
		if err == nil && (zone.String() != name || name == "" || name == "Local") {
			t.Errorf("Load(%q) = %s", name, zone)
		}
	})
}
