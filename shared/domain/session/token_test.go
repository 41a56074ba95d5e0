package session

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/id"
)

var tokenAt = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

func tokenOf(g access.Grant) (Token, Session) {
	s := Session{ID: id.New[id.Session](tokenAt), Workspace: id.New[id.Workspace](tokenAt), Identity: id.New[id.Identity](tokenAt), Grant: g}
	t, hash := NewToken(s.Workspace, s.Identity, s.ID, g)
	s.Hash = hash
	return t, s
}

func anyGrant() access.Grant {
	return access.Grant{Account: id.New[id.Account](tokenAt), Contact: id.New[id.Contact](tokenAt), Portal: id.New[id.Portal](tokenAt), Role: id.New[id.Role](tokenAt)}
}

func TestATokenComesBackFromItsTextAndOpensItsSessionOnly(t *testing.T) {
	for name, g := range map[string]access.Grant{"staff": {}, "a member": anyGrant()} {
		made, s := tokenOf(g)
		read, err := ParseToken(made.Reveal())
		if err != nil || !read.Opens(s) {
			t.Errorf("%s: %v %v", name, read, err)
		}
		_, other := tokenOf(g)
		if read.Opens(other) || (Token{}).Opens(s) {
			t.Errorf("%s: opens another's session", name)
		}
		s.Grant = anyGrant()
		if read.Opens(s) {
			t.Errorf("%s: opens a session that uses another grant", name)
		}
	}
}

func TestRekeyingKillsTheFormerToken(t *testing.T) {
	former, s := tokenOf(anyGrant())
	again, token := s.Rekey()
	if former.Opens(again) || !token.Opens(again) || again.ID != s.ID {
		t.Error("the former token still opens, or the new one does not")
	}
}

func TestWhatIsNoTokenIsRefused(t *testing.T) {
	made, _ := tokenOf(anyGrant())
	parts := strings.Split(made.Reveal(), ".")
	swap := func(i int, with string) string {
		changed := append([]string{}, parts...)
		changed[i] = with
		return strings.Join(changed, ".")
	}
	for name, text := range map[string]string{
		"empty": "", "seven parts": strings.Join(parts[:7], "."), "nine parts": made.Reveal() + ".x",
		"half a grant": swap(3, ""), "an account as contact": swap(4, parts[3]), "no workspace": swap(0, ""), "no session": swap(2, ""),
		"a short secret": swap(7, "AAAA"), "padding": made.Reveal() + "=", "a blank": swap(1, parts[1]+" "),
		"a line break": made.Reveal() + "\n",
	} {
		if read, err := ParseToken(text); !errors.Is(err, ErrToken) || !read.Zero() {
			t.Errorf("%s: %v %v", name, read, err)
		}
	}
}

func TestATokenNeverPrintsItsSecret(t *testing.T) {
	made, _ := tokenOf(anyGrant())
	raw, _ := made.MarshalText()
	for _, text := range []string{fmt.Sprint(made), fmt.Sprintf("%+v", made), made.LogValue().String(), string(raw)} {
		if strings.Contains(text, made.Reveal()[strings.LastIndex(made.Reveal(), ".")+1:]) {
			t.Errorf("secret in %q", text)
		}
	}
}

func TestNoVerbPrintsTheSecret(t *testing.T) {
	made, _ := NewToken("ws_01jd0h5m3w8q4v9x2c6k7n1t5z", "idn_01jd0h5m3w8q4v9x2c6k7n1t5z", "ses_01jd0h5m3w8q4v9x2c6k7n1t5z", access.Grant{})
	secret := made.secret
	raw := strings.Trim(fmt.Sprint([]byte(secret)), "[]")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%10.3s"} {
		for _, arg := range []any{made, &made, []Token{made}, struct{ T Token }{made}, map[string]Token{"t": made}} {
			text := fmt.Sprintf(verb, arg)
			if strings.Contains(text, secret) || strings.Contains(text, hex.EncodeToString([]byte(secret))) || strings.Contains(text, raw) {
				t.Errorf("%s of a %T shows the secret: %s", verb, arg, text)
			}
		}
	}
}
