package simulation

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"

	"github.com/aws/aws-lambda-go/events"

	"portero/functions"
	"portero/shared/contract"
)

// sampled is what a function's event sample asks (events/): a new function is
// asked here by being on the list and having its sample.
type sampled struct {
	row      string
	unstored bool // its answer is not kept under a key
	event    events.APIGatewayV2HTTPRequest
}

// samples are those of every function that somebody signed in asks, in the
// list's order.
var samples = sync.OnceValues(func() (all []sampled, err error) {
	_, here, _, _ := runtime.Caller(0)
	root := filepath.Join(filepath.Dir(here), "../../../events")
	for _, row := range functions.Rows() {
		e, ok := row.(contract.Endpoint)
		if !ok || e.Auth != contract.Session {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(e.Name)+".json"))
		if err != nil {
			return nil, err
		}
		one := sampled{row: e.Name, unstored: e.NoIdempotency}
		if err := json.Unmarshal(raw, &one.event); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name, err)
		}
		all = append(all, one)
	}
	return all, nil
})

// sampleThing and sampleAddress find what and whom a sample names.
var (
	sampleThing   = regexp.MustCompile(`\b([a-z]{2,4})_01jd0h5m3w8q4v9x2c6k7n1t5z`)
	sampleAddress = regexp.MustCompile(`[a-z0-9.+-]+@[a-z0-9.-]+\.example`)
)

// Sampled are the names of the flows that samples are.
func Sampled() ([]string, error) {
	all, err := samples()
	var names []string
	for _, one := range all {
		names = append(names, "sample "+one.row)
	}
	return names, err
}

// sample asks what the next function's sample asks, about things of this world.
// Nothing is known of what the answer means, but for the identifiers in it; every
// seed begins elsewhere in the list.
func (s *seed) sample() *ask {
	all, err := samples()
	if err != nil {
		s.broken("the samples: %v", err)
		return nil
	}
	one := all[(int(s.number)*17+s.samples)%len(all)] // 17: seeds next to each other ask different ones
	s.samples++
	a := s.desk("sample "+one.row, one.event.RequestContext.HTTP.Method, "", nil)
	if a.flow == "sign in" {
		return a
	}
	if one.unstored {
		a.key = ""
	}
	put := s.things()
	a.path, a.raw, a.media = put(one.event.RawPath), put(one.event.Body), one.event.Headers["content-type"]
	if one.event.RawQueryString != "" {
		a.path += "?" + put(one.event.RawQueryString)
	}
	return a.and(func(got answer) {
		if v := got.text("id"); got.ok() && a.method == http.MethodPost {
			s.learn(v)
		}
	})
}

// things puts this world's in the place of a sample's, the same one everywhere
// in it; where the world has none, the sample's stays.
func (s *seed) things() func(string) string {
	chosen := map[string]string{"ws": s.workspace, "por": s.portal, "rol": s.anyOf(s.roles), "acc": s.anyOf(s.accounts), "con": s.anyOf(s.contacts), "inv": s.anyOf(s.invitations)}
	if len(s.grants) > 0 && s.choose.IntN(2) == 0 {
		g := s.grants[s.choose.IntN(len(s.grants))]
		chosen["acc"], chosen["con"] = g.account, g.contact
	}
	if p := s.somebody(func(p *person) bool { return isClient(p) && isKnown(p) }); p != nil {
		chosen["idn"] = p.identity
	}
	if len(s.joins) > 0 {
		chosen["jln"] = s.joins[s.choose.IntN(len(s.joins))].id
	}
	chosen["jrq"] = s.anyOf(s.requests)
	return func(in string) string {
		in = sampleAddress.ReplaceAllStringFunc(in, func(string) string { return s.people[1+s.choose.IntN(len(s.people)-1)].address })
		return sampleThing.ReplaceAllStringFunc(in, func(found string) string {
			prefix, _, _ := strings.Cut(found, "_")
			if v := chosen[prefix]; v != "" {
				return v
			}
			if v := s.anyOf(s.others[prefix]); v != "" {
				chosen[prefix] = v
				return v
			}
			return found
		})
	}
}

// learn keeps an identifier of something that this world has no list of.
func (s *seed) learn(v string) {
	prefix, _, ok := strings.Cut(v, "_")
	if ok && len(s.others[prefix]) < 8 {
		s.others[prefix] = append(s.others[prefix], v)
	}
}
