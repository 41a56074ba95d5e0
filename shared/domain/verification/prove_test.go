package verification

import (
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/link"
	"portero/shared/domain/password"
)

var (
	at    = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)
	cheap = password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}
)

func begun(t *testing.T, code string) (Verification, link.Token) {
	t.Helper()
	v, binding := Verification{Workspace: id.New[id.Workspace](at), Purpose: Join}.Begin(at)
	if code != "" {
		h, err := password.New(password.Plain(code), cheap, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		v.CodeHash = h
	}
	return v, binding
}

func TestACodeIsTakenHoweverItIsSpaced(t *testing.T) {
	v, _ := begun(t, "12345678")
	for _, typed := range []string{"12345678", "1234 5678", " 1234-5678 ", "12 34 56 78"} {
		if err := v.Matches(typed, cheap); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", "12345679", "1234567", "123456789", "１２３４５６７８", "12345678x"} {
		if err := v.Matches(typed, cheap); !errors.Is(err, ErrWrong) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestACodeThatWasNotMailedYetIsWrongWhateverIsTyped(t *testing.T) {
	v, _ := begun(t, "")
	for _, typed := range []string{"", "12345678", "portero: nobody's password"} {
		if err := v.Matches(typed, cheap); !errors.Is(err, ErrWrong) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestACodeHasFiveTriesAndTenMinutesAndOneUse(t *testing.T) {
	v, _ := begun(t, "12345678")
	for range MaxTries {
		next, err := v.Try(at.Add(Life - time.Second))
		if err != nil || next.Tries != v.Tries+1 {
			t.Fatalf("try %d: %v", v.Tries, err)
		}
		v = next
	}
	if _, err := v.Try(at); !errors.Is(err, ErrOver) {
		t.Errorf("a sixth try: %v", err)
	}
	fresh, _ := begun(t, "12345678")
	if _, err := fresh.Try(at.Add(Life)); !errors.Is(err, ErrOver) {
		t.Errorf("after ten minutes: %v", err)
	}
	if _, err := fresh.Use(at).Try(at); !errors.Is(err, ErrOver) {
		t.Errorf("after use: %v", err)
	}
}

func TestAWrongCodeNamesTheTriesLeft(t *testing.T) {
	v, _ := begun(t, "12345678")
	v.Tries = 2
	f := fault.As(v.Matches("00000000", cheap))
	if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "code" || f.TriesLeft != 3 {
		t.Errorf("%+v", f)
	}
	if ErrWrong.TriesLeft != 0 {
		t.Error("the constant fault was changed")
	}
	v.Tries = MaxTries
	if err := v.Matches("00000000", cheap); !errors.Is(err, ErrOver) {
		t.Errorf("the last try: %v", err)
	}
}

func TestRebindingKillsTheFormerBrowser(t *testing.T) {
	v, former := begun(t, "")
	again, binding := v.Rebind()
	if former.Opens(again.Binding) || !binding.Opens(again.Binding) || again.ID != v.ID || !again.ExpiresAt.Equal(v.ExpiresAt) {
		t.Error("the former browser still may, or the new one may not")
	}
}

func TestAPasswordSpeaksForAnIdentityUntilThatChanges(t *testing.T) {
	who := identity.Identity{Generation: 3}
	for name, c := range map[string]struct {
		v    Verification
		want bool
	}{
		"the right password":                       {Verification{Proved: true, Generation: 3}, true},
		"the wrong one":                            {Verification{Known: true, Generation: 3}, false},
		"the right one, but it was changed since":  {Verification{Proved: true, Generation: 2}, false},
		"a new password of somebody unknown then ": {Verification{Password: "x"}, false},
	} {
		if got := c.v.Speaks(who); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
