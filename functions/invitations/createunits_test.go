//go:build !rehearsal

package invitations_test

import (
	"sync"
	"testing"

	"portero/infra/local"
	"portero/shared/dynamo"
	"portero/shared/testkit"
)

func TestInvitingAKnownContactCostsSixteenUnitsAndItsIndexWrites(t *testing.T) {
	var mu sync.Mutex
	var calls []dynamo.Consumed
	w := testkit.New(t, func(o *local.Options) {
		o.Meter = func(c dynamo.Consumed) { mu.Lock(); calls = append(calls, c); mu.Unlock() }
	})
	acme := w.Admin.Post(w.Path("/accounts"), one{"name": "Acme"}).OK().String("id")
	marta := w.Admin.Post(w.Path("/contacts"), one{"name": "Marta", "address": "marta@acme.example", "accounts": []string{acme}}).OK().String("id")
	w.Settle()
	mu.Lock()
	calls = nil
	mu.Unlock()
	w.Admin.With("Idempotency-Key", "k").Post(w.Path("/invitations"), body(w, one{"contact": marta})).OK()
	mu.Lock()
	defer mu.Unlock()
	table, index, written := 0.0, 0.0, false
	for _, c := range calls {
		if c.Call != "TransactWriteItems" || written {
			continue
		}
		written = true
		for _, units := range c.Table {
			table += units
		}
		for _, units := range c.Index {
			index += units
		}
	}
	// The seat and the role's count are two writes of two units each. The audit trail's three indexes are one write more each, and so are the pending list and each of
	// the two by which an invitation is found; and the account is due to be derived (keys.go).
	if table != 16 || index != 10 {
		t.Errorf("%v write units and %v index writes, want 12+4 and 3+3+1+2+1 (design.md §6)", table, index)
	}
}
