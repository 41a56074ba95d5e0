package workspace_test

import (
	"strings"
	"testing"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/workspace"
)

func TestDomainsAreReadAsAddressesAre(t *testing.T) {
	got, err := workspace.Domains("domains", []string{" Client.Example", "@acme.example", "client.example", "peña.example"})
	if err != nil || strings.Join(got, " ") != "acme.example client.example xn--pea-8ma.example" {
		t.Errorf("%v %v", got, err)
	}
	for typed, code := range map[string]fault.Code{
		"": "domain_malformed", "nodot": "domain_malformed", "a b.example": "domain_malformed", "x@y.example": "domain_malformed",
		"gmail.com": "domain_public", "@yahoo.es": "domain_public",
	} {
		if _, err := workspace.Domains("domains", []string{typed}); fault.As(err) == nil || fault.As(err).Code != code {
			t.Errorf("%q: %v, want %s", typed, err, code)
		}
	}
	if _, err := workspace.Domains("domains", make([]string, workspace.MaxDomains+1)); fault.As(err) == nil || fault.As(err).Code != "too_many_domains" {
		t.Errorf("too many: %v", err)
	}
}

func TestZ2AFirmOwnsTheAddressesOfItsDomains(t *testing.T) {
	s := workspace.Settings{OwnDomains: []string{"vega.example", "xn--pea-8ma.example"}}
	for address, want := range map[email.Address]bool{
		"ana@vega.example": true, "ANA@Vega.Example": true, "ana@peña.example": true,
		"ana@sub.vega.example": false, "ana@vega.example.evil.example": false, "ana@my-vega.example": false, "": false,
	} {
		if got := s.Owns(address.Key()); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
