package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNamesKeepWhatIsHonest(t *testing.T) {
	for _, s := range []string{
		"Gestoría Peña, S.L.", "S.L.U. Hermanos", "J. R. Pérez", "Construcciones A.C.S.", "Grupo 2.0", "Peña & Hijos (Soria)", "L'Oréal", "Ñandú: asesores",
		"Müller/Schmidt", "東京 会計", "شركة", "Est. 1.950", "№ 1", "Sant Cugat · Rubí", "¿Qué tal?", "100 %", "Café 24.11.2026",
	} {
		if got := name(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestNamesLoseWhatCouldBeALink(t *testing.T) {
	for in, want := range map[string]string{
		"Booking.com":            "Booking com",
		"www.evil.example":       "www evil example",
		"www.x":                  "www x",
		"https://evil.example/x": "https: / /evil example/x",
		"ana@evil.example":       "ana @ evil example",
		"evil。example":           "evil example",
		"evil．example":           "evil example",
		"evil․example":           "evil example",
		"ｗｗｗ．ｅｖｉｌ．ｅｘａｍｐｌｅ": "www evil example",
		"evil.\u200bexample":     "evil example",
		"evil\u00ad.example":     "evil example",
		"evil.\u2060com":         "evil com",
		"evil\xff.com":           "evil com",
		"a\r\nBcc: x@y.example":  "a Bcc: x @ y example",
		"a\u2028b\u2029c\u0085d": "a b c d",
		"\u202egnp.exe":          "gnp exe",
		"192.168.0.1":            "192 168 0 1",
		"mailto:ana":             "mailto: ana",
		"javascript:alert(1)":    "javascript: alert(1)",
		`\\server\share`:         "/ /server/share",
		"=?utf-8?q?evil=2Ecom?=": "= ?utf-8?q?evil=2Ecom?=",
		"evil.xn--p1ai":          "evil xn--p1ai",
		"evil.рф":                "evil рф",
		"  a \t  b\u00a0 ":       "a b",
		"":                       "",
		"\u200b\u200e":           "",
		strings.Repeat("a", 100): strings.Repeat("a", 79) + "…",
	} {
		if got := name(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestRunningTextIsSpacedOutWhereItCouldBeALink(t *testing.T) {
	for in, want := range map[string][]string{
		"Hola:\r\n\r\n\r\n\r\nvea www.firma.example/ayuda.\n\n": {"Hola:", "", "vea www . firma . example/ayuda."},
		"Son 1.500,50 € a las 9:30 o a las 10.15.":              {"Son 1.500,50 € a las 9:30 o a las 10.15."},
		"Escriba a luis@firma.example":                          {"Escriba a luis @ firma . example"},
		"Hola.Bienvenida":                                       {"Hola . Bienvenida"},
		"http://evil.example":                                   {"http: / /evil . example"},
		" \n \n":                                                nil,
		"a\x00b\u202ec":                                         {"abc"},
	} {
		if diff := cmp.Diff(want, prose(in)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
	if got := line("eva@otra.example\r\nX"); got != "eva @ otra . example X" {
		t.Errorf("line: %q", got)
	}
	if got := len([]rune(strings.Join(prose(strings.Repeat("a", 5000)), ""))); got != maxProse {
		t.Errorf("a long note has %d runes", got)
	}
}

func TestAFirmWithoutAVisibleNameIsTheHost(t *testing.T) {
	where := origin{base: "https://portal.example.com", host: "portal.example.com"}
	for _, s := range []string{"", " ", "\u200b", "...", "\x00\n", "\u3164"} {
		if got := firm(s, where); got != where.host {
			t.Errorf("%q became %q", s, got)
		}
	}
}
