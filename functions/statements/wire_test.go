//go:build !rehearsal

package statements_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"portero/infra/local"
	"portero/shared/domain/password"
	"portero/shared/testkit"
)

// wire is the way to database and mail: it takes down every call by what it
// asks for, keeps what was written, and can lose calls.
type wire struct {
	mu    sync.Mutex
	calls []string
	// sent is every body that went to the database: whatever tables, indexes and
	// streams hold is a part of it.
	sent bytes.Buffer
	// instead, if set, may answer in place of the service.
	instead func(operation string) *http.Response
}

// Do passes a call on as the SDK's own client would.
func (w *wire) Do(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	_, operation, database := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	w.mu.Lock()
	if database {
		w.calls = append(w.calls, traced(operation, body))
		w.sent.Write(body)
	}
	instead := w.instead
	w.mu.Unlock()
	if instead != nil {
		if res := instead(operation); res != nil {
			return res, nil
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

// reset forgets the calls so far.
func (w *wire) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = nil
}

// trace is every call since the last reset, with the kinds of items it names:
// two requests with the same trace read and write the same.
func (w *wire) trace() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.calls, "; ")
}

// traced is one call: its operation and the kinds of items it names.
func traced(operation string, body []byte) string {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return operation
	}
	var kinds []string
	walk("", v, func(name string, s string) {
		if name == "pk" || name == ":pk" {
			kinds = append(kinds, kindOf(s))
		}
	})
	slices.Sort(kinds)
	return fmt.Sprint(operation, kinds)
}

// kindOf is the kind of item of a partition key: its second part, or the first
// where no workspace leads.
func kindOf(pk string) string {
	parts := strings.Split(pk, "#")
	if len(parts) > 1 && strings.HasPrefix(parts[0], "ws_") {
		return parts[1]
	}
	return parts[0]
}

// walk calls f with every text of a DynamoDB body and the name it stands under.
func walk(name string, v any, f func(name, text string)) {
	switch v := v.(type) {
	case map[string]any:
		if s, ok := v["S"].(string); ok && len(v) == 1 {
			f(name, s)
			return
		}
		for n, inner := range v {
			walk(n, inner, f)
		}
	case []any:
		for _, inner := range v {
			walk(name, inner, f)
		}
	}
}

// wired is a system whose calls are seen.
func wired(t *testing.T, change ...func(*local.Options)) (*testkit.World, *wire) {
	t.Helper()
	seen := &wire{}
	return testkit.New(t, append(change, func(o *local.Options) { o.HTTP = seen })...), seen
}

// seen is what one request looks like from outside and from behind.
type seen struct {
	answer string // status, headers and body, but for the request's identifier
	trace  string
	hashes int64
}

// watch asks and says what it looked like.
func (w *wire) watch(ask func() testkit.Response) seen {
	w.reset()
	before := password.Runs()
	r := ask()
	return seen{answer: answer(r), trace: w.trace(), hashes: password.Runs() - before}
}

// same fails the test where two requests can be told apart.
func same(t *testing.T, what string, got, want seen) {
	t.Helper()
	if got.answer != want.answer {
		t.Errorf("%s is answered differently:\n%s\n%s", what, got.answer, want.answer)
	}
	if got.trace != want.trace {
		t.Errorf("%s makes other calls:\n%s\n%s", what, got.trace, want.trace)
	}
	if got.hashes != want.hashes {
		t.Errorf("%s costs %d hashes, not %d", what, got.hashes, want.hashes)
	}
}
