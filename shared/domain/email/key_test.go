package email_test

import (
	"testing"

	"portero/shared/domain/email"
)

func TestKeysAreEqual(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		equal      bool
	}{
		{"capitals do not matter", "Ana@Example.com", "ana@example.COM", true},
		{"unicode and punycode domain are one", "ana@bücher.example", "ana@xn--bcher-kva.example", true},
		{"composed and decomposed domain are one", "ana@b\u00fccher.example", "ana@bu\u0308cher.example", true},
		{"full-width dot is a dot", "ana@example。com", "ana@example.com", true},
		{"plus tag is another address", "ana+x@example.com", "ana@example.com", false},
		{"dot is another address even at gmail", "a.na@gmail.com", "ana@gmail.com", false},
		{"googlemail is another address", "ana@googlemail.com", "ana@gmail.com", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, errA := email.Parse(c.a)
			b, errB := email.Parse(c.b)
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if (a.Key() == b.Key()) != c.equal {
				t.Errorf("%q and %q", a.Key(), b.Key())
			}
		})
	}
}

func TestVariant(t *testing.T) {
	for _, c := range []struct {
		name      string
		key, want email.Key
	}{
		{"plus tag goes everywhere", "ana+portal@example.com", "ana@example.com"},
		{"everything after the first plus goes", "ana+a+b@example.com", "ana@example.com"},
		{"a local part that begins with plus stays", "+ana@example.com", "+ana@example.com"},
		{"dots stay elsewhere", "a.n.a@example.com", "a.n.a@example.com"},
		{"dots and tag go at gmail", "a.n.a+x@gmail.com", "ana@gmail.com"},
		{"googlemail is gmail", "a.na@googlemail.com", "ana@gmail.com"},
		{"zero value stays", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.key.Variant(); got != c.want {
				t.Errorf("Variant(%q) = %q, want %q", c.key, got, c.want)
			}
		})
	}
}

func TestPublicProvider(t *testing.T) {
	for domain, want := range map[string]bool{
		"gmail.com": true, "GMail.com": true, "outlook.com": true, "outlook.es": true, "hotmail.co.uk": true,
		"yahoo.com": true, "yahoo.com.ar": true, "yahoo.co.jp": true, "icloud.com": true, "proton.me": true,
		"gmx.net": true, "gmx.de": true, "gmx.at": true, "web.de": true, "libero.it": true, "terra.es": true, "live.com": true,

		"acme.com": false, "yahoo.acme.com": false, "gmx.consulting": false, "outlook.acme.es": false, "live.tv": false,
		"mail.gmail.com": false, "notgmail.com": false, "gmail": false, "": false, "not a domain": false, "com.yahoo": false,
	} {
		if got := email.PublicProvider(domain); got != want {
			t.Errorf("PublicProvider(%q) = %v", domain, got)
		}
	}
}
