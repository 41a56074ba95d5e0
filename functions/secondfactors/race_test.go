package secondfactors_test

import (
	"sync"
	"testing"

	"portero/shared/domain/factor"
	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

func TestB3OfManyWhoShowOneCodeAtOnceOneGetsIn(t *testing.T) {
	w := testkit.New(t)
	c := colleague(w, luis, "member")
	p, codes := setUp(w, c, testkit.Password)
	for trial := range soak.Trials(t, 20) {
		code := p.code()
		if trial < 4 {
			code = codes[trial]
		}
		const atOnce = 8 // ten attempts in a window are counted out (design.md §7)
		var answers [atOnce]testkit.Response
		var wg sync.WaitGroup
		for i := range atOnce {
			wg.Go(func() {
				r, err := w.Anonymous().Try("POST", w.Path("/sessions"), object{"address": luis, "password": testkit.Password, "code": code})
				if err != nil {
					t.Error(err)
				}
				answers[i] = r
			})
		}
		wg.Wait()
		in := 0
		for _, r := range answers {
			switch {
			case r.Status == 201:
				in++
			case r.Status != 422 && r.Status != 429 && r.Status != 409:
				t.Fatalf("%d %s", r.Status, r.Body)
			}
		}
		if in != 1 {
			t.Fatalf("trial %d: %d got in by one code", trial, in)
		}
		w.Advance(30 * factor.Period) // the next window of attempts
	}
}
