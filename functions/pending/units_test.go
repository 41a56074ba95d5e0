//go:build !rehearsal

package pending_test

import (
	"fmt"
	"testing"

	"portero/infra/local"
	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

// TestT10APageCostsTheSameAmongMany: a page is one query, and costs the same
// calls and units among many pending as among few (design.md §9); make bench
// prints it for 100,000.
func TestT10APageCostsTheSameAmongMany(t *testing.T) {
	var spent testkit.Spent
	w := testkit.New(t, func(o *local.Options) { o.Meter = spent.Add })
	w.LiftCaps()
	sol := account(w, "Bodegas Sol")
	made := 0
	add := func(upTo int) {
		for made < upTo {
			var lines []m
			for range min(500, upTo-made) {
				lines = append(lines, m{"address": fmt.Sprintf("c%d@client.example", made), "account": sol})
				made++
			}
			w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": lines}).OK()
		}
	}
	page := func() string {
		spent.Reset()
		if r := w.Admin.Get(w.Path("/pending?order=newest")).OK(); r.Len("items") != 50 || r.At("next") == nil {
			t.Fatalf("%d", r.Len("items"))
		}
		return fmt.Sprintf("%d calls, %s", spent.Calls(), &spent)
	}
	add(150)
	few, many := page(), soak.Trials(t, 5_000)
	add(many)
	if got := page(); got != few {
		t.Errorf("%s among %d, %s among 150", got, many, few)
	}
	t.Log(few)
	if n := w.Count(w.Path("/pending")); n != many {
		t.Errorf("the pages come to %d of %d", n, many)
	}
}
