package mail

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"text/template"

	"portero/shared/domain/message"
)

//go:embed templates
var files embed.FS

// languages lists those every kind has words in; the first is no default: a
// message says its language or is refused.
func languages() []string { return []string{"es", "en"} }

// kindBlocks are the blocks of templates/<kind>.<lang>.tmpl; each file defines
// all of them, an unused one empty. Without a quote a note is not shown.
func kindBlocks() []string {
	return []string{"subject", "heading", "before", "quote", "action", "deadline", "after"}
}

// commonBlocks are those of templates/common.<lang>.tmpl.
func commonBlocks() []string { return []string{"greeting", "bare", "footer", "stop"} }

// facts are what the blocks may say. Every string is inert already.
type facts struct {
	Firm, Portal, Inviter, Recipient string // names
	About                            string // an address, spaced out but unbroken
	Level                            string // "admin" or "member"
	Source                           string
	Until, At                        string // instants in words; At is when it happened
	Host                             string // where every link leads
	Number                           int    // of the reminder; 0 for other kinds
	Replies                          bool   // an answer is read by somebody
	Linked                           bool   // there is a link
}

// letterhead is a mail in words: what the two layouts set. There is no markup
// in any of it.
type letterhead struct {
	Language, Firm              string
	Subject, Heading, Greeting  string
	Before, After               []string // paragraphs
	Quote                       string   // who says Note
	Note                        []string // lines
	Action, Bare, Link          string   // the button, the sentence before the bare link, where both lead
	Code                        []string // the code in groups
	Deadline                    string
	Footer, StopLabel, StopLink string
}

// say fills the words of a letter. It returns ErrNoTemplate where there are
// none, and a plain error for a template that asks for what is not there.
func say(l Letter, where origin) (letterhead, error) {
	m := l.Message
	words, err := wordsOf(m.Kind, m.Language)
	if err != nil {
		return letterhead{}, err
	}
	target, err := where.target(l)
	if err != nil {
		return letterhead{}, err
	}
	w := writer{words: words, facts: factsOf(m, where)}
	w.facts.Linked = target != ""
	out := letterhead{
		Language: m.Language,
		Firm:     w.facts.Firm,
		Subject:  w.sentence("subject"),
		Heading:  w.sentence("heading"),
		Greeting: w.sentence("greeting"),
		Before:   w.paragraphs("before"),
		After:    w.paragraphs("after"),
		Quote:    w.sentence("quote"),
		Action:   w.sentence("action"),
		Code:     groups(l.Code),
		Deadline: w.sentence("deadline"),
		Footer:   w.sentence("footer"),
	}
	if out.Quote != "" { // a code or a reset carries nobody's message
		out.Note = prose(m.Model.Note)
	}
	if target != "" {
		out.Bare, out.Link = w.sentence("bare"), target
	}
	if m.Kind.ToInvitee() {
		out.StopLabel, out.StopLink = w.sentence("stop"), where.stop(l.Link)
	}
	return out, w.err
}

func factsOf(m message.Message, where origin) facts {
	v := m.Model
	until := v.Until
	if until.IsZero() {
		until = m.Expires
	}
	return facts{
		Firm: firm(v.Firm, where), Portal: name(v.Portal), Inviter: name(v.Inviter), Recipient: name(v.Recipient),
		About: strings.ReplaceAll(line(v.Subject), " ", "\u00a0"), Level: cmp.Or(v.Level, "member"),
		Source: strings.TrimRight(line(v.Source), " ."),
		Until:  instant(until, v.Zone, v.Clock, m.Language),
		At:     instant(m.CreatedAt, v.Zone, v.Clock, m.Language),
		Host:   where.host, Number: m.Number, Replies: v.ReplyTo != "",
	}
}

// compiled keeps parsed words by file name: a delivery run composes the same
// few kinds again and again. Nothing is parsed before it is needed.
var compiled sync.Map

func wordsOf(kind message.Kind, language string) (*template.Template, error) {
	path := fmt.Sprintf("templates/%s.%s.tmpl", kind, language)
	if known, ok := compiled.Load(path); ok {
		return known.(*template.Template), nil
	}
	if _, err := fs.Stat(files, path); err != nil {
		return nil, fmt.Errorf("%w: %q in %q", ErrNoTemplate, kind, language)
	}
	words, err := template.New("").Option("missingkey=error").ParseFS(files, "templates/common."+language+".tmpl", path)
	if err != nil {
		return nil, fmt.Errorf("parse words: %w", err)
	}
	compiled.Store(path, words)
	return words, nil
}

// writer fills blocks and keeps the first error.
type writer struct {
	words *template.Template
	facts facts
	err   error
}

// sentence fills a block and sets it in one line.
func (w *writer) sentence(block string) string {
	return tidy(w.fill(block))
}

// paragraphs fills a block; a blank line parts paragraphs.
func (w *writer) paragraphs(block string) []string {
	var out []string
	for p := range strings.SplitSeq(w.fill(block), "\n\n") {
		if p = tidy(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// tidy sets a text in one line. The dot of an abbreviation at the end of a
// sentence ends both: "… de Peña, S.L.", not "S.L..".
func tidy(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' }) // not at a no-break space
	s = strings.ReplaceAll(strings.Join(words, " "), "...", "…")
	return strings.ReplaceAll(s, "..", ".")
}

func (w *writer) fill(block string) string {
	if w.err != nil {
		return ""
	}
	var b strings.Builder
	if err := w.words.ExecuteTemplate(&b, block, w.facts); err != nil {
		w.err = fmt.Errorf("fill words: %w", err)
	}
	return b.String()
}

// groups parts a code into fours, as people read it aloud.
func groups(c Code) []string {
	var out []string
	for s := string(c); s != ""; {
		n := min(4, len(s))
		out, s = append(out, s[:n]), s[n:]
	}
	return out
}
