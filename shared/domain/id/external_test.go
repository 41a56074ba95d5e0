package id_test

import (
	"strings"
	"testing"

	"portero/shared/domain/id"
)

func TestWhatAnotherSystemMayCallAThing(t *testing.T) {
	for s, ok := range map[string]bool{
		"4711": true, "crm:contact-4711": true, "A.b_c~d": true, strings.Repeat("x", 128): true, "urn:uuid:0b6d7c1e-1b1a-4c1e-8f57-3f2f2f2f2f2f": true,
		"": false, ".": false, "..": false, "a b": false, "a/b": false, "a#b": false, "eva@client.example": false, "ñ": false, "a\x00": false, strings.Repeat("x", 129): false, "%41": false,
	} {
		if got := id.CheckExternal(s) == nil; got != ok {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func FuzzCheckExternal(f *testing.F) {
	f.Add("crm:4711")
	f.Add("a#b")
	f.Fuzz(func(t *testing.T, s string) {
		if id.CheckExternal(s) == nil && (len(s) > id.MaxExternal || strings.ContainsAny(s, "#/%@? \x00")) {
			t.Errorf("%q is taken", s)
		}
	})
}
