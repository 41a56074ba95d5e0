//go:build !rehearsal

package joinlinks_test

import (
	"fmt"
	"sync"
	"testing"

	"portero/infra/local"
	"portero/shared/dynamo"
	"portero/shared/testkit"
)

func TestD28JoiningMakesTheSameCallsWhetherOrNotAnAddressIsKnown(t *testing.T) {
	var mu sync.Mutex
	var calls []string
	w := testkit.New(t, func(o *local.Options) {
		o.Meter = func(c dynamo.Consumed) {
			mu.Lock()
			defer mu.Unlock()
			calls = append(calls, c.Call)
		}
	})
	w.Invite(lucia)
	w.AcceptMailed(lucia, "lucia knows another one 9")
	l := linkOf(w, nil)
	made := func(address, password string) string {
		mu.Lock()
		calls = nil
		mu.Unlock()
		w.Anonymous().Post(joining, map[string]any{"token": l.token, "address": address, "password": password}).OK()
		mu.Lock()
		defer mu.Unlock()
		return fmt.Sprint(calls)
	}
	want := made("nobody@client.example", testkit.Password)
	for name, got := range map[string]string{
		"known, with the wrong password": made(lucia, testkit.Password), "known, with the right one": made(lucia, "lucia knows another one 9"),
	} {
		if got != want {
			t.Errorf("%s: %s, for nobody %s", name, got, want)
		}
	}
}
