package mail

import (
	"testing"
	"time"
)

func TestInstantsInWords(t *testing.T) {
	winter := time.Date(2026, 11, 24, 22, 59, 59, 0, time.UTC)
	summer := time.Date(2026, 8, 1, 10, 5, 0, 0, time.UTC)
	for _, c := range []struct {
		says                  string
		at                    time.Time
		zone, clock, language string
		want                  string
	}{
		{"end of day in Madrid", winter, "Europe/Madrid", "24h", "es", "martes 24 de noviembre de 2026, 23:59 (hora de Madrid, GMT+1)"},
		{"the same in English", winter, "Europe/Madrid", "24h", "en", "Tuesday 24 November 2026, 23:59 (Madrid time, GMT+1)"},
		{"no chosen clock is 24 hours", winter, "Europe/Madrid", "", "en", "Tuesday 24 November 2026, 23:59 (Madrid time, GMT+1)"},
		{"twelve hours", winter, "Europe/Madrid", "12h", "es", "martes 24 de noviembre de 2026, 11:59 p. m. (hora de Madrid, GMT+1)"},
		{"twelve hours in English", winter, "Europe/Madrid", "12h", "en", "Tuesday 24 November 2026, 11:59 pm (Madrid time, GMT+1)"},
		{"summer time in the morning", summer, "Atlantic/Canary", "12h", "es", "sábado 1 de agosto de 2026, 11:05 a. m. (hora de Canarias, GMT+1)"},
		{"midnight", time.Date(2026, 8, 1, 22, 0, 0, 0, time.UTC), "Europe/Madrid", "12h", "en", "Sunday 2 August 2026, 12:00 am (Madrid time, GMT+2)"},
		{"west of Greenwich, three parts", summer, "America/Argentina/Buenos_Aires", "24h", "es", "sábado 1 de agosto de 2026, 07:05 (hora de Buenos Aires, GMT-3)"},
		{"an accent the database lacks", summer, "America/Mexico_City", "24h", "es", "sábado 1 de agosto de 2026, 04:05 (hora de Ciudad de México, GMT-6)"},
		{"half hours", summer, "Asia/Kolkata", "24h", "en", "Saturday 1 August 2026, 15:35 (Kolkata time, GMT+5:30)"},
		{"half hours west", winter, "America/St_Johns", "24h", "en", "Tuesday 24 November 2026, 19:29 (St Johns time, GMT-3:30)"},
		{"UTC", summer, "UTC", "24h", "es", "sábado 1 de agosto de 2026, 10:05 (GMT)"},
		{"a zone without a place", summer, "Etc/GMT+3", "24h", "en", "Saturday 1 August 2026, 07:05 (GMT-3)"},
		{"no zone", summer, "", "24h", "en", "Saturday 1 August 2026, 10:05 (GMT)"},
		{"a zone nobody knows", summer, "Mars/Olympus", "24h", "en", "Saturday 1 August 2026, 10:05 (GMT)"},
		{"a zone that is a path", summer, "../../etc/passwd", "24h", "en", "Saturday 1 August 2026, 10:05 (GMT)"},
		{"the machine's zone", summer, "Local", "24h", "en", "Saturday 1 August 2026, 10:05 (GMT)"},
		{"no instant", time.Time{}, "Europe/Madrid", "24h", "es", ""},
	} {
		if got := instant(c.at, c.zone, c.clock, c.language); got != c.want {
			t.Errorf("%s: %q, want %q", c.says, got, c.want)
		}
	}
}

func TestEveryMonthAndWeekdayHasAName(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range []calendar{spanish, english} {
		for _, word := range append(c.weekdays[:], c.months[:]...) {
			if word == "" || seen[word] {
				t.Errorf("%q is empty or twice", word)
			}
			seen[word] = true
		}
	}
}
