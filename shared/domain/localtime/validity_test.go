package localtime

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestParseValidity(t *testing.T) {
	for text, want := range map[string]Validity{
		"P1D": {Days: 1}, "P14D": {Days: 14}, "P365D": {Days: 365},
		"PT1H": {Hours: 1}, "PT72H": {Hours: 72}, "PT8760H": {Hours: 8760},
	} {
		if got, err := ParseValidity(text); err != nil || got != want || got.String() != text {
			t.Errorf("ParseValidity(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "P", "PT", "PD", "PTH", "P0D", "PT0H", "P366D", "PT8761H", "P-1D", "P+1D", "P014D", "PT01H", "P1DT1H", "P1T1H",
		"P2W", "P1M", "PT30M", "P1.5D", "PT1.5H", "p1d", "P1d", "P1H", "PT1D", "14", "D", "P14", "14D", "PT24", "P1D ", " P1D",
		"P٣D", "P99999999999999999999D", "PT99999999999999999999H",
	} {
		got, err := ParseValidity(text)
		if err == nil {
			t.Errorf("ParseValidity(%q) = %v; want an error", text, got)
			continue
		}
		if !strings.Contains(err.Error(), "P365D") || !strings.Contains(err.Error(), "PT8760H") {
			t.Errorf("ParseValidity(%q): %q does not name the range", text, err)
		}
	}
}

func TestValidityText(t *testing.T) {
	for _, text := range []string{`"P14D"`, `"PT1H"`, `""`} {
		var v Validity
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(v); err != nil || string(got) != text {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
		if v.IsZero() != (text == `""`) {
			t.Errorf("%s: IsZero() = %v", text, v.IsZero())
		}
	}
	for _, v := range []Validity{{Days: -1}, {Days: 366}, {Hours: -1}, {Hours: 8761}, {Days: 1, Hours: 1}, {Days: -1, Hours: 1}} {
		if got, err := v.MarshalText(); err == nil {
			t.Errorf("%#v is written as %s; want an error", v, got)
		}
	}
	v := Validity{Days: 3}
	if err := v.UnmarshalText([]byte("P0D")); err == nil || v != (Validity{Days: 3}) {
		t.Errorf("after a refused text the validity is %v, %v; want it unchanged and an error", v, err)
	}
}

func TestExpiresAt(t *testing.T) {
	for _, c := range []struct{ what, zone, sent, validity, want string }{
		{"the default is 14 days to the end of the local day", "Europe/Madrid", "2026-11-02T10:00:00Z", "", "2026-11-16T22:59:59Z"},
		{"one day from the last second of a day ends with the next", "UTC", "2026-11-02T23:59:59Z", "P1D", "2026-11-03T23:59:59Z"},
		{"one day from the first second of a day ends with the next", "UTC", "2026-11-02T00:00:00Z", "P1D", "2026-11-03T23:59:59Z"},
		{"the local date of sending counts", "Asia/Tokyo", "2026-11-02T20:00:00Z", "P1D", "2026-11-04T14:59:59Z"},
		{"days across the change to summer time", "Europe/Madrid", "2026-03-20T10:00:00Z", "P14D", "2026-04-03T21:59:59Z"},
		{"days across the change to winter time", "Europe/Madrid", "2026-10-20T10:00:00Z", "P14D", "2026-11-03T22:59:59Z"},
		{"hours are exact across a change", "Europe/Madrid", "2026-03-28T12:00:00Z", "PT24H", "2026-03-29T12:00:00Z"},
		{"hours are cut to the second", "UTC", "2026-03-28T12:00:00.9Z", "PT1H", "2026-03-28T13:00:00Z"},
		{"365 days", "America/New_York", "2026-07-01T12:00:00Z", "P365D", "2027-07-02T03:59:59Z"},
		{"365 days in hours", "America/New_York", "2026-07-01T12:00:00Z", "PT8760H", "2027-07-01T12:00:00Z"},
		// Nuuk goes from 23:00 straight to 00:00 in spring, and from 00:00 back to 23:00 in autumn.
		{"an end of day that is skipped is the instant the day ends", "America/Nuuk", "2026-03-27T12:00:00Z", "P1D", "2026-03-29T01:00:00Z"},
		{"an end of day that comes twice is the last", "America/Nuuk", "2026-10-23T12:00:00Z", "P1D", "2026-10-25T01:59:59Z"},
		{"a whole day that is skipped ends with the day before", "Pacific/Apia", "2011-12-28T12:00:00Z", "P2D", "2011-12-30T10:00:00Z"},
	} {
		t.Run(c.what, func(t *testing.T) {
			var v Validity
			if err := v.UnmarshalText([]byte(c.validity)); err != nil {
				t.Fatal(err)
			}
			got := v.ExpiresAt(mustTime(t, c.sent), mustLoad(t, c.zone))
			if !got.Equal(mustTime(t, c.want)) || got.Location() != time.UTC {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
