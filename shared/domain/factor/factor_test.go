package factor_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"portero/shared/domain/factor"
	"portero/shared/domain/password"
)

var (
	now   = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	cheap = password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}
)

const (
	me = "idn_a"
	pw = password.Plain("the doorman knows my face")
)

func begun(t *testing.T) (factor.Secret, factor.Factor, []factor.Recovery) {
	t.Helper()
	s, err := factor.NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	f, codes, err := factor.New(s, me, code(t, s, now), pw, cheap, rand.Reader, now)
	if err != nil {
		t.Fatal(err)
	}
	return s, f, codes
}

func code(t *testing.T, s factor.Secret, at time.Time) string {
	t.Helper()
	c, err := s.CodeAt(at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheCodesAreThoseOfRFC6238(t *testing.T) {
	// RFC 6238 appendix B, SHA-1, the last six of eight digits.
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := code(t, "12345678901234567890", time.Unix(at, 0)); got != want {
			t.Errorf("at %d: %s, not %s", at, got, want)
		}
	}
}

func TestACodeOfTheApp(t *testing.T) {
	s, f, _ := begun(t)
	next := now.Add(factor.Period)
	for _, c := range []struct {
		name string
		code string
		at   time.Time
		good bool
	}{
		{"the one it was set up with is over", code(t, s, now), now, false},
		{"the next one", code(t, s, next), next, true},
		{"the next one, by a clock that is fast", code(t, s, next), now, true},
		{"by a clock that is slow", code(t, s, next), next.Add(factor.Period), true},
		{"two steps late", code(t, s, next), next.Add(2 * factor.Period), false},
		{"two steps early", code(t, s, now.Add(2*factor.Period)), now, false},
		{"typed with a space", code(t, s, next)[:3] + " " + code(t, s, next)[3:], next, true},
		{"no digits", "abcdef", next, false},
		{"nothing", "", next, false},
		{"too long", strings.Repeat("1", 4000), next, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			taken, _, err := f.Take(c.code, me, pw, c.at)
			if (err == nil) != c.good || !c.good && !errors.Is(err, factor.ErrWrong) {
				t.Fatal(err)
			}
			if !c.good {
				return
			}
			if _, _, err := taken.Take(c.code, me, pw, c.at); !errors.Is(err, factor.ErrWrong) {
				t.Errorf("taken twice: %v", err)
			}
		})
	}
}

func TestARecoveryCodeWorksOnce(t *testing.T) {
	_, f, codes := begun(t)
	if len(codes) != factor.RecoveryCodes || len(f.Codes) != factor.RecoveryCodes {
		t.Fatal(len(codes))
	}
	typed := " " + strings.ToLower(codes[3].Reveal())
	used, taken, err := f.Take(typed, me, pw, now)
	if err != nil || !taken.Recovery || len(used.Codes) != factor.RecoveryCodes-1 {
		t.Fatal(taken, err)
	}
	if _, _, err := used.Take(typed, me, pw, now); !errors.Is(err, factor.ErrWrong) {
		t.Error(err)
	}
	again, fresh, err := used.Renew(rand.Reader)
	if err != nil || len(again.Codes) != factor.RecoveryCodes {
		t.Fatal(err)
	}
	if _, _, err := again.Take(codes[0].Reveal(), me, pw, now); !errors.Is(err, factor.ErrWrong) {
		t.Error("a former code lives on")
	}
	if _, _, err := again.Take(fresh[0].Reveal(), me, pw, now); err != nil {
		t.Error(err)
	}
}

func TestAnotherPassword(t *testing.T) {
	s, f, codes := begun(t)
	next := code(t, s, now.Add(factor.Period))
	t.Run("changed: the app goes on", func(t *testing.T) {
		moved, err := f.Move(me, pw, "another long password", cheap, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := moved.Take(next, me, "another long password", now); err != nil {
			t.Error(err)
		}
	})
	t.Run("reset by mail: recovery codes only", func(t *testing.T) {
		lost := f.Lose()
		if _, _, err := lost.Take(next, me, "another long password", now); !errors.Is(err, factor.ErrLost) {
			t.Error(err)
		}
		if _, _, err := lost.Take(codes[0].Reveal(), me, "another long password", now); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatTheAppPhotographs(t *testing.T) {
	link := factor.Secret("12345678901234567890").Link("Vega & Partners: Madrid", "eva+x@firm.example")
	if want := "otpauth://totp/Vega%20&%20Partners%20%20Madrid:eva+x@firm.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Vega%20%26%20Partners%20%20Madrid"; link != want {
		t.Errorf("%s", link)
	}
	p, err := factor.Draw(link)
	if err != nil || p.Size < 21 || !strings.HasPrefix(p.Path, "M0 0h7v1h-7z") {
		t.Errorf("%d %.40s %v", p.Size, p.Path, err)
	}
}

func TestNothingPrintsASecret(t *testing.T) {
	s, _, codes := begun(t)
	text, _ := s.MarshalText()
	said := fmt.Sprintf("%v %+v %#v %s %x %s", s, s, codes[0], codes[0], s, text)
	if strings.Contains(said, s.Reveal()) || strings.Contains(said, string(codes[0])) || strings.Contains(said, string(s)) {
		t.Error(said)
	}
}

func FuzzSecret(f *testing.F) {
	f.Add("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
	f.Add("gezdgnbvgy3tqojqgezdgnbvgy3tqojq")
	f.Add("GEZDGNBVGY3TQOJQ\nGEZDGNBVGY3TQOJQ")
	f.Fuzz(func(t *testing.T, typed string) {
		if s, err := factor.ParseSecret(typed); err == nil && s.Reveal() != typed {
			t.Errorf("%q is read as %q", typed, s.Reveal())
		}
	})
}

func FuzzTake(f *testing.F) {
	s := factor.Secret("12345678901234567890")
	one, _ := s.CodeAt(now)
	made, codes, err := factor.New(s, me, one, pw, cheap, rand.Reader, now)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(codes[0].Reveal())
	f.Add("000 000")
	f.Fuzz(func(t *testing.T, typed string) {
		taken, _, err := made.Take(typed, me, pw, now)
		if err == nil {
			if _, _, err := taken.Take(typed, me, pw, now); err == nil {
				t.Errorf("%q works twice", typed)
			}
		}
	})
}
