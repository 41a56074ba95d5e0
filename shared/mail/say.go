package mail

import (
	"strconv"
	"strings"

	"portero/shared/domain/message"
)

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
	brand
}

// say fills the words of a letter. It returns ErrNoWords where there are none.
func say(l Letter, where origin) (letterhead, error) {
	m := l.Message
	wordsFor, frameFor, err := wordsOf(m.Kind, m.Language)
	if err != nil {
		return letterhead{}, err
	}
	target, err := where.target(l)
	if err != nil {
		return letterhead{}, err
	}
	known, own := factsOf(m, where), brandOf(l, where)
	known.Linked, known.NoticeHost = target != "", own.host
	said, frame := wordsFor(known), frameFor(known)
	out := letterhead{
		Language: m.Language,
		Firm:     known.Firm,
		Subject:  tidy(said.Subject),
		Heading:  tidy(said.Heading),
		Greeting: tidy(frame.Greeting),
		Before:   paragraphs(said.Before),
		After:    paragraphs(said.After),
		Quote:    tidy(said.Quote),
		Action:   tidy(said.Action),
		Code:     groups(l.Code),
		Deadline: tidy(said.Deadline),
		Footer:   tidy(frame.Footer),
		brand:    own,
	}
	if own.Notice != "" {
		out.NoticeLabel = tidy(frame.Notice)
	}
	if out.Quote != "" { // a code or a reset carries nobody's message
		out.Note = prose(m.Model.Note)
	}
	if target != "" {
		out.Bare, out.Link = tidy(frame.Bare), target
	}
	if m.Kind.ToInvitee() {
		out.StopLabel, out.StopLink = tidy(frame.Stop), where.stop(l)
	}
	return out, nil
}

func factsOf(m message.Message, where origin) facts {
	v := m.Model
	until := v.Until
	if until.IsZero() {
		until = m.Expires
	}
	number := ""
	if m.Number != 0 {
		number = strconv.Itoa(m.Number)
	}
	return facts{
		Parts: toldOf(v.About),
		Firm:  firm(v.Firm, where), Portal: name(v.Portal), Inviter: name(v.Inviter), InviterAt: name(v.InviterAt), Recipient: name(v.Recipient),
		About: whole(v.Subject), Level: v.Level, State: v.State,
		Source: strings.TrimRight(line(v.Source), " ."),
		Until:  instant(until, v.Zone, v.Clock, m.Language),
		At:     instant(m.CreatedAt, v.Zone, v.Clock, m.Language),
		Host:   where.host, Number: number, Replies: v.ReplyTo != "",
	}
}

// enters is who gave us the address.
func (f facts) enters() string {
	if f.InviterAt != "" {
		return or(f.Inviter, f.Firm)
	}
	return f.Firm
}

// whole is an address as text, in one piece.
func whole(s string) string { return strings.ReplaceAll(line(s), " ", "\u00a0") }

func toldOf(all []message.Section) []told {
	var out []told
	for _, s := range all {
		p := told{Kind: s.Kind, Count: s.Count}
		for _, a := range s.First {
			p.Named = append(p.Named, whole(string(a)))
		}
		out = append(out, p)
	}
	return out
}

// paragraphs tidies each; an empty one is left out.
func paragraphs(texts []string) []string {
	var out []string
	for _, p := range texts {
		if p = tidy(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// tidy sets a text in one line, however it is broken in the source. The dot of an abbreviation at the end of a
// sentence ends both: "… de Peña, S.L.", not "S.L..".
func tidy(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) // not at a no-break space
	s = strings.ReplaceAll(strings.Join(words, " "), "...", "…")
	return strings.ReplaceAll(s, "..", ".")
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
