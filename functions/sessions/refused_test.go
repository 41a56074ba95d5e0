package sessions_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

// guess types a wrong password n times.
func guess(w *testkit.World, address string, n int) (last testkit.Response) {
	for range n {
		last = signIn(w, w.Anonymous(), address, "not the password at all")
	}
	return last
}

func TestB4ALockoutStandsInTheTrailOnceAndNamesNobody(t *testing.T) {
	w := testkit.New(t)
	refused := func() (entries []string) {
		list := w.Admin.Get(w.Path("/audit")).OK()
		for i := range list.Len("items") {
			if at := "items." + string(rune('0'+i)); list.String(at+".action") == "session.refused" {
				entries = append(entries, list.String(at+".actor")+" "+list.String(at+".after.reason")+" "+list.String(at+".subject"))
				if list.String(at+".from") == "" || strings.Contains(string(list.Body), "nobody@client.example") {
					t.Errorf("%s", list.Body)
				}
			}
		}
		return entries
	}
	for _, address := range []string{testkit.AdminAddress, "nobody@client.example"} {
		before := len(refused())
		guess(w, address, 10)
		if got := refused(); len(got) != before {
			t.Fatalf("single failures stand in the trail: %v", got)
		}
		guess(w, address, 5).Problem(429, "too_many_requests")
		if got := refused(); len(got) != before+1 || !strings.HasPrefix(got[0], "link too_often idn_") {
			t.Fatalf("%v", got)
		}
	}
}

func TestOnePasswordTriedOnEverybodyShutsTheNetworkOut(t *testing.T) {
	w := testkit.New(t)
	for i := range 50 {
		guess(w, "somebody"+strings.Repeat("x", i)+"@client.example", 1).Problem(401, "sign_in_failed")
	}
	r := signIn(w, w.Anonymous(), testkit.AdminAddress, testkit.Password).Problem(429, "too_many_requests")
	if r.Header.Get("Retry-After") == "" {
		t.Error("nobody says when")
	}
	if r := signIn(w, w.Admin, testkit.AdminAddress, testkit.Password); r.Status != 201 {
		t.Errorf("on a known device: %d %s", r.Status, r.Body)
	}
	w.Advance(15 * time.Minute)
	signIn(w, w.Anonymous(), testkit.AdminAddress, testkit.Password).OK()
}

func TestADeviceIsKnownThoughItsSessionRanOut(t *testing.T) {
	w := testkit.New(t)
	signedOut, left := w.SignIn(testkit.AdminAddress, testkit.Password), w.SignIn(testkit.AdminAddress, testkit.Password)
	signedOut.Delete(w.Path("/sessions/current")).OK()
	w.Advance(2 * time.Hour) // staff idle for 60 minutes
	left.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	guess(w, testkit.AdminAddress, 11).Problem(429, "too_many_requests")
	signIn(w, signedOut, testkit.AdminAddress, testkit.Password).Problem(429, "too_many_requests")
	signIn(w, left, testkit.AdminAddress, testkit.Password).OK()
	left.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required") // the former session is over all the same
}
