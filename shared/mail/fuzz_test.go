package mail

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"portero/shared/domain/message"
)

// FuzzCompose holds every mail to checkInert whatever is written (reliability
// D17).
func FuzzCompose(f *testing.F) {
	for i, s := range corpus(f) {
		if len(s) < 400 {
			f.Add(uint8(i), s, s, s, "ana@clienta.example", "hola@gestoria.example")
		}
	}
	f.Add(uint8(3), "Gestoría Peña, S.L.", "Ana", "Hola\n\nadiós", "x@y.example\r\nBcc: z@y.example", "\"a b\"@c.example")
	plain := map[string]parsed{}
	for _, kind := range message.Kinds() {
		for _, language := range languages() {
			plain[fmt.Sprint(kind, language)] = read(f, compose(f, letter(f, kind, language)))
		}
	}
	f.Fuzz(func(t *testing.T, n uint8, firm, person, note, to, reply string) {
		kind := message.Kinds()[int(n)%len(message.Kinds())]
		language := languages()[int(n)/len(message.Kinds())%len(languages())]
		l := letter(t, kind, language)
		for field, write := range fields {
			write(&l.Message.Model, map[string]string{"firm": firm, "note": note, "source": note}[field])
			if field != "firm" && field != "note" && field != "source" {
				write(&l.Message.Model, person)
			}
		}
		// Whoever misses the domain's check must still not reach a header.
		if l.Message.To.UnmarshalText([]byte(to)) != nil {
			raw := l
			raw.Message.Model.ReplyTo = to
			if _, err := Compose(raw, settings, clock); to != "" && err == nil {
				t.Fatalf("reply-to %q was taken", to)
			}
		}
		if ascii(reply) != "" {
			l.Message.Model.ReplyTo = reply
		}
		raw, err := Compose(l, settings, clock)
		if err != nil {
			t.Fatal(err)
		}
		checkInert(t, l, raw, plain[fmt.Sprint(kind, language)])
	})
}

// FuzzInert holds what a person wrote to the same without the mail around it,
// so that many more tries fit in the same time.
func FuzzInert(f *testing.F) {
	for _, s := range corpus(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{name(s), line(s), strings.Join(prose(s), "\n")} {
			if found := links(got); len(found) > 0 {
				t.Fatalf("%q became %q, with %q", s, got, found)
			}
			if found := invisible(got); len(found) > 0 || strings.Contains(got, "=?") || !utf8.ValidString(got) {
				t.Fatalf("%q became %q, with %q", s, got, found)
			}
		}
		if got := name(s); strings.Contains(got, "\n") || utf8.RuneCountInString(got) > 3*maxName {
			t.Fatalf("%q became %q", s, got)
		}
	})
}
