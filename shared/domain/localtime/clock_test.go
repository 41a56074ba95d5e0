package localtime

import (
	"encoding/json"
	"testing"
)

func TestParseClock(t *testing.T) {
	for text, want := range map[string]Clock{
		"00:00":    {},
		"09:00":    {Hour: 9},
		"23:59":    {Hour: 23, Minute: 59},
		"23:59:59": {Hour: 23, Minute: 59, Second: 59},
		"08:30:00": {Hour: 8, Minute: 30},
	} {
		if got, err := ParseClock(text); err != nil || got != want {
			t.Errorf("ParseClock(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "9:00", "09:0", "0900", "24:00", "23:60", "23:59:60", "09:00:0", "09:00:00.5", "09:00:00.", "9:00:00.", "9:00:000",
		" 09:00", "09:00 ", "09:00Z", "-9:00", "+9:00", "09.00", "٠٩:٠٠", "9 am",
	} {
		if got, err := ParseClock(text); err == nil {
			t.Errorf("ParseClock(%q) = %v; want an error", text, got)
		}
	}
}

func TestClockText(t *testing.T) {
	for _, text := range []string{`"00:00"`, `"09:00"`, `"23:59:59"`} {
		var clock Clock
		if err := json.Unmarshal([]byte(text), &clock); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(clock); err != nil || string(got) != text {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
	}
	for _, clock := range []Clock{{Hour: 24}, {Hour: -1}, {Minute: 60}, {Minute: -1}, {Second: 60}, {Second: -1}} {
		if got, err := clock.MarshalText(); err == nil {
			t.Errorf("%#v is written as %s; want an error", clock, got)
		}
	}
	clock := Clock{Hour: 9}
	if err := clock.UnmarshalText([]byte("25:00")); err == nil || clock != (Clock{Hour: 9}) {
		t.Errorf("after a refused text the clock is %v, %v; want it unchanged and an error", clock, err)
	}
}
