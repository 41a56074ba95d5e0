package mail

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"portero/shared/domain/message"
)

// corpus reads testdata/hostile.txt.
func corpus(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for l := range strings.Lines(string(text)) {
		if strings.HasPrefix(l, "#") {
			continue
		}
		all = append(all, entry(t, strings.TrimSpace(l)))
	}
	return all
}

// entry reads `"string"`, `"string" *n` or `"string" *n "string"`.
func entry(t testing.TB, l string) string {
	t.Helper()
	quoted, err := strconv.QuotedPrefix(l)
	if err != nil {
		t.Fatalf("%s: %v", l, err)
	}
	s, err := strconv.Unquote(quoted)
	if err != nil {
		t.Fatalf("%s: %v", l, err)
	}
	rest := strings.TrimSpace(l[len(quoted):])
	if rest == "" {
		return s
	}
	count, tail, _ := strings.Cut(strings.TrimPrefix(rest, "*"), " ")
	n, err := strconv.Atoi(count)
	if err != nil {
		t.Fatalf("%s: %v", l, err)
	}
	if tail != "" {
		tail = entry(t, tail)
	}
	return strings.Repeat(s, n) + tail
}

// linkish is what the most eager mail program might turn into a link: it knows
// every word as a top-level domain and every scheme.
var linkish = regexp.MustCompile(`(?i)[\p{L}\p{N}\p{M}_-][.。．｡․﹒][\p{L}\p{M}\p{N}_-]{2,}|www[.。．｡․﹒][^\s]|//|\\\\|[\p{L}\p{N}._%+-]@|@[\p{L}\p{N}]|\b[a-z][a-z0-9+-]*:[\p{L}/\\+]|\d+\.\d+\.\d+\.\d+`)

// numeric is what the line above takes for a host and no program does: 1.500
// and 24.11.2026.
var numeric = regexp.MustCompile(`^\d[.。．｡․﹒]\d+$`)

// links returns what could be clicked in text, besides the links that belong.
func links(text string, own ...string) []string {
	slices.SortFunc(own, func(a, b string) int { return len(b) - len(a) })
	for _, link := range own {
		if link != "" {
			text = strings.ReplaceAll(text, link, " ")
		}
	}
	return slices.DeleteFunc(linkish.FindAllString(text, -1), numeric.MatchString)
}

func TestTheChecksSeeWhatTheyAreFor(t *testing.T) {
	for _, s := range []string{
		"Entre en evil.example hoy", "https://evil.example", "www.x", "ana@evil", "1.2.3.4", `\\evil\x`, "mailto:ana", "evil。example",
		"https://portal.example.com.evil.example", "x.evil.example:80",
	} {
		if len(links(s, "https://portal.example.com")) == 0 {
			t.Errorf("no link seen in %q", s)
		}
	}
	for _, s := range []string{"Gestoría Peña, S.L.", "1.500 € el 24.11.2026", "Nota: hola", "https://portal.example.com"} {
		if found := links(s, "https://portal.example.com"); len(found) > 0 {
			t.Errorf("%q seen in %q", found, s)
		}
	}
	if len(invisible("a\u202eb\u200bc\x00\n")) != 3 {
		t.Error("invisible characters are not seen")
	}
}

// invisible returns what cannot be seen or turns the order of what can.
func invisible(text string) []rune {
	return slices.DeleteFunc([]rune(text), func(r rune) bool {
		return r == '\n' || unicode.IsGraphic(r) && r != utf8.RuneError
	})
}

