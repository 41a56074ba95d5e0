package invitations_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

// TestWhateverMeetsAnInvitationAtOnceEndsItInOneWay lets the invitee accept and
// decline, staff cancel and resend, and the clock expire one pending invitation
// in its last second, at once and in every combination: at most one of the three that end it is told
// so, what it shows is what that one did, and nobody gets in but by accepting.
func TestWhateverMeetsAnInvitationAtOnceEndsItInOneWay(t *testing.T) {
	for left := soak.Trials(t, 500); left > 0; left -= blockOfTrials {
		w := testkit.Alone(t)
		w.LiftCaps()
		seen := map[string]int{}
		for trial := range min(left, blockOfTrials) {
			seen[whateverMeets(w, trial)]++
			if n := w.Count(w.Path("/members")); n != seen["accepted"] {
				t.Fatalf("trial %d: %d members of %d who accepted", trial, n, seen["accepted"])
			}
		}
		t.Logf("ended as %v", seen)
		w.Close()
	}
}

// ends are the states that the deeds of which one wins lead to.
var ends = map[string]string{"accept": "accepted", "decline": "declined", "cancel": "cancelled"}

// whateverMeets is one trial; it returns the state that the invitation ends in.
func whateverMeets(w *testkit.World, trial int) string {
	w.T.Helper()
	w.Admin = admin(w)
	who := fmt.Sprintf("person%d@client.example", trial)
	made := w.Invite(who)[0]
	g := invitee{w, who, w.TokenIn(w.LastMailTo(who))}
	over, err := time.Parse(time.RFC3339, w.Admin.Get(w.Path("/invitations/"+made)).OK().String("expires_at"))
	if err != nil {
		w.T.Fatal(err)
	}
	w.Clock.Set(over.Add(-time.Second))
	w.Tick("jobs/remind") // the reminders are over, so the expiry is due
	w.Admin = admin(w)
	got := deedsAtOnce(g, made, over, 1+trial%31)
	ended := ""
	for deed, state := range ends {
		if got[deed] != 200 {
			continue
		}
		if ended != "" {
			w.T.Fatalf("trial %d: it is %s and %s: %v", trial, ended, state, got)
		}
		ended = state
	}
	state := w.Admin.Get(w.Path("/invitations/" + made)).OK().String("state")
	if ended == "" && state != "expired" && state != "pending" || ended != "" && state != ended {
		w.T.Fatalf("trial %d: it shows %s after %v", trial, state, got)
	}
	return state
}

// deedsAtOnce does those of the five deeds whose bit is set, at once, and
// returns what each was answered; 200 for every success.
func deedsAtOnce(g invitee, made string, over time.Time, which int) map[string]int {
	deeds := map[string]func() (testkit.Response, error){
		"accept": func() (testkit.Response, error) {
			return g.Anonymous().Try("POST", "/v1/invitations/accept", map[string]any{"token": g.token, "password": testkit.Password})
		},
		"decline": func() (testkit.Response, error) {
			return g.Anonymous().Try("POST", "/v1/invitations/decline", map[string]any{"token": g.token})
		},
		"cancel": func() (testkit.Response, error) {
			return g.Admin.Try("POST", g.Path("/invitations/"+made+"/cancel"), map[string]any{})
		},
		"resend": func() (testkit.Response, error) {
			return g.Admin.Try("POST", g.Path("/invitations/"+made+"/resend"), map[string]any{})
		},
		"expire": func() (testkit.Response, error) {
			_, err := g.System.Tick(context.Background(), "jobs/expire", over)
			return testkit.Response{Status: 200}, err
		},
	}
	got := map[string]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for bit, name := range slices.Sorted(maps.Keys(deeds)) {
		if which&(1<<bit) == 0 {
			continue
		}
		do := deeds[name]
		all.Go(func() {
			r, err := do()
			mu.Lock()
			defer mu.Unlock()
			if err != nil || r.Status >= 500 {
				g.T.Errorf("%s: %d %s %v", name, r.Status, r.Body, err)
			}
			if got[name] = r.Status; r.Status > 200 && r.Status < 300 {
				got[name] = 200
			}
		})
	}
	all.Wait()
	return got
}
