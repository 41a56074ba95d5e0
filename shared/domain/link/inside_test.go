package link

import (
	"strings"
	"testing"
)

func FuzzInside(f *testing.F) {
	for _, s := range []string{"ｗｗｗ．evil．es", "evil.example:80/x", "\xff://", "mailto:a", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if Inside(s) && !strings.ContainsAny(read(s), ":./") && !strings.Contains(s, `\`) {
			t.Errorf("%q holds no link", s)
		}
		if !Inside(s + " https://evil.example") {
			t.Errorf("%q hides a link", s)
		}
	})
}