// checkInert fails where a mail holds a link, markup, a header or an invisible
// character that we did not put there.
func checkInert(t testing.TB, l Letter, raw Raw, plain parsed) {
	t.Helper()
	p := read(t, raw)
	if want, got := slices.Sorted(maps.Keys(plain.header)), slices.Sorted(maps.Keys(p.header)); !slices.Equal(want, got) {
		t.Fatalf("headers %q, want %q", got, want)
	}
	for name, values := range p.header {
		if len(values) != 1 {
			t.Fatalf("%s is there %d times", name, len(values))
		}
	}
	to, err := p.header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != l.Message.To.ASCII() {
		t.Fatalf("to %v, %v", to, err)
	}
	from, err := p.header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != raw.From {
		t.Fatalf("from %v, %v", from, err)
	}
	where, err := parseOrigin(settings.BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	target, err := where.target(l)
	if err != nil {
		t.Fatal(err)
	}
	own := []string{target, where.host}
	if b := brandOf(l, where); b.Logo != "" || b.Notice != "" {
		own = append(own, b.Logo, b.Notice, b.host)
	}
	if l.Message.Kind.ToInvitee() {
		own = append(own, where.stop(l))
	}
	subject := decoded(t, p.header.Get("Subject"))
	for part, text := range map[string]string{"subject": subject, "from": from[0].Name, "text": p.text, "html": checkHTML(t, p.html, own)} {
		if found := links(text, own...); len(found) > 0 {
			t.Fatalf("%s has %q in:\n%s", part, found, text)
		}
		if found := invisible(text); len(found) > 0 {
			t.Fatalf("%s has %q", part, found)
		}
		if part == "subject" || part == "from" {
			if strings.Contains(text, "\n") || strings.Contains(text, "=?") || utf8.RuneCountInString(text) > 300 {
				t.Fatalf("%s is %q", part, text)
			}
		}
	}
	// Whatever is written, the page is built of the same elements; only the
	// lines of a note and the parts that are there at all differ.
	if want, got := elements(t, plain.html), elements(t, p.html); !subset(got, want) {
		t.Fatalf("elements %v, want at most %v", got, want)
	}
}

// checkHTML returns the text of a page and fails on markup that is not the
// layout's.
func checkHTML(t testing.TB, page string, own []string) string {
	t.Helper()
	var text strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	style := false
	for {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			return text.String()
		case html.TextToken:
			if !style { // the layout's own, the same in every mail
				text.WriteString(token.Data)
			}
		case html.CommentToken:
			t.Fatalf("a comment: %q", token.Data)
		}
		style = kind == html.StartTagToken && token.Data == "style"
		for _, a := range token.Attr {
			switch a.Key {
			case "href", "src":
				if !slices.Contains(own, a.Val) {
					t.Fatalf("a link to %q", a.Val)
				}
			case "lang", "charset", "name", "content", "style", "class", "dir", "alt", "height":
			default:
				t.Fatalf("attribute %s of %s", a.Key, token.Data)
			}
		}
	}
}

// elements counts the elements of a page.
func elements(t testing.TB, page string) map[string]int {
	t.Helper()
	count := map[string]int{}
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return count
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			count[string(name)]++
		}
	}
}

func subset(got, want map[string]int) bool {
	for name, n := range got {
		if name != "br" && n > want[name] {
			return false
		}
	}
	return true
}

// fields puts a string where the named field of the model is.
var fields = map[string]func(m *message.Model, s string){
	"firm":      func(m *message.Model, s string) { m.Firm = s },
	"portal":    func(m *message.Model, s string) { m.Portal = s },
	"url":       func(m *message.Model, s string) { m.PortalURL = s },
	"inviter":   func(m *message.Model, s string) { m.Inviter = s },
	"recipient": func(m *message.Model, s string) { m.Recipient = s },
	"note":      func(m *message.Model, s string) { m.Note = s },
	"source":    func(m *message.Model, s string) { m.Source = s },
	"level":     func(m *message.Model, s string) { m.Level = s },
	"state":     func(m *message.Model, s string) { m.State = s },
	"about":     func(m *message.Model, s string) { m.Subject = s },
	"zone":      func(m *message.Model, s string) { m.Zone = s },
	"clock":     func(m *message.Model, s string) { m.Clock = s },
}

func TestHostileWordsAreNeitherLinksNorMarkupNorHeaders(t *testing.T) {
	words := corpus(t)
	if len(words) < 100 {
		t.Fatalf("the corpus has %d entries", len(words))
	}
	for _, kind := range message.Kinds() {
		for i, language := range languages() {
			plain := read(t, compose(t, letter(t, kind, language)))
			for n := i; n < len(words); n += len(languages()) { // the languages take turns: the code is the same
				l := letter(t, kind, language)
				for _, write := range fields {
					write(&l.Message.Model, words[n])
				}
				checkInert(t, l, compose(t, l), plain)
				if t.Failed() {
					t.Fatalf("%s.%s, entry %d: %q", kind, language, n, words[n])
				}
			}
		}
	}
}

func TestEachFieldAloneIsInert(t *testing.T) {
	plain := read(t, compose(t, letter(t, message.Invitation, "es")))
	names := slices.Sorted(maps.Keys(fields))
	for n, s := range corpus(t) {
		l := letter(t, message.Invitation, "es")
		field := names[n%len(names)]
		fields[field](&l.Message.Model, s)
		checkInert(t, l, compose(t, l), plain)
		if t.Failed() {
			t.Fatalf("%s: %q", field, s)
		}
	}
}

func TestOnlyTheFirmsNameReachesASubjectOrFrom(t *testing.T) {
	const mark = "Zzyzx"
	for _, kind := range message.Kinds() {
		for _, language := range languages() {
			plain := read(t, compose(t, letter(t, kind, language))).header
			for field, write := range fields {
				l := letter(t, kind, language)
				write(&l.Message.Model, mark)
				got := read(t, compose(t, l)).header
				for _, name := range []string{"Subject", "From"} {
					if field == "firm" {
						if !strings.Contains(decoded(t, got.Get(name)), mark) {
							t.Errorf("%s.%s: %s lacks the firm: %q", kind, language, name, got.Get(name))
						}
					} else if got.Get(name) != plain.Get(name) {
						t.Errorf("%s.%s: %s depends on %s: %q", kind, language, name, field, got.Get(name))
					}
				}
			}
		}
	}
}
