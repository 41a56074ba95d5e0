package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"portero/shared/domain/search"
)

func TestWhatPeopleReadAsTheSameBeginsTheSame(t *testing.T) {
	for _, c := range []struct{ says, text, key string }{
		{"capitals", "Eva SOL", "eva sol"},
		{"accents, composed", "Ángel Muñoz", "angel munoz"},
		{"accents, apart", "A\u0301ngel Mun\u0303oz", "angel munoz"},
		{"an umlaut and a ligature", "Müller ﬁlms", "muller films"},
		{"full width", "Ｖｅｇａ", "vega"},
		{"a final sigma stays itself", "ΝΊΚΟΣ", "νικοσ"},
		{"blanks, tabs and the separator", "  Vega \t & #Partners ", "vega & partners"},
		{"what cannot be seen", "Ve\u200bga\x00", "vega"},
		{"an address", "Eva.Sol@Client.Example", "eva.sol@client.example"},
		{"bytes that are no text", "ve\xffga", "vega"},
		{"an accent alone", "\u0301", ""},
		{"nothing", "", ""},
	} {
		if got := search.Key(c.text); got != c.key {
			t.Errorf("%s: %q, want %q", c.says, got, c.key)
		}
	}
}

func FuzzKey(f *testing.F) {
	f.Add("Ángel #1")
	f.Add(strings.Repeat("\ufdfa", 80)) // 18 letters each
	f.Add("\u1100\u1161\xff\x00")
	f.Fuzz(func(t *testing.T, text string) {
		key := search.Key(text)
		if len(key) > 512 || !utf8.ValidString(key) || strings.ContainsAny(key, "#\x00\n") || strings.TrimSpace(key) != key {
			t.Errorf("%q: %q", text, key)
		}
		if again := search.Key(key); again != key {
			t.Errorf("%q: %q, then %q", text, key, again)
		}
	})
}
