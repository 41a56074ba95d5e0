package workspace

import (
	"slices"
	"strconv"
	"strings"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
)

// MaxDomains bounds every list of domains (chosen; no evidence).
const MaxDomains = 50

// ErrOwn refuses a client's address at one of the firm's own domains (row Z2).
var ErrOwn = fault.On("address", "address_own_domain", "Addresses of the firm's own domains are not for clients. Staff are invited as staff.")

// Owns reports whether an address is at one of the firm's own domains, which no
// client may have: none is invited, joins or signs in with it. A subdomain is
// another domain. Sessions that were open when the domain was listed run to their
// end; what clients may do in them does not change.
func (s Settings) Owns(k email.Key) bool { return slices.Contains(s.OwnDomains, k.Domain()) }

// Domains reads the domains that staff list in a field, in ASCII, each once;
// too_many_domains, domain_malformed, and domain_public for those of a public mail
// provider.
func Domains(field string, typed []string) ([]string, error) {
	if len(typed) > MaxDomains {
		return nil, fault.On(field, "too_many_domains", "At most 50 domains are listed.")
	}
	var all []string
	for i, d := range typed {
		at := field + "[" + strconv.Itoa(i) + "]"
		a, err := email.Parse("anybody@" + strings.TrimPrefix(strings.TrimSpace(d), "@"))
		if err != nil {
			return nil, fault.On(at, "domain_malformed", "A domain reads like example.com.")
		}
		if email.PublicProvider(a.Domain()) {
			return nil, fault.On(at, "domain_public", "Anybody can get an address of this mail provider. Name domains that belong to a firm.")
		}
		all = append(all, a.Domain())
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}
