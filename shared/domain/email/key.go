package email

import (
	"log/slog"
	"strings"
)

// Key is what addresses are compared and stored under: the local part in lower
// case, "@", the domain in ASCII and lower case. RFC 5321 §2.4 lets a server
// tell capitals apart; none that matters does, and treating them as different
// locks people out (product rule: design.md §6).
type Key string

// Key returns the comparison key. It cannot fail for a parsed address; it is ""
// for the zero value and for a value that was never parsed.
func (a Address) Key() Key {
	local, domain, ok := strings.Cut(a.ASCII(), "@")
	if !ok {
		return ""
	}
	return Key(strings.ToLower(local) + "@" + domain)
}

// Domain returns the part after "@"; "" for the zero value.
func (k Key) Domain() string {
	_, domain, _ := strings.Cut(string(k), "@")
	return domain
}

// Variant returns the form under which likely duplicates meet: without a plus
// tag, and for Gmail without dots and with one domain. Use it only to warn:
// outside Gmail nobody promises that a tagged address is the same mailbox.
// https://support.google.com/mail/answer/7436150 (dots)
func (k Key) Variant() Key {
	local, domain, ok := strings.Cut(string(k), "@")
	if !ok {
		return k
	}
	if untagged, _, _ := strings.Cut(local, "+"); untagged != "" {
		local = untagged
	}
	if domain == "gmail.com" || domain == "googlemail.com" {
		local, domain = strings.ReplaceAll(local, ".", ""), "gmail.com"
	}
	return Key(local + "@" + domain)
}

// LogValue hides the key from logs.
func (k Key) LogValue() slog.Value { return slog.StringValue("[address]") }
