package invitations_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

// blockOfTrials is how many trials share a database: it slows with every record
// of its streams (design.md §8).
const blockOfTrials = 100

func TestFiftyConcurrentAcceptsMakeExactlyOneMember(t *testing.T) {
	for left := soak.Trials(t, 1000); left > 0; left -= blockOfTrials {
		w := testkit.Alone(t)
		w.LiftCaps()
		trials := min(left, blockOfTrials)
		for trial := range trials {
			fiftyAccepts(invitedOf(w, fmt.Sprintf("person%d@client.example", trial)))
			w.Advance(time.Minute) // the next window of the row's limit
		}
		if got := w.Count(w.Path("/members")); got != trials {
			t.Errorf("%d members of %d invitations", got, trials)
		}
		w.Close()
	}
}

// fiftyAccepts accepts one invitation fifty times at once.
func fiftyAccepts(g invitee) {
	g.T.Helper()
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
				g.T.Error(err)
			case r.Status == 200:
				in++
			case r.Status == 409 && r.String("code") == "invitation_accepted":
				refused++
			default:
				g.T.Errorf("%s: %d %s", g.address, r.Status, r.Body)
			}
		})
	}
	all.Wait()
	if in != 1 || refused != 49 {
		g.T.Fatalf("%s: %d in, %d refused", g.address, in, refused)
	}
}
