package statements_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"portero/functions"
	"portero/shared/contract"
	"portero/shared/testkit"
)

// asking is a row with the request of its event sample.
type asking struct {
	contract.Endpoint
	path, query, body string
}

// sampleID matches the identifiers of the event samples by their prefix.
var sampleID = regexp.MustCompile(`\b([a-z]+)_01jd0h5m3w8q4v9x2c6k7n1t5z\b`)

// everyRow lists every endpoint with its sample: a new row is here because it is
// on the list of functions.
func everyRow(t testing.TB) []asking {
	t.Helper()
	var all []asking
	for _, row := range functions.Rows() {
		e, ok := row.(contract.Endpoint)
		if !ok {
			continue
		}
		raw, err := os.ReadFile("../../events/" + e.Name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var s struct{ RawPath, RawQueryString, Body string }
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, asking{Endpoint: e, path: s.RawPath, query: s.RawQueryString, body: s.Body})
	}
	return all
}

// about puts identifiers in place of the sample's: pick chooses one by its
// prefix; empty leaves the sample's.
func (a asking) about(pick func(prefix string) string) asking {
	put := func(in string) string {
		return sampleID.ReplaceAllStringFunc(in, func(sample string) string {
			prefix, _, _ := strings.Cut(sample, "_")
			if found := pick(prefix); found != "" {
				return found
			}
			return sample
		})
	}
	a.path, a.query, a.body = put(a.path), put(a.query), put(a.body)
	return a
}

// of puts a workspace in place of the sample's.
func (a asking) of(workspace string) asking {
	return a.about(func(prefix string) string {
		if prefix == "ws" {
			return workspace
		}
		return ""
	})
}

// url is the path with its query.
func (a asking) url() string {
	if a.query == "" {
		return a.path
	}
	return a.path + "?" + a.query
}

// ask sends the request as somebody.
func (a asking) ask(c *testkit.Client) testkit.Response {
	if a.body == "" {
		return c.Do(a.Method, a.url(), nil)
	}
	if a.BodyMedia != "" && c.Header("Content-Type") == "" {
		c = c.With("Content-Type", a.BodyMedia)
	}
	return c.Do(a.Method, a.url(), a.body)
}

// changes reports whether a row may change something.
func (a asking) changes() bool { return a.Method != "GET" && a.Method != "HEAD" }
