package password_test

import (
	"errors"
	"strings"
	"testing"

	"portero/shared/domain/password"
)

func reason(err error) string {
	var weak *password.Weak
	if errors.As(err, &weak) {
		return weak.Reason
	}
	return ""
}

func TestCheck(t *testing.T) {
	one, two := password.SingleFactor, password.SecondFactor
	for _, c := range []struct {
		name    string
		policy  password.Policy
		in      password.Plain
		context []string
		want    string
	}{
		{"words in a row are good", one, "correct horse battery staple", nil, ""},
		{"spanish words are good", one, "tres tristes tigres comen", nil, ""},
		{"small letters alone are good", one, "untilgraniteumbrella", nil, ""},
		{"random text is good", two, "k7#Vq!2m", nil, ""},
		{"emoji count one each", two, "🐴🔋📎✅🎈🚪🗝🌧", nil, ""},

		{"fifteen code points are enough", one, "granite umbrell", nil, ""},
		{"fourteen are too few", one, "granite umbrel", nil, password.TooShort},
		{"eight are enough for a second factor", two, "umbrelka", nil, ""},
		{"seven are too few", two, "umbrelk", nil, password.TooShort},
		{"seven letters of two bytes are too few", two, "ñéíóúüç", nil, password.TooShort},
		{"decomposed letters count once", two, "n\u0303e\u0301i\u0301o\u0301u\u0301u\u0308c\u0327", nil, password.TooShort},
		{"nothing is too short", two, "", nil, password.TooShort},
		{"zero policy has the floor of eight", password.Policy{}, "umbrelk", nil, password.TooShort},
		{"64 characters are accepted", one, password.Plain(varied(64)), nil, ""},
		{"256 characters are accepted", one, password.Plain(varied(256)), nil, ""},
		{"257 characters are too long", one, password.Plain(varied(257)), nil, password.TooLong},
		{"256 characters of four bytes are accepted", one, password.Plain(strings.ReplaceAll(varied(256), "e", "🐴")), nil, ""},
		{"endless text is too long", one, password.Plain(strings.Repeat("granite umbrella ", 1<<16)), nil, password.TooLong},

		{"listed password", two, "baseball1", nil, password.Common},
		{"listed password in capitals", two, "Baseball1", nil, password.Common},
		{"listed long password", one, "iloveyouforever", nil, password.Common},
		{"listed spanish password", two, "teamomucho", nil, password.Common},
		{"listed password twice", one, "passwordpassword", nil, password.Common},
		{"listed mix of letters and digits", one, "q1w2e3r4t5y6u7i8", nil, password.Common},

		{"what a scanner fills in", one, "555-555-0199@Example.com", nil, password.Common},
		{"a probe of a scanner", one, "<script>alert(1)</script>", nil, password.Common},

		{"one character", one, "aaaaaaaaaaaaaaa", nil, password.Repetitive},
		{"one character of two bytes", one, "ñññññññññññññññ", nil, password.Repetitive},
		{"two characters in disorder", one, "abbabaabbaababba", nil, password.Repetitive},
		{"short word repeated", one, "holaholaholahola", nil, password.Repetitive},
		{"short word repeated and cut", one, "tigretigretigret", nil, password.Repetitive},
		{"digits that go round", one, "123456789012345", nil, password.Repetitive},
		{"digits backwards", one, "987654321098765", nil, password.Repetitive},
		{"alphabet", one, "abcdefghijklmno", nil, password.Repetitive},
		{"alphabet in capitals", one, "ABCDEFGHIJKLMNO", nil, password.Repetitive},
		{"alphabet backwards", one, "zyxwvutsrqponml", nil, password.Repetitive},
		{"keyboard rows", one, "qwertyuiopasdfg", nil, password.Repetitive},
		{"keyboard rows backwards", one, "poiuytrewqlkjhg", nil, password.Repetitive},
		{"keyboard columns", one, "1qaz2wsx3edc4rfv", nil, password.Repetitive},
		{"keyboard columns up and down", one, "1qazxsw23edcvfr4", nil, password.Repetitive},
		{"german keyboard", one, "qwertzuiopasdfgh", nil, password.Repetitive},
		{"spanish keyboard", one, "asdfghjklñqwerty", nil, password.Repetitive},
		{"doubled digits", one, "112233445566778899", nil, password.Repetitive},
		{"runs of letters and digits", one, "abc123def456ghi789", nil, password.Repetitive},
		{"a word among runs is good", one, "abc123 umbrella 789", nil, ""},

		{"product name with digits", one, "Portero12345678", nil, password.Context},
		{"product name twice", one, "portero-portero!", nil, password.Context},
		{"firm name with digits", one, "Acme Steuer 2026", []string{"ACME Steuer GmbH"}, password.Context},
		{"firm name without its form", one, "acmesteuer##2026", []string{"ACME Steuer GmbH"}, password.Context},
		{"firm name with accent", one, "2026Pérez2026Pérez", []string{"Pérez & Sons"}, password.Context},
		{"firm and person", one, "acme-ana.perez-1", []string{"Acme", "ana.perez"}, password.Context},
		{"address of the person", one, "ana.perez@acme.example", []string{"ana.perez", "acme.example"}, password.Context},
		{"firm name among other words is good", one, "acme umbrella 2026", []string{"Acme"}, ""},
		{"words of two letters do not count", one, "abxyabxyzzabxy 7q", []string{"ab", "xy", "zz"}, ""},
		{"digits without letters are not context", one, "739184620571938", []string{"739184620571938"}, ""},
		{"empty context is ignored", one, "granite umbrella", []string{"", " ", "!!"}, ""},
		{"a zero byte", one, "granite\x00umbrella", nil, password.Malformed},
		{"a line break", one, "granite\numbrella 26", nil, password.Malformed},
		{"another control character", one, "granite\u0085umbrella", nil, password.Malformed},
		{"broken utf-8 does no harm", two, "granite\xff\xfe", []string{"\xff\xff\xff\xff"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.policy.Check(c.in, c.context...)
			if reason(err) != c.want || (err == nil) != (c.want == "") {
				t.Errorf("Check = %v, want %q", err, c.want)
			}
		})
	}
}

