package email_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"portero/shared/domain/email"
)

func TestParse(t *testing.T) {
	local64 := strings.Repeat("a", 64)
	label63 := strings.Repeat("b", 63)
	// 64 + "@" + three labels of 61, 61 and 60 with their dots, and "com" = 254.
	domain189 := strings.Repeat("c", 61) + "." + strings.Repeat("d", 61) + "." + strings.Repeat("e", 61) + ".com"
	for _, c := range []struct {
		name, in, want string
		err            error
	}{
		{"plain address is kept", "ana@example.com", "ana@example.com", nil},
		{"capitals are kept as typed", "Ana.Perez@Example.COM", "Ana.Perez@Example.COM", nil},
		{"white space around it is trimmed", "\t ana@example.com\r\n", "ana@example.com", nil},
		{"invisible characters of a clipboard are trimmed", "\u200b\u202aana@example.com\u202c\ufeff", "ana@example.com", nil},
		{"plus tag is kept", "ana+portal@example.com", "ana+portal@example.com", nil},
		{"every sign of a dot-atom is allowed", "!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com", nil},
		{"unicode domain is kept as typed", "ana@Bücher.example", "ana@Bücher.example", nil},
		{"punycode domain is accepted", "ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example", nil},
		{"unicode top level is accepted", "ana@例え.テスト", "ana@例え.テスト", nil},
		{"local part of 64 octets fits", local64 + "@example.com", local64 + "@example.com", nil},
		{"label of 63 octets fits", "a@" + label63 + ".com", "a@" + label63 + ".com", nil},
		{"address of 254 octets fits", local64 + "@" + domain189, local64 + "@" + domain189, nil},
		{"digits before the last label are a domain", "a@163.com", "a@163.com", nil},
		{"amazon simulator address is accepted", "bounce@simulator.amazonses.com", "bounce@simulator.amazonses.com", nil},

		{"non-ascii local part is unsupported", "josé@example.com", "", email.ErrUnsupported},
		{"non-ascii local part with unicode domain is unsupported", "用户@例え.テスト", "", email.ErrUnsupported},
		{"non-ascii local part at a bad domain is malformed", "josé@example", "", email.ErrMalformed},

		{"nothing is malformed", "", "", email.ErrMalformed},
		{"space alone is malformed", " \n", "", email.ErrMalformed},
		{"no at sign", "ana.example.com", "", email.ErrMalformed},
		{"two at signs", "ana@b@example.com", "", email.ErrMalformed},
		{"no local part", "@example.com", "", email.ErrMalformed},
		{"no domain", "ana@", "", email.ErrMalformed},
		{"display name", "Ana <ana@example.com>", "", email.ErrMalformed},
		{"angle brackets", "<ana@example.com>", "", email.ErrMalformed},
		{"comment", "ana(work)@example.com", "", email.ErrMalformed},
		{"quoted local part", `"ana perez"@example.com`, "", email.ErrMalformed},
		{"two addresses", "ana@example.com,bo@example.com", "", email.ErrMalformed},
		{"mailto scheme", "mailto:ana@example.com", "", email.ErrMalformed},
		{"space inside the local part", "ana perez@example.com", "", email.ErrMalformed},
		{"space before the at sign", "ana @example.com", "", email.ErrMalformed},
		{"space in the domain", "ana@exa mple.com", "", email.ErrMalformed},
		{"no-break space in the domain", "ana@exa\u00a0mple.com", "", email.ErrMalformed},
		{"line break in the local part", "ana\r\nBcc:bo@example.com", "", email.ErrMalformed},
		{"line break in the domain", "ana@example.com\r\nBcc:x.com", "", email.ErrMalformed},
		{"null byte", "ana\x00@example.com", "", email.ErrMalformed},
		{"delete character", "ana\x7f@example.com", "", email.ErrMalformed},
		{"zero-width space in the local part", "an\u200ba@example.com", "", email.ErrMalformed},
		{"broken utf-8", "ana\xff@example.com", "", email.ErrMalformed},
		{"leading dot", ".ana@example.com", "", email.ErrMalformed},
		{"trailing dot", "ana.@example.com", "", email.ErrMalformed},
		{"double dot", "ana..b@example.com", "", email.ErrMalformed},
		{"domain with leading dot", "ana@.example.com", "", email.ErrMalformed},
		{"domain with trailing dot", "ana@example.com.", "", email.ErrMalformed},
		{"domain with double dot", "ana@example..com", "", email.ErrMalformed},
		{"domain without a dot", "ana@localhost", "", email.ErrMalformed},
		{"ip literal", "ana@[192.0.2.1]", "", email.ErrMalformed},
		{"ip address", "ana@192.0.2.1", "", email.ErrMalformed},
		{"numeric top level", "ana@example.123", "", email.ErrMalformed},
		{"underscore in the domain", "ana@ex_ample.com", "", email.ErrMalformed},
		{"label that begins with a hyphen", "ana@-example.com", "", email.ErrMalformed},
		{"label that ends with a hyphen", "ana@example-.com", "", email.ErrMalformed},
		{"broken punycode", "ana@xn--\u00fc.com", "", email.ErrMalformed},
		{"local part of 65 octets", local64 + "a@example.com", "", email.ErrMalformed},
		{"label of 64 octets", "a@" + label63 + "b.com", "", email.ErrMalformed},
		{"address of 255 octets", local64 + "@c" + domain189, "", email.ErrMalformed},
		{"unicode domain too long once in ascii", "a@" + strings.Repeat("ü", 63) + ".com", "", email.ErrMalformed},
		{"endless text", strings.Repeat("a", 1<<20) + "@example.com", "", email.ErrMalformed},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := email.Parse(c.in)
			if string(got) != c.want || !errors.Is(err, c.err) {
				t.Errorf("Parse(%q) = %q, %v; want %q, %v", c.in, got, err, c.want, c.err)
			}
		})
	}
}

