//go:build !rehearsal

package passwords_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"portero/infra/local"
	"portero/shared/dynamo"
	"portero/shared/testkit"
)

// What a call costs is not asked: a condition that fails is not metered.
func TestD28ForgettingMakesTheSameCallsWhetherOrNotAnAddressIsKnown(t *testing.T) {
	var mu sync.Mutex
	var calls []string
	w := testkit.New(t, func(o *local.Options) {
		o.Meter = func(c dynamo.Consumed) {
			mu.Lock()
			defer mu.Unlock()
			calls = append(calls, fmt.Sprint(c.Call, slices.Sorted(maps.Keys(c.Table))))
		}
	})
	made := func(address string) string {
		mu.Lock()
		calls = nil
		mu.Unlock()
		w.Anonymous().Post(w.Path("/password-resets"), map[string]any{"address": address}).OK()
		mu.Lock()
		defer mu.Unlock()
		return fmt.Sprint(calls)
	}
	known, unknown := made(testkit.AdminAddress), made("nobody@client.example")
	if known != unknown {
		t.Errorf("known: %s, unknown: %s", known, unknown)
	}
	w.Settle()
	if got := len(w.MailTo("nobody@client.example")); got != 0 {
		t.Errorf("%d mails to nobody", got)
	}
}