// varied returns n characters that nothing refuses.
func varied(n int) string {
	return strings.Repeat("the quick brown fox jumps over a lazy dog while seven wizards brew potions ", n)[:n-1] + "#"
}

func TestRaise(t *testing.T) {
	for _, c := range []struct {
		name string
		base password.Policy
		ask  int
		want int
	}{
		{"a higher setting counts", password.SingleFactor, 20, 20},
		{"a lower setting does not", password.SingleFactor, 8, 15},
		{"no setting changes nothing", password.SecondFactor, 0, 8},
		{"a negative setting changes nothing", password.SecondFactor, -1, 8},
		{"nobody can ask for more than 64", password.SingleFactor, 1000, 64},
		{"zero policy starts from the floor", password.Policy{}, 0, 8},
	} {
		if got := c.base.Raise(c.ask).MinLength; got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestEveryReasonHasASentence(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range []string{password.TooShort, password.TooLong, password.Common, password.Context, password.Repetitive, "later"} {
		weak := &password.Weak{Reason: r, MinLength: 15}
		s := weak.Public()
		if seen[s] || !strings.HasSuffix(s, ".") || !strings.Contains(weak.Error(), r) {
			t.Errorf("%s: %q, %q", r, s, weak.Error())
		}
		seen[s] = true
	}
	if s := password.SingleFactor.Check("short").(*password.Weak).Public(); !strings.Contains(s, "15") {
		t.Errorf("too short does not say how long: %q", s)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("correct horse battery staple", "Acme GmbH")
	f.Add("Pe\u0301rez2026", "P\u00e9rez")
	f.Add("\xff\xfe", "\xff")
	f.Add("1qaz2wsx3edc4rfv", "1qaz")
	f.Add("aaaaaaaab", "")
	f.Fuzz(func(t *testing.T, p, context string) {
		first := password.SecondFactor.Check(password.Plain(p), context)
		if r := reason(first); (first == nil) != (r == "") {
			t.Fatalf("error without a reason: %v", first)
		}
		if again := password.SecondFactor.Check(password.Plain(p), context); reason(again) != reason(first) {
			t.Fatalf("first %v, then %v", first, again)
		}
		if first != nil && password.SingleFactor.Check(password.Plain(p), context) == nil {
			t.Fatalf("the stricter policy accepts what the other refuses: %v", first)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	for b.Loop() {
		_ = password.SingleFactor.Check("correct horse battery staple", "ACME Steuer GmbH", "ana.perez")
	}
}
