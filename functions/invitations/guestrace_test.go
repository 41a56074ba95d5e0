package invitations_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

func TestFiftyConcurrentAcceptsMakeExactlyOneMember(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	trials := soak.Trials(t, 1000)
	for trial := range trials {
		if trial%100 == 0 {
			w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password) // the clock outlives a session
		}
		g := invitedOf(w, fmt.Sprintf("person%d@client.example", trial))
		var mu sync.Mutex
		in, refused := 0, 0
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				r, err := g.Anonymous().Try("POST", "/v1/invitations/accept", map[string]any{"token": g.token, "password": testkit.Password})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err != nil:
					t.Error(err)
				case r.Status == 200:
					in++
				case r.Status == 409 && r.String("code") == "invitation_accepted":
					refused++
				default:
					t.Errorf("trial %d: %d %s", trial, r.Status, r.Body)
				}
			})
		}
		all.Wait()
		if in != 1 || refused != 49 {
			t.Fatalf("trial %d: %d in, %d refused", trial, in, refused)
		}
		w.Advance(time.Minute) // the next window of the row's limit
	}
	if got := w.Count(w.Path("/members")); got != trials {
		t.Errorf("%d members of %d invitations", got, trials)
	}
}
