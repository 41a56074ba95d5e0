package mail

import (
	"strings"
	"testing"

	"portero/shared/domain/look"
	"portero/shared/domain/message"
)

// dressed is a letter of a firm with a look.
func dressed(t testing.TB, kind message.Kind, language string) Letter {
	t.Helper()
	l := letter(t, kind, language)
	l.Look = look.Look{
		Colour: "#ffcc00", Footer: "Gestoría Peña, S.L. · CIF B-12345678\nCalle Mayor 1, 42001 Soria", Notice: "https://www.gestoria.example/privacidad",
		Logo: "0123456789abcdef", Media: look.PNG,
	}
	return l
}

func TestB14AMailLooksLikeItsFirm(t *testing.T) {
	for _, kind := range message.Kinds() {
		for _, language := range languages() {
			l := dressed(t, kind, language)
			p := read(t, compose(t, l))
			src := "https://portal.example.com/v1/logos/" + string(ws) + "/0123456789abcdef"
			for _, want := range []string{
				`<img src="` + src + `" alt="Gestoría Peña, S.L." height="48"`, `>Gestoría Peña, S.L. · CIF B-12345678<br>`,
				`href="https://www.gestoria.example/privacidad"`,
			} {
				if strings.Count(p.html, want) != 1 {
					t.Errorf("%s.%s: %s is not there once", kind, language, want)
				}
			}
			if l.Link.Zero() == strings.Contains(p.html, "background:#ffcc00;color:#000000") && kind.Secret() == message.LinkSecret {
				t.Errorf("%s.%s: the button has no black on yellow", kind, language)
			}
			if strings.Contains(p.html, "color:#1d4ed8") || strings.Contains(p.html, `style="color:#ffcc00"`) {
				t.Errorf("%s.%s: a link is blue, or yellow on white", kind, language)
			}
			if !strings.Contains(p.text, "\nCalle Mayor 1, 42001 Soria\n") || !strings.Contains(p.text, "\nhttps://www.gestoria.example/privacidad\n") || strings.Contains(p.text, src) {
				t.Errorf("%s.%s: the text has not footer and notice, or an image:\n%s", kind, language, p.text)
			}
			if said := strings.Contains(p.text, "www.gestoria.example."); said != strings.Contains(p.text, "portal.example.com, ") {
				t.Errorf("%s.%s: where links lead is not said: %s", kind, language, p.text)
			}
			checkInert(t, l, compose(t, l), p)
		}
	}
	golden(t, "dressed.es.golden", shown(t, dressed(t, message.Invitation, "es")))
	golden(t, "dressed.en.golden", shown(t, dressed(t, message.Invitation, "en")))
}

func TestB14WhateverAFooterSaysItIsText(t *testing.T) {
	plain := read(t, compose(t, dressed(t, message.Invitation, "es")))
	for n, s := range corpus(t) {
		l := dressed(t, message.Invitation, "es")
		l.Look.Footer = s
		checkInert(t, l, compose(t, l), plain)
		if t.Failed() {
			t.Fatalf("entry %d: %q", n, s)
		}
	}
}

func TestB14WhatIsNoLookIsNotShown(t *testing.T) {
	bare := string(compose(t, letter(t, message.Invitation, "es")).Bytes)
	for name, set := range map[string]look.Look{
		"a style":                    {Colour: `#fff";x`},
		"a notice that is a script":  {Notice: "javascript:alert(1)"},
		"a notice with a quote":      {Notice: `https://a.example/"onx="`},
		"a notice over http":         {Notice: "http://a.example/"},
		"a logo that is a path":      {Logo: "../../../evil", Media: look.PNG},
		"a logo that programs fear":  {Logo: "0123456789abcdef", Media: look.WebP},
		"a logo of no type":          {Logo: "0123456789abcdef"},
		"a footer that none can see": {Footer: "\u200b\u200e"},
	} {
		l := letter(t, message.Invitation, "es")
		l.Look = set
		if got := string(compose(t, l).Bytes); got != bare {
			t.Errorf("%s changes the mail", name)
		}
	}
}
