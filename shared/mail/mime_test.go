package mail

import (
	"bytes"
	"net/mail"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gomail "github.com/wneessen/go-mail"
)

// known writes a message with wneessen/go-mail, which many use.
func known(t testing.TB, h header, said letterhead) string {
	t.Helper()
	text, html := plain(said), rich(said)
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithCharset(gomail.CharsetUTF8),
		gomail.WithEncoding(gomail.EncodingQP), gomail.WithBoundary(boundary(text, html)))
	msg.FromMailAddress(&mail.Address{Name: h.display, Address: h.from})
	msg.ToMailAddress(&mail.Address{Address: h.to})
	if h.replyTo != "" {
		msg.ReplyToMailAddress(&mail.Address{Address: h.replyTo})
	}
	msg.Subject(h.subject)
	msg.SetDateWithValue(h.date.UTC())
	msg.SetMessageIDWithValue(h.id + h.from[strings.LastIndexByte(h.from, '@'):])
	msg.SetGenHeader(gomail.HeaderContentLang, h.language)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	if h.unsubscribe != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+h.unsubscribe+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, text)
	msg.AddAlternativeString(gomail.TypeTextHTML, html)
	var out bytes.Buffer
	if _, err := msg.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func asKnown(t testing.TB, h header, said letterhead) {
	t.Helper()
	raw, err := assemble(h, said)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(known(t, h, said), string(raw)); diff != "" {
		t.Fatalf("go-mail (-), assemble (+):\n%s", diff)
	}
}

// top is a header around what somebody wrote.
func top(display, subject, replyTo, unsubscribe string) header {
	return header{
		from: "portero@portal.example.com", to: "ana@clienta.example", replyTo: replyTo, display: display, subject: subject,
		id: "msg_0xzwva992dkz4xfz34v1tk01bt", language: "es", unsubscribe: unsubscribe, date: clock,
	}
}

func TestMIMEIsWhatAWellKeptLibraryWrites(t *testing.T) {
	long := strings.Repeat("Peña e Hijos ", 20)
	for _, c := range []struct {
		name string
		header
	}{
		{"a short plain subject", top("Vega", "An invitation", "", "")},
		{"words of other alphabets", top("Gestoría Peña, S.L.", "Приглашение от Väga 会社", "hola@gestoria.example", "")},
		{"a subject that is folded", top(long, "Invitación de "+long, "", "")},
		{"a plain subject that is folded", top(strings.Repeat("Vega ", 30), strings.Repeat("an invitation ", 20), "", "")},
		{"a word longer than a line", top(strings.Repeat("V", 100), strings.Repeat("x", 100)+" y", "", "")},
		{"spaces at the ends and in rows", top(" Vega  y ", "  a   b  ", "", "")},
		{"no words at all", top("", "x", "", "")},
		{"one click to stop", top("Vega", "x", "", "https://portal.example.com/v1/unsubscribe?u="+strings.Repeat("a", 120))},
	} {
		t.Run(c.name, func(t *testing.T) { asKnown(t, c.header, letterhead{Firm: c.display, Subject: c.subject}) })
	}
	for _, s := range corpus(t) {
		firm := name(s)
		if firm == "" {
			continue
		}
		asKnown(t, top(firm, "Invitación de "+firm, "", ""), letterhead{Firm: firm, Subject: s})
	}
}

func FuzzMIMEIsWhatAWellKeptLibraryWrites(f *testing.F) {
	f.Add("Gestoría Peña, S.L.", "Invitación de Gestoría Peña, S.L.")
	f.Add("a  b", strings.Repeat("ñ ", 60))
	f.Fuzz(func(t *testing.T, display, subject string) {
		display, subject = name(display), name(subject)
		if subject != "" { // no mail is without one
			asKnown(t, top(display, subject, "", ""), letterhead{Firm: display, Subject: subject})
		}
	})
}
