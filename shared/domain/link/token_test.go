package link

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"portero/shared/domain/id"
)

var at = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

func mailed() Token {
	return New(id.New[id.Workspace](at), string(id.New[id.Message](at)))
}

func TestATokenComesBackFromItsText(t *testing.T) {
	for name, thing := range map[string]string{
		"of a message": string(id.New[id.Message](at)), "of a join link": string(id.New[id.JoinLink](at)),
		"of a verification": string(id.New[id.Verification](at)),
	} {
		made := New(id.New[id.Workspace](at), thing)
		read, err := Parse(made.Reveal())
		if err != nil || read.Reveal() != made.Reveal() || !read.Opens(made.Hash()) {
			t.Errorf("%s: %v, %v", name, read, err)
		}
	}
}

func TestWhatIsNoTokenIsLinkUnknown(t *testing.T) {
	good := mailed().Reveal()
	parts := strings.Split(good, ".")
	for name, text := range map[string]string{
		"empty":                  "",
		"two parts":              parts[0] + "." + parts[1],
		"four parts":             good + ".x",
		"another kind of thing":  parts[0] + "." + string(id.New[id.Contact](at)) + "." + parts[2],
		"no workspace":           "." + parts[1] + "." + parts[2],
		"a contact as workspace": string(id.New[id.Contact](at)) + "." + parts[1] + "." + parts[2],
		"a shorter secret":       good[:len(good)-1],
		"a longer secret":        good + "A",
		"padding":                good + "=",
		"standard base64":        parts[0] + "." + parts[1] + "." + strings.Repeat("+", 43),
		"loose last bits":        parts[0] + "." + parts[1] + "." + strings.Repeat("A", 42) + "B",
		"a line break":           good + "\n",
		"very long":              strings.Repeat("a", 100_000),
	} {
		if read, err := Parse(text); !errors.Is(err, ErrUnknown) || !read.Zero() {
			t.Errorf("%s: %v, %v", name, read, err)
		}
	}
}

func TestATokenIsOfOneKindOnly(t *testing.T) {
	of := mailed()
	if m, err := of.Message(); err != nil || string(m) != of.Thing {
		t.Errorf("message: %v %v", m, err)
	}
	if _, err := of.JoinLink(); !errors.Is(err, ErrUnknown) {
		t.Error("a message's token is taken for a join link's")
	}
	if _, err := of.Verification(); !errors.Is(err, ErrUnknown) {
		t.Error("a message's token is taken for a verification's")
	}
	if _, err := (Token{}).Message(); !errors.Is(err, ErrUnknown) {
		t.Error("no token is taken for one")
	}
}

func TestTheUnsubscribeSecretOpensNothing(t *testing.T) {
	of := mailed()
	stop := of.Unsubscribe()
	if stop.Opens(of.Hash()) || of.Opens(stop.Hash()) || !stop.Opens(stop.Hash()) || stop.Thing != of.Thing {
		t.Error("a link and its unsubscribe secret are taken for each other")
	}
	if again := stop.Unsubscribe(); again.Opens(of.Hash()) {
		t.Error("the unsubscribe secret leads back to the link")
	}
}

func TestOnlyItsOwnHashIsOpened(t *testing.T) {
	of, other := mailed(), mailed()
	if of.Opens() || of.Opens(nil) || of.Opens(other.Hash()) || !of.Opens(other.Hash(), of.Hash()) || (Token{}).Opens(of.Hash()) {
		t.Error("opened by another hash, or not by its own")
	}
}

func TestATokenNeverPrintsItsSecret(t *testing.T) {
	of := mailed()
	secret := of.Reveal()[strings.LastIndex(of.Reveal(), ".")+1:]
	raw, err := json.Marshal(of)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(of), fmt.Sprintf("%v %+v", of, of), of.LogValue().String(), string(raw)} {
		if strings.Contains(text, secret) {
			t.Errorf("secret in %q", text)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(mailed().Reveal())
	f.Add("ws_01jd0h5m3w8q4v9x2c6k7n1t5z.jln_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("..")
	f.Fuzz(func(t *testing.T, text string) {
		read, err := Parse(text)
		if err != nil {
			if !errors.Is(err, ErrUnknown) || !read.Zero() {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if read.Reveal() != text {
			t.Errorf("%q comes back as %q", text, read.Reveal())
		}
	})
}

func TestNoVerbPrintsTheSecret(t *testing.T) {
	made := New("ws_01jd0h5m3w8q4v9x2c6k7n1t5z", "msg_01jd0h5m3w8q4v9x2c6k7n1t5z")
	secret := made.Reveal()[strings.LastIndex(made.Reveal(), ".")+1:]
	raw := strings.Trim(fmt.Sprint(made.secret), "[]")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%10.3s"} {
		for _, arg := range []any{made, &made, []Token{made}, struct{ T Token }{made}, map[string]Token{"t": made}} {
			text := fmt.Sprintf(verb, arg)
			if strings.Contains(text, secret) || strings.Contains(text, hex.EncodeToString([]byte(secret))) || strings.Contains(text, raw) {
				t.Errorf("%s of a %T shows the secret: %s", verb, arg, text)
			}
		}
	}
}
