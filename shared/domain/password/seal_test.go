package password_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"portero/shared/domain/password"
)

var cheapSeal = password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}

func TestASealedSecretOpensWithItsPasswordForItsOwner(t *testing.T) {
	secret := []byte("twenty bytes of seed")
	sealed, err := password.Seal(secret, "idn_a", "the doorman knows my face", cheapSeal, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		about string
		p     password.Plain
		opens bool
	}{
		{"its password", "idn_a", "the doorman knows my face", true},
		{"another password", "idn_a", "the doorman knows my hat", false},
		{"copied to somebody else", "idn_b", "the doorman knows my face", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok, err := sealed.Open(c.about, c.p)
			if err != nil || ok != c.opens || ok && !bytes.Equal(got, secret) {
				t.Errorf("%v %v", ok, err)
			}
		})
	}
	if again, _ := password.Seal(secret, "idn_a", "the doorman knows my face", cheapSeal, rand.Reader); again == sealed {
		t.Error("sealed twice alike")
	}
	raw, _ := json.Marshal(sealed)
	if text := fmt.Sprintf("%v %#v %s %s", sealed, sealed, raw, sealed); strings.Contains(text, "argon2id") {
		t.Error(text)
	}
}

func FuzzSealed(f *testing.F) {
	good, err := password.Seal([]byte("x"), "idn_a", "p", cheapSeal, rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(good))
	f.Add("$argon2id$v=19$m=8,t=1,p=1$$")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "m=") && !strings.Contains(s, "m=8,t=1,p=1") {
			return // somebody else's cost only takes time
		}
		if _, ok, err := password.Sealed(s).Open("idn_a", "p"); ok && err != nil {
			t.Error("opened, and wrong")
		}
	})
}
