package invitation

import (
	"context"
	"strings"
	"testing"
)

// FuzzLines invites whatever is typed: every line gets one verdict, a refusal
// says why, and what is committed is never stale.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{
		"ana@client.example", "ANA@client.example\nana@client.example", "a+b@gmail.com\nA@gmail.com\na.@gmail.com", "@", "ñ@ñ.es\n\x00@a.example",
		"marta@acme.example,acc_01jd0h5m3w8q4v9x2c6k7n1t5b\nmarta@acme.example,,con_01jd0h5m3w8q4v9x2c6k7n1t5a", ",,con_01jd0h5m3w8q4v9x2c6k7n1t5c,Both,es,UTC",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		var lines []Line
		for text := range strings.SplitSeq(typed, "\n") {
			parts := append(strings.Split(text, ","), "", "", "", "", "")
			lines = append(lines, Line{Address: parts[0], Account: idOf(acme, parts[1]), Contact: idOf(marta, parts[2]), Name: parts[3], Language: parts[4], Zone: parts[5]})
		}
		if len(lines) > 30 {
			return
		}
		s := newShelf(t)
		a, err := s.desk().Invite(context.Background(), draft("fuzz", lines...))
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Outcomes) != len(lines) {
			t.Fatalf("%d outcomes of %d lines", len(a.Outcomes), len(lines))
		}
		for n, o := range a.Outcomes {
			if o.Line != n || o.Verdict == "" || o.Verdict.Good() == (o.Code != "") {
				t.Errorf("line %d: %+v", n, o)
			}
		}
		for _, p := range a.Parties {
			if len(p.Set.Writes) > 99 {
				t.Errorf("%d writes", len(p.Set.Writes))
			}
			if err := s.commit(p.Set); err != nil {
				t.Error(err)
			}
		}
	})
}

// idOf keeps what is typed as an identifier, whatever it is.
func idOf[T ~string](_ T, typed string) T { return T(typed) }
