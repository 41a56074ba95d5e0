package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxKey bounds a key in bytes, so that it fits a sort key of 1,024 beside an
// identifier (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
// A name has 80 characters and an address 254; only compatibility forms that
// stand for many letters come near it.
const maxKey = 512

// Key returns what a name or an address is sorted and found by: in lower case,
// without accents, compatibility forms taken apart (Unicode Standard Annex #15,
// NFKD), white space and # as single blanks. What begins with the same letters as
// people read them begins with the same bytes: "Ángel", "angel" and "ANGEL" are
// one. It is "" for a text without letters, digits or signs.
func Key(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, "")) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			continue
		case r == '#' || unicode.IsSpace(r) || unicode.IsControl(r):
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		if b.Len() > maxKey-utf8.UTFMax-1 {
			break
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
