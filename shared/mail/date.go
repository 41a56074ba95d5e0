package mail

import (
	"fmt"
	"strings"
	"time"
)

// calendar holds a language's words for dates. Two languages need two tables; a
// library with the world's locales costs hundreds of kilobytes, and
// golang.org/x/text has no date formats. The words are CLDR's (wide, format).
type calendar struct {
	weekdays [7]string
	months   [12]string
}

var (
	spanish = calendar{
		weekdays: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
			"octubre", "noviembre", "diciembre"},
	}
	english = calendar{
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
			"October", "November", "December"},
	}
)

// instant says when in words: "martes 24 de noviembre de 2026, 23:59 (hora de
// Madrid, GMT+1)". Seconds are cut, never rounded up: what is promised holds.
// The zero time gives ""; a zone nobody knows is UTC; clock is "12h" or "24h".
func instant(t time.Time, zone, clock, language string) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(location(zone))
	layout, words := "%s %d %s %d, %s (%s)", english
	if language == "es" {
		layout, words = "%s %d de %s de %d, %s (%s)", spanish
	}
	return fmt.Sprintf(layout, words.weekdays[t.Weekday()], t.Day(), words.months[t.Month()-1], t.Year(),
		timeOfDay(t, clock, language), zoneName(t, language))
}

func timeOfDay(t time.Time, clock, language string) string {
	switch {
	case clock != "12h":
		return t.Format("15:04")
	case language != "es":
		return t.Format("3:04 pm")
	case t.Hour() < 12: // with spaces: Ortografía de la lengua española (RAE 2010), "a. m."
		return t.Format("3:04") + " a. m."
	}
	return t.Format("3:04") + " p. m."
}

// zoneName names the zone by its city and its distance to GMT at t.
func zoneName(t time.Time, language string) string {
	area, city, ok := strings.Cut(t.Location().String(), "/")
	if !ok || area == "Etc" {
		return offset(t)
	}
	city = city[strings.LastIndex(city, "/")+1:]
	if language == "es" {
		return "hora de " + spanishCity(city) + ", " + offset(t)
	}
	return englishCity(city) + " time, " + offset(t)
}

// offset returns "GMT", "GMT+1" or "GMT-3:30".
func offset(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "GMT"
	}
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	if minutes := seconds % 3600 / 60; minutes != 0 {
		return fmt.Sprintf("GMT%c%d:%02d", sign, seconds/3600, minutes)
	}
	return fmt.Sprintf("GMT%c%d", sign, seconds/3600)
}

// location loads a zone and never fails: a mail with the hour in GMT is better
// than none. "Local" is the machine's zone and nobody's choice.
func location(zone string) *time.Location {
	place, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" {
		return time.UTC
	}
	return place
}