func TestFormsOfAnAddress(t *testing.T) {
	for _, c := range []struct{ name, in, ascii, domain, key string }{
		{"local part keeps its capitals in ascii", "Ana@Example.COM", "Ana@example.com", "example.com", "ana@example.com"},
		{"unicode domain becomes punycode", "Ana@BÜCHER.example", "Ana@xn--bcher-kva.example", "xn--bcher-kva.example", "ana@xn--bcher-kva.example"},
		{"sharp s is not two s", "ana@straße.example", "ana@xn--strae-oqa.example", "xn--strae-oqa.example", "ana@xn--strae-oqa.example"},
		{"dots and plus stay in the key", "A.B+c@gmail.com", "A.B+c@gmail.com", "gmail.com", "a.b+c@gmail.com"},
		{"zero value has no form", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := email.Address(c.in)
			if a.ASCII() != c.ascii || a.Domain() != c.domain || string(a.Key()) != c.key || a.Key().Domain() != c.domain {
				t.Errorf("%q: ASCII %q, Domain %q, Key %q, Key().Domain %q", c.in, a.ASCII(), a.Domain(), a.Key(), a.Key().Domain())
			}
		})
	}
}

func TestUnparsedTextHasNoForm(t *testing.T) {
	for _, s := range []string{"junk", "a@b@c.com", "josé@example.com", "a b@example.com", "ana@localhost", "a\r\nb@example.com"} {
		if a := email.Address(s); a.ASCII() != "" || a.Key() != "" {
			t.Errorf("%q: ASCII %q, Key %q; want none", s, a.ASCII(), a.Key())
		}
	}
}

func TestTextIsValidated(t *testing.T) {
	var a email.Address
	if err := json.Unmarshal([]byte(`" Ana@example.com "`), &a); err != nil || a != "Ana@example.com" {
		t.Fatalf("got %q, %v", a, err)
	}
	if err := json.Unmarshal([]byte(`"josé@example.com"`), &a); !errors.Is(err, email.ErrUnsupported) {
		t.Errorf("unsupported address: got %v", err)
	}
	if err := json.Unmarshal([]byte(`""`), &a); !errors.Is(err, email.ErrMalformed) {
		t.Errorf("empty address: got %v", err)
	}
	if a != "Ana@example.com" {
		t.Errorf("a failed decode changed the value to %q", a)
	}
	if out, err := json.Marshal(a); err != nil || string(out) != `"Ana@example.com"` {
		t.Errorf("Marshal = %s, %v", out, err)
	}
}

func TestLogsHideAddresses(t *testing.T) {
	var out strings.Builder
	a := email.Address("ana@example.com")
	slog.New(slog.NewJSONHandler(&out, nil)).Info("sent", "to", a, "key", a.Key())
	if strings.Contains(out.String(), "ana") || strings.Count(out.String(), "[address]") != 2 {
		t.Errorf("logged %s", out.String())
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"ana@example.com", " Ana+x@BÜCHER.example ", "josé@example.com", "a@[1.2.3.4]", "a@b..c", "@", "a@xn--a.com",
		"a\r\nb@example.com", "a@例え。テスト", "a@exa\u00admple.com", "\u202ea@b.co", "a@\u200d.com", "a.b+c@gmail.com",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := email.Parse(s)
		if err != nil {
			if a != "" || !errors.Is(err, email.ErrMalformed) && !errors.Is(err, email.ErrUnsupported) {
				t.Fatalf("Parse(%q) = %q, %v", s, a, err)
			}
			return
		}
		if again, err := email.Parse(string(a)); again != a || err != nil {
			t.Fatalf("parsed %q does not parse to itself: %q, %v", a, again, err)
		}
		ascii := a.ASCII()
		if ascii == "" || len(ascii) > 254 || strings.Count(ascii, "@") != 1 {
			t.Fatalf("%q: ASCII %q", a, ascii)
		}
		for i := range len(ascii) {
			if ascii[i] <= ' ' || ascii[i] >= 0x7f {
				t.Fatalf("%q: ASCII %q has byte %#x", a, ascii, ascii[i])
			}
		}
		key := a.Key()
		if key == "" || email.Address(key).Key() != key || email.Address(ascii).Key() != key {
			t.Fatalf("%q: key %q is not stable", a, key)
		}
		if b, err := email.Parse(string(key)); err != nil || string(b) != string(key) {
			t.Fatalf("key %q does not parse: %v", key, err)
		}
		if v := key.Variant(); v.Variant() != v || v.Domain() == "" {
			t.Fatalf("variant of %q is not stable: %q, %q", key, v, v.Variant())
		}
	})
}
