package mail

import (
	"slices"
	"strings"
	"unicode"
)

// Words that a person wrote could be a trap: "Paypal www.evil.example" as a
// firm's name turns a good domain into a phishing relay (mission.md pain 15 and
// M14). Mail programs make links of text by themselves, in HTML too, so escaping
// is not enough. What is written here cannot be taken for a link by any of them:
//
//   - invisible characters go: controls, bidi and zero-width marks, private use;
//   - a dot inside something like a host becomes a space in a name and " . " in
//     running text: "Booking.com" reads "Booking com", "www.x.es" in a note reads
//     "www . x . es". Dots of abbreviations (S.L.) and numbers (1.500) stay;
//   - "@" stands alone, a colon is followed by a space, "//" is pulled apart;
//   - "=?" is pulled apart, so that no ASCII name is decoded as an encoded word.
//
// Visible spaces, not zero-width characters or spans: those are what phishers
// use, filters count them against a mail, and they do not survive plain text.
const (
	maxName  = 80   // runes; workspace.MaxNameRune
	maxLine  = 300  // runes of an address or a source; chosen: longer than any address (RFC 5321: 254)
	maxProse = 2000 // runes; twice invitation.MaxNoteRune
)

// name returns a name or title in one line, without anything to click on. A
// backslash becomes a slash: net/mail leaves it bare in an encoded word of a
// display name, which RFC 2047 §5 (3) forbids and it then cannot read itself.
func name(s string) string {
	shown := strings.Join(strings.Fields(string(unlink(clip(visible(s, " "), maxName), " "))), " ")
	return strings.ReplaceAll(shown, `\`, "/")
}

// line returns running text in one line, without anything to click on.
func line(s string) string {
	return strings.Join(strings.Fields(string(unlink(clip(visible(s, " "), maxLine), " . "))), " ")
}

// prose returns running text line by line, without anything to click on; no
// line is blank at either end, nor two in the middle.
func prose(s string) []string {
	text := strings.ReplaceAll(s, "\r\n", "\n")
	var lines []string
	for l := range strings.SplitSeq(string(unlink(clip(visible(text, "\n"), maxProse), " . ")), "\n") {
		l = strings.Join(strings.Fields(l), " ")
		if l != "" || len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, l)
		}
	}
	if n := len(lines); n > 0 && lines[n-1] == "" {
		lines = lines[:n-1]
	}
	return lines
}

// visible keeps what can be seen, turns every line break into lineBreak and
// every other space into one of ASCII, and full-width forms into ASCII, since
// some programs read "．" as a dot.
func visible(s, lineBreak string) []rune {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r):
			b.WriteString(lineBreak)
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case r >= 0xFF01 && r <= 0xFF5E: // Unicode, Halfwidth and Fullwidth Forms
			b.WriteRune(r - 0xFF01 + '!')
		case unicode.IsGraphic(r) && r != unicode.ReplacementChar && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
			b.WriteRune(r)
		}
	}
	return []rune(b.String())
}

// clip cuts after max runes and shows that it did.
func clip(rs []rune, max int) []rune {
	if len(rs) <= max {
		return rs
	}
	return append(slices.Clone(rs[:max-1]), '…')
}

// unlink pulls apart whatever a mail program may take for a link; dot is what
// stands for a dot inside a host.
func unlink(rs []rune, dot string) []rune {
	out := make([]rune, 0, len(rs)+16)
	for i := 0; i < len(rs); i++ {
		if n := hostlike(rs[i:]); n > 0 {
			out = append(out, unhost(rs[i:i+n], dot)...)
			i += n - 1
			continue
		}
		r, before, after := rs[i], at(rs, i-1), at(rs, i+1)
		switch {
		case r == '@' || r == '﹫':
			out = append(out, ' ', '@', ' ')
		case r == ':' && after != 0 && !unicode.IsSpace(after) && !(unicode.IsDigit(before) && unicode.IsDigit(after)):
			out = append(out, ':', ' ')
		case isSlash(r) && isSlash(before), r == '?' && before == '=':
			out = append(out, ' ', r)
		default:
			out = append(out, r)
		}
	}
	return out
}

// unhost replaces the dots of a word of labels and dots that a host name or an
// IP address could hold.
func unhost(word []rune, dot string) []rune {
	labels := strings.FieldsFunc(string(word), isDot)
	words := slices.ContainsFunc(labels, func(l string) bool { return strings.Trim(l, "0123456789") != "" })
	if !words && len(labels) < 4 {
		return word // "1.500" and "24.11.2026"; four numbers are an IP address
	}
	www := slices.ContainsFunc(labels, func(l string) bool { return strings.HasSuffix(strings.ToLower(l), "www") })
	var out []rune
	for i, r := range word {
		// Nothing follows at the end of a sentence, and no top-level domain has
		// one letter: "S.L." stays.
		if !isDot(r) {
			out = append(out, r)
			continue
		}
		n := label(word[i+1:])
		if www || !words || n > 1 || n == 1 && !unicode.Is(unicode.Latin, word[i+1]) {
			out = append(out, []rune(dot)...)
		} else {
			out = append(out, r)
		}
	}
	return out
}

// hostlike counts the runes of labels and dots that rs begins with.
func hostlike(rs []rune) int {
	return prefix(rs, func(r rune) bool { return isLabel(r) || isDot(r) })
}

// label counts the runes of one label that rs begins with.
func label(rs []rune) int { return prefix(rs, isLabel) }

func prefix(rs []rune, belongs func(rune) bool) int {
	n := slices.IndexFunc(rs, func(r rune) bool { return !belongs(r) })
	if n < 0 {
		return len(rs)
	}
	return n
}

func isLabel(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == '-' || r == '_'
}

// isDot knows the label separators of IDNA (RFC 3490 §3.1) and what folds to a
// dot (Unicode NFKC); the full-width one is ASCII by now.
func isDot(r rune) bool { return strings.ContainsRune(".。｡․﹒", r) }

func isSlash(r rune) bool { return strings.ContainsRune(`/\⁄∕`, r) }

func at(rs []rune, i int) rune {
	if i < 0 || i >= len(rs) {
		return 0
	}
	return rs[i]
}

// firm returns the firm's name, or the host where nothing of it can be seen: a
// mail always says from whom it is.
func firm(s string, where origin) string {
	shown := name(s)
	if strings.IndexFunc(shown, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
		return where.host
	}
	return shown
}
