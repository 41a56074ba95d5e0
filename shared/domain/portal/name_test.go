package portal_test

import (
	"strings"
	"testing"

	"portero/shared/domain/fault"
	"portero/shared/domain/portal"
)

func TestSlug(t *testing.T) {
	for _, c := range []struct{ says, title, want string }{
		{"a firm's name becomes small and hyphenated", "Garrigues & Vega", "garrigues-vega"},
		{"letters lose their marks", "Peña Núñez, S.L.", "pena-nunez-s-l"},
		{"apostrophes do not part a word", "O'Neill’s", "oneills"},
		{"full width letters are letters", "ＡＢＣ", "abc"},
		{"nothing that a URL can carry", "律师", "portal"},
		{"empty", "", "portal"},
		{"too short for a name", "Ö", "o-portal"},
		{"a long one is cut without a hyphen at its end", strings.Repeat("ab ", 40), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-a"},
		{"digits stay", "24/7 Help", "24-7-help"},
	} {
		if got := portal.Slug(c.title); got != c.want {
			t.Errorf("%s: %q, want %q", c.says, got, c.want)
		}
	}
}

func TestCheckName(t *testing.T) {
	for name, ok := range map[string]bool{
		"vega": true, "a1-b2": true, strings.Repeat("a", 40): true, "abc": true,
		"ab": false, strings.Repeat("a", 41): false, "-abc": false, "abc-": false, "a--b": false,
		"Abc": false, "a b": false, "a/b": false, "ábc": false, "": false, "a#b": false,
	} {
		if got := portal.CheckName(name) == nil; got != ok {
			t.Errorf("%q: accepted %v, want %v", name, got, ok)
		}
	}
}

func TestTakenSaysWhatIsFree(t *testing.T) {
	f := fault.As(portal.Taken([]string{"vega-2", "vega-3"}))
	if f.Code != "portal_name_taken" || f.Kind != fault.Conflict || len(f.Fields) != 1 || f.Fields[0].Name != "name" || len(f.Suggestions) != 2 || f.Suggestions[0] != "vega-2" {
		t.Fatalf("%+v", f)
	}
	if len(portal.ErrTaken.Suggestions) != 0 {
		t.Fatal("the shared fault was changed")
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"", "Vega", "ﬁ", "İstanbul", "a--b", "ÅÅÅ", "\xff", strings.Repeat("x", 200), "ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		name := portal.Slug(title)
		if err := portal.CheckName(name); err != nil {
			t.Fatalf("%q became %q", title, name)
		}
		for _, v := range portal.Variants(name, 12) {
			if err := portal.CheckName(v); err != nil {
				t.Fatalf("%q has the variant %q", name, v)
			}
		}
	})
}
