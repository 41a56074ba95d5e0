package link

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Inside reports whether a text holds what people and mail programs take for a
// link: a scheme, www, or a host with a path (mission.md pain 15: names hold
// none). A bare host is none: firms are called "Vega.es", and mails pull those
// apart (shared/mail/inert.go).
func Inside(text string) bool {
	s := read(text)
	for i, r := range s {
		if r == ':' && (strings.HasPrefix(s[i:], "://") || opens(s[:i], s[i+1:])) {
			return true
		}
		if r == 'w' && (i == 0 || !word(last(s[:i]))) && www(s[i:]) {
			return true
		}
		if (r == '/' || r == '\\') && goesOn(s[i+1:]) && hostlike(s[:i]) {
			return true
		}
	}
	return false
}

// read folds a text: full-width letters and the other full stops that IDNA takes
// for dots (RFC 3490 §3.1) are what they stand for, and what nobody sees is not
// read.
func read(text string) string {
	seen := strings.Map(func(r rune) rune {
		switch {
		case r == '。' || r == '｡' || r == '．':
			return '.'
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
			return -1
		}
		return r
	}, text)
	return strings.ToLower(norm.NFKC.String(seen))
}

// opens reports whether a colon stands between a scheme without slashes and what
// it opens.
func opens(before, after string) bool {
	for _, scheme := range []string{"mailto", "javascript", "data", "tel"} {
		rest, ok := strings.CutSuffix(before, scheme)
		if ok && (rest == "" || !word(last(rest))) && goesOn(after) {
			return true
		}
	}
	return false
}

// www reports whether a text begins like www.x or www2.x.
func www(s string) bool {
	rest, ok := strings.CutPrefix(s, "www")
	rest, dot := strings.CutPrefix(strings.TrimLeft(rest, "0123456789"), ".")
	return ok && dot && goesOn(rest)
}

// hostlike reports whether a text ends in two labels, of which the last has two
// letters or more, and perhaps a port: "S.L." and "24" do not.
func hostlike(s string) bool {
	if host := strings.TrimRight(s, "0123456789"); strings.HasSuffix(host, ":") {
		s = host[:len(host)-1]
	}
	rest := strings.TrimRightFunc(s, unicode.IsLetter)
	rest, dot := strings.CutSuffix(rest, ".")
	return dot && len([]rune(s[len(rest)+1:])) > 1 && word(last(rest))
}

// goesOn reports whether something other than a space follows.
func goesOn(s string) bool {
	for _, r := range s {
		return !unicode.IsSpace(r)
	}
	return false
}

func last(s string) rune {
	all := []rune(s)
	if len(all) == 0 {
		return 0
	}
	return all[len(all)-1]
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
