package password_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"portero/shared/domain/password"
)

// cheap is the least that argon2id can cost.
var cheap = password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}

func hash(t testing.TB, p password.Plain, cost password.Cost) password.Hash {
	t.Helper()
	h, err := password.New(p, cost, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestVerify(t *testing.T) {
	long := strings.Repeat("0123456789abcdef", 16)
	for _, c := range []struct {
		name       string
		set, typed password.Plain
		want       bool
	}{
		{"same password", "correct horse battery", "correct horse battery", true},
		{"other password", "correct horse battery", "correct horse battery staple", false},
		{"empty password against a set one", "correct horse battery", "", false},
		{"capitals matter", "correct horse battery", "Correct horse battery", false},
		{"space at the end matters", "correct horse battery", "correct horse battery ", false},
		{"composed and decomposed letters are one", "contrase\u00f1a larga y segura", "contrasen\u0303a larga y segura", true},
		{"compatibility forms differ", "a² plus b² is c²", "a2 plus b2 is c2", false},
		{"null byte does not end it", "before\x00after", "before\x00other", false},
		{"64 characters are not cut to 63", password.Plain(long[:64]), password.Plain(long[:63]), false},
		{"65 characters are not cut to 64", password.Plain(long[:65]), password.Plain(long[:64]), false},
		{"73 characters are not cut to 72", password.Plain(long[:73]), password.Plain(long[:72]), false},
		{"128 characters are not cut to 127", password.Plain(long[:128]), password.Plain(long[:127]), false},
		{"128 characters are taken whole", password.Plain(long[:128]), password.Plain(long[:128]), true},
		{"256 characters are taken whole", password.Plain(long), password.Plain(long), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := hash(t, c.set, cheap).Verify(c.typed); err != nil || got != c.want {
				t.Errorf("Verify = %v, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestNewAtDefaultCost(t *testing.T) {
	h := hash(t, "correct horse battery", password.DefaultCost)
	if !strings.HasPrefix(string(h), "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("got %s", string(h))
	}
	if ok, err := h.Verify("correct horse battery"); !ok || err != nil {
		t.Errorf("Verify = %v, %v", ok, err)
	}
}

// The vector was made with the reference program of argon2 (Debian's argon2
// 0~20171227): printf password | argon2 somesaltsomesalt -id -t 2 -k 256 -p 1 -e.
func TestKnownVector(t *testing.T) {
	const h = password.Hash("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$yrdGtGIZk/3JHsUHh5gLQUqQppLwvGjf4Z+cJbPLqew")
	if ok, err := h.Verify("password"); !ok || err != nil {
		t.Errorf("Verify = %v, %v", ok, err)
	}
}

func TestSaltsDiffer(t *testing.T) {
	first, second := hash(t, "one password", cheap), hash(t, "one password", cheap)
	if first == second {
		t.Error("two hashes of one password are equal")
	}
}

func TestNewFails(t *testing.T) {
	if _, err := password.New("p", cheap, iotest.ErrReader(errors.New("no entropy"))); err == nil {
		t.Error("no error without randomness")
	}
	if _, err := password.New("p", cheap, bytes.NewReader(make([]byte, 15))); err == nil {
		t.Error("no error with too little randomness")
	}
	for name, cost := range map[string]password.Cost{
		"zero value":           {},
		"no pass":              {MemoryKiB: 8, Time: 0, Threads: 1},
		"no thread":            {MemoryKiB: 8, Time: 1, Threads: 0},
		"too little memory":    {MemoryKiB: 15, Time: 1, Threads: 2},
		"more than a gibibyte": {MemoryKiB: 1024*1024 + 1, Time: 1, Threads: 1},
		"17 passes":            {MemoryKiB: 8, Time: 17, Threads: 1},
		"17 threads":           {MemoryKiB: 1024, Time: 1, Threads: 17},
	} {
		if _, err := password.New("p", cost, rand.Reader); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestMalformedHashIsAnError(t *testing.T) {
	good := string(hash(t, "p", cheap))
	for name, h := range map[string]string{
		"empty":                     "",
		"no text after the cost":    "$argon2id$v=19$m=8,t=1,p=1",
		"other function":            strings.Replace(good, "argon2id", "argon2i", 1),
		"other version":             strings.Replace(good, "v=19", "v=16", 1),
		"more than a gibibyte":      strings.Replace(good, "m=8", "m=4294967295", 1),
		"memory that overflows":     strings.Replace(good, "m=8", "m=4294967304", 1),
		"no memory":                 strings.Replace(good, "m=8", "m=0", 1),
		"endless passes":            strings.Replace(good, "t=1", "t=4000000000", 1),
		"no pass":                   strings.Replace(good, "t=1", "t=0", 1),
		"threads that overflow":     strings.Replace(good, "p=1", "p=257", 1),
		"leading zero":              strings.Replace(good, "t=1", "t=01", 1),
		"plus sign":                 strings.Replace(good, "t=1", "t=+1", 1),
		"other order":               strings.Replace(good, "m=8,t=1", "t=1,m=8", 1),
		"further parameter":         strings.Replace(good, "p=1", "p=1,keyid=a", 1),
		"cut tag":                   good[:len(good)-4],
		"padding":                   good + "=",
		"line break in the base64":  good[:len(good)-4] + "\n" + good[len(good)-4:],
		"stray bits in the base64":  good[:len(good)-1] + "/",
		"something before":          "x" + good,
		"something after":           good + "$x",
		"an empty salt":             "$argon2id$v=19$m=8,t=1,p=1$$" + strings.Repeat("A", 43),
		"a hash of another program": "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
	} {
		ok, err := password.Hash(h).Verify("p")
		if ok || err == nil {
			t.Errorf("%s: Verify = %v, %v", name, ok, err)
		}
		if err != nil && len(h) > 20 && strings.Contains(err.Error(), h[len(h)-20:]) {
			t.Errorf("%s: the error holds the hash", name)
		}
		if !password.Hash(h).Outdated(cheap) {
			t.Errorf("%s: not outdated", name)
		}
	}
}

func TestOutdated(t *testing.T) {
	at := password.Cost{MemoryKiB: 16, Time: 2, Threads: 1}
	h := hash(t, "p", at)
	for _, c := range []struct {
		name string
		cost password.Cost
		want bool
	}{
		{"same cost is not outdated", at, false},
		{"more memory wanted", password.Cost{MemoryKiB: 32, Time: 2, Threads: 1}, true},
		{"more passes wanted", password.Cost{MemoryKiB: 16, Time: 3, Threads: 1}, true},
		{"less wanted is not outdated", password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}, false},
	} {
		if got := h.Outdated(c.cost); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

func TestDummyCostsOneHashAndFitsNobody(t *testing.T) {
	d := password.Dummy(cheap)
	if d != password.Dummy(cheap) || d.Outdated(cheap) || !strings.Contains(string(d), "$m=8,t=1,p=1$") {
		t.Errorf("dummy %s is not fixed or not at the given cost", string(d))
	}
	for _, p := range []password.Plain{"", "password", "portero: nobody's password"} {
		if ok, err := d.Verify(p); ok || err != nil {
			t.Errorf("Verify = %v, %v", ok, err)
		}
	}
	if got := password.Dummy(password.DefaultCost); got.Outdated(password.DefaultCost) {
		t.Error("dummy at the default cost is outdated")
	}
}

func FuzzVerify(f *testing.F) {
	f.Add("", "p")
	f.Add(string(password.Dummy(cheap)), "p")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$", "p")
	f.Add("$argon2id$v=19$m=99999999999999999999,t=1,p=1$a$b", "\xff")
	f.Fuzz(func(t *testing.T, h, p string) {
		// A well-formed hash may cost a gibibyte: replace its cost by a cheap one.
		if part := strings.Split(h, "$"); len(part) == 6 && len(part[3]) > len("m=99,t=1,p=1") {
			part[3] = "m=8,t=1,p=1"
			h = strings.Join(part, "$")
		}
		ok, err := password.Hash(h).Verify(password.Plain(p))
		if ok && err != nil || (err != nil) != password.Hash(h).Outdated(password.Cost{}) {
			t.Fatalf("Verify = %v, %v", ok, err)
		}
	})
}

func BenchmarkHashAtDefaultCost(b *testing.B) {
	for b.Loop() {
		hash(b, "correct horse battery", password.DefaultCost)
	}
}
