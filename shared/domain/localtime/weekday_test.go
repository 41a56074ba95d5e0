package localtime

import (
	"encoding/json"
	"testing"
	"time"
)

func TestParseWeekdays(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"mon,tue,wed,thu,fri", "mon,tue,wed,thu,fri"},
		{"sun", "sun"},
		{"sun,mon", "mon,sun"},
		{"thu,sun,wed,tue,mon", "mon,tue,wed,thu,sun"},
		{"mon,tue,wed,thu,fri,sat,sun", "mon,tue,wed,thu,fri,sat,sun"},
	} {
		if got, err := ParseWeekdays(c.text); err != nil || got.String() != c.want {
			t.Errorf("ParseWeekdays(%q) = %v, %v; want %v", c.text, got, err, c.want)
		}
	}
	for _, text := range []string{
		"", ",", "mon,", ",mon", "mon,,tue", "mon,mon", "Mon", "MON", "monday", "mon, tue", "mon tue", "1", "lun",
		"mon,tue,wed,thu,fri,sat,sun,mon",
	} {
		if got, err := ParseWeekdays(text); err == nil {
			t.Errorf("ParseWeekdays(%q) = %v; want an error", text, got)
		}
	}
}

func TestWeekdaySetText(t *testing.T) {
	set := Weekdays(time.Sunday, time.Thursday)
	text, err := json.Marshal(set)
	if err != nil || string(text) != `"thu,sun"` {
		t.Fatalf("written as %s, %v", text, err)
	}
	var got WeekdaySet
	if err := json.Unmarshal(text, &got); err != nil || got != set {
		t.Errorf("comes back as %v, %v", got, err)
	}
	for _, set := range []WeekdaySet{0, 1 << 7, 0xff} {
		if text, err := set.MarshalText(); err == nil {
			t.Errorf("%#x is written as %s; want an error", uint8(set), text)
		}
	}
	if err := got.UnmarshalText(nil); err == nil || got != set {
		t.Errorf("after a refused text the set is %v, %v; want it unchanged and an error", got, err)
	}
}

func TestWeekdaySetHas(t *testing.T) {
	set := Weekdays(time.Sunday, time.Thursday)
	for day := time.Sunday; day <= time.Saturday; day++ {
		if want := day == time.Sunday || day == time.Thursday; set.Has(day) != want {
			t.Errorf("%v has %s: %v, want %v", set, day, set.Has(day), want)
		}
	}
}
