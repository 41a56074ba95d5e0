//go:build !rehearsal

package statements_test

import (
	"sync"
	"testing"
	"time"

	"portero/shared/domain/password"
	"portero/shared/testkit"
)

// TestD29GuessesAreBoundedAndTheOwnerGetsIn makes 500 guesses side by side: at most
// ten passwords are looked at per window, a hundred in a row ever, and the owner
// on a known device still gets in. Networks other than this one are played by
// windows: a window is counted per network, so is a network. Counted by hashes:
// what is not hashed is not looked at.
func TestD29GuessesAreBoundedAndTheOwnerGetsIn(t *testing.T) {
	w := testkit.New(t)
	const eva = "eva@client.example"
	w.Invite(eva)
	w.AcceptMailed(eva, testkit.Password)
	owner := w.Browser()
	signIn := object{"address": eva, "password": testkit.Password, "cookie": true}
	owner.Post(w.Path("/sessions"), signIn).OK()

	first := guesses(t, w, eva, 500)
	if first.looked > 10 || first.looked < 1 || first.answers[401] != int(first.looked) || first.answers[401]+first.answers[429] != 500 {
		t.Fatalf("500 guesses: %d passwords looked at, answers %v", first.looked, first.answers)
	}
	w.Anonymous().Post(w.Path("/sessions"), object{"address": eva, "password": testkit.Password}).Problem(429, "too_many_requests")
	owner.Post(w.Path("/sessions"), signIn).OK()

	looked := first.looked
	for range 12 {
		w.Advance(15 * time.Minute)
		looked += guesses(t, w, eva, 40).looked
	}
	if looked > 100 {
		t.Errorf("%d passwords looked at in a row", looked)
	}
	w.Advance(15 * time.Minute)
	w.Anonymous().Post(w.Path("/sessions"), object{"address": eva, "password": testkit.Password}).Problem(429, "too_many_requests")
	owner.Post(w.Path("/sessions"), signIn).OK()
}

type guessed struct {
	looked  int64
	answers map[int]int
}

// atOnce is how many guesses are on their way at a time: the stand-in answers
// one call after the other, and more would wait for it beyond a call's time.
const atOnce = 50

// guesses makes n wrong attempts, as many at once as atOnce.
func guesses(t *testing.T, w *testkit.World, address string, n int) guessed {
	t.Helper()
	before := password.Runs()
	got := guessed{answers: map[int]int{}}
	var mu sync.Mutex
	var all sync.WaitGroup
	on := make(chan struct{}, atOnce)
	for range n {
		on <- struct{}{}
		all.Go(func() {
			defer func() { <-on }()
			r, err := w.Anonymous().Try("POST", w.Path("/sessions"), object{"address": address, "password": "not the password at all"})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			got.answers[r.Status]++
		})
	}
	all.Wait()
	got.looked = password.Runs() - before
	return got
}
