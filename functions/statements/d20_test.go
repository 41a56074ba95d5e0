package statements_test

import (
	"fmt"
	"math/rand/v2"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/infra/local/standin/ses"
	"portero/infra/rehearsal/scanner"
	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

// TestD20ScannersSpendNothingAndThePersonGetsIn plays every profile of row M1 to
// every one of the invitations: none is spent, nobody gets a session, and then
// each person gets in by the very link. The real browser is in the page tests.
func TestD20ScannersSpendNothingAndThePersonGetsIn(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	people := invitees(w, soak.Trials(t, 1_000))
	asked := 0
	for _, late := range []bool{false, true} {
		for i := 0; i < len(people); i += crowd {
			asked += scan(w, people[i:min(i+crowd, len(people))], late)
			w.Advance(time.Minute) // the rows of the invitee take 3,600 a minute from one network
		}
		w.Advance(3 * 24 * time.Hour)
	}
	t.Logf("%d requests by %d profiles to %d invitations", asked, len(scanner.Profiles()), len(people))
	admin := w.SignIn(testkit.AdminAddress, testkit.Password)
	w.Admin = admin
	if pending, members := w.Count(w.Path("/invitations?state=pending")), w.Count(w.Path("/members")); pending != len(people) || members != 0 {
		t.Fatalf("after the scanners %d of %d are pending and %d are members", pending, len(people), members)
	}
	for i, p := range people {
		if i%crowd == 0 {
			w.Advance(time.Minute)
		}
		me := w.AcceptMailed(p.address, testkit.Password).Get(w.Path("/sessions/current")).OK()
		if me.String("identity.address") != p.address {
			t.Fatalf("somebody else got in: %s", me.Body)
		}
	}
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	if members := w.Count(w.Path("/members")); members != len(people) {
		t.Fatalf("%d of %d are members", members, len(people))
	}
}

// crowd is how many invitations are scanned in one minute of the test's clock.
const crowd = 20

type person struct {
	address string
	link    scanner.Link
}

var (
	mailedLink = regexp.MustCompile(`https?://\S+#\S+`)
	stopLink   = regexp.MustCompile(`https?://[^>\s]+`)
)

// invitees are n people with an invitation in their mailbox each.
func invitees(w *testkit.World, n int) []person {
	w.T.Helper()
	people := make([]person, n)
	for i := range people {
		people[i].address = fmt.Sprintf("person%d@client.example", i)
	}
	const bulk = 500
	for i := 0; i < n; i += bulk {
		var addresses []string
		for _, p := range people[i:min(i+bulk, n)] {
			addresses = append(addresses, p.address)
		}
		w.Invite(addresses...)
	}
	mails := map[string]ses.Mail{}
	all, err := w.System.Mail().Messages(ses.Filter{})
	if err != nil {
		w.T.Fatal(err)
	}
	for _, m := range all {
		to, err := mail.ParseAddress(m.To)
		if err != nil {
			w.T.Fatal(err)
		}
		mails[to.Address] = m
	}
	for i, p := range people {
		m := mails[p.address]
		people[i].link = scanner.Link{URL: mailedLink.FindString(m.Text), Stop: stopLink.FindString(strings.Join(m.Header["List-Unsubscribe"], " "))}
	}
	return people
}

// scan plays the early or the late profiles to each; it returns the number of
// requests.
func scan(w *testkit.World, people []person, late bool) (asked int) {
	w.T.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	at := make(chan int)
	for range 4 {
		all.Go(func() {
			for i := range at {
				s := &scanner.Scanner{HTTP: w.HTTP(), Base: w.System.URL(), Link: people[i].link, Random: rand.New(rand.NewPCG(20, uint64(i)))}
				for _, p := range scanner.Profiles() {
					if p.Late != late {
						continue
					}
					if err := s.Run(w.T.Context(), p); err != nil {
						w.T.Error(err)
					}
				}
				for _, found := range s.Found() {
					w.T.Error(found)
				}
				mu.Lock()
				asked += s.Asked()
				mu.Unlock()
			}
		})
	}
	for i := range people {
		at <- i
	}
	close(at)
	all.Wait()
	return asked
}
