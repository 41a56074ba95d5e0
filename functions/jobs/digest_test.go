package jobs_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
)

// choose sets how the admin hears of answers.
func choose(w *testkit.World, how string) {
	w.Admin.Patch(w.Path("/me"), map[string]any{"profile": map[string]any{"notices": how}}).OK()
}

// answered invites somebody, who accepts.
func answered(w *testkit.World, address string) {
	w.Invite(address)
	w.AcceptMailed(address, testkit.Password)
	w.Settle()
}

// mails returns the subjects of what the admin got after the first n.
func mails(w *testkit.World, n int) []string {
	w.Settle()
	var all []string
	for _, m := range w.MailTo(testkit.AdminAddress)[n:] {
		all = append(all, m.Subject)
	}
	return all
}

func TestB13TheInviterHearsOfEachOnceADayOrNotAtAll(t *testing.T) {
	w := testkit.New(t)
	was := len(w.MailTo(testkit.AdminAddress))
	w.Admin.Patch(w.Path("/me"), map[string]any{"profile": map[string]any{"notices": "weekly"}}).Problem(422, "notices_unknown")
	answered(w, "each@client.example")
	if got := mails(w, was); len(got) != 1 {
		t.Fatalf("each: %q", got)
	}
	choose(w, "none")
	answered(w, "none@client.example")
	if got := mails(w, was+1); len(got) != 0 {
		t.Fatalf("none: %q", got)
	}
	choose(w, "digest")
	answered(w, "Eva@client.example")
	w.Invite("no@client.example")
	w.Anonymous().Post("/v1/invitations/decline", map[string]any{"token": w.TokenIn(w.LastMailTo("no@client.example"))}).OK()
	w.Invite("bounce@simulator.amazonses.com")
	w.Tick("jobs/digest")
	if got := mails(w, was+1); len(got) != 0 {
		t.Fatalf("before its hour: %q", got)
	}

	t.Run("once a day, at the hour of the workspace's reminders, all of the day in one", func(t *testing.T) {
		w.Clock.Set(time.Date(2026, time.November, 24, 7, 59, 59, 0, time.UTC))
		w.Tick("jobs/digest")
		w.Clock.Set(time.Date(2026, time.November, 24, 8, 0, 0, 0, time.UTC)) // 09:00 in Madrid
		w.Tick("jobs/digest")
		w.Tick("jobs/digest")
		if got := mails(w, was+1); len(got) != 1 {
			t.Fatalf("%q", got)
		}
		text := w.LastMailTo(testkit.AdminAddress).Text
		for _, name := range []string{"Eva", "no", "bounce"} {
			if !strings.Contains(text, name) {
				t.Errorf("%s is not in %s", name, text)
			}
		}
		if strings.Contains(text, "none@") || strings.Contains(text, "none ") && strings.Contains(text, "none @") {
			t.Errorf("what was not to be heard is in %s", text)
		}
	})
	t.Run("never twice for one day, whatever hour is set", func(t *testing.T) {
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"reminders": map[string]any{"days": []int{3}, "at": "11:00"}}}).OK()
		answered(w, "later@client.example")
		was := len(w.MailTo(testkit.AdminAddress))
		w.Clock.Set(time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC))
		w.Tick("jobs/digest")
		w.Tick("jobs/digest")
		if got := mails(w, was); len(got) != 0 {
			t.Fatalf("a second digest: %q", got)
		}
		w.Clock.Set(time.Date(2026, time.November, 25, 10, 0, 0, 0, time.UTC))
		w.Tick("jobs/digest")
		if got := mails(w, was); len(got) != 1 || !strings.Contains(w.LastMailTo(testkit.AdminAddress).Text, "later") {
			t.Fatalf("%q", got)
		}
	})
	t.Run("an expiry is in it", func(t *testing.T) {
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		w.Invite("slow@client.example")
		was := len(w.MailTo(testkit.AdminAddress))
		w.Clock.Set(time.Date(2026, time.December, 20, 10, 0, 0, 0, time.UTC))
		w.Tick("jobs/remind")
		w.Tick("jobs/expire")
		if got := mails(w, was); len(got) != 0 {
			t.Fatalf("%q", got)
		}
		w.Clock.Set(time.Date(2026, time.December, 21, 10, 0, 0, 0, time.UTC))
		w.Tick("jobs/digest")
		if got := mails(w, was); len(got) != 1 || !strings.Contains(w.LastMailTo(testkit.AdminAddress).Text, "slow") {
			t.Fatalf("%q %s", got, w.LastMailTo(testkit.AdminAddress).Text)
		}
	})
}

func TestB13ManyAnswersAreOneDigest(t *testing.T) {
	w := testkit.New(t)
	choose(w, "digest")
	const people = 120 // more than one transaction takes
	var all []string
	for n := range people {
		all = append(all, fmt.Sprintf("p%03d@client.example", n))
	}
	w.Invite(all...)
	was := len(w.MailTo(testkit.AdminAddress))
	for _, one := range all {
		w.Anonymous().Post("/v1/invitations/decline", map[string]any{"token": w.TokenIn(w.LastMailTo(one))}).OK()
	}
	w.Clock.Set(time.Date(2026, time.November, 24, 8, 0, 0, 0, time.UTC))
	var both sync.WaitGroup
	for range 3 { // ticks that overlap
		both.Go(func() { w.Tick("jobs/digest") })
	}
	both.Wait()
	w.Tick("jobs/digest")
	if got := mails(w, was); len(got) != 1 {
		t.Fatalf("%q", got)
	}
	if text := w.LastMailTo(testkit.AdminAddress).Text; !strings.Contains(text, fmt.Sprint(people)) || !strings.Contains(text, fmt.Sprint(people-10)) {
		t.Errorf("%s", text)
	}
}

func TestB13TheNotesOfWhoLeftGoToTheirSuccessor(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "luis@firm.example", "level": "admin"}).OK()
	w.Settle()
	luis := w.AcceptMailed("luis@firm.example", testkit.Password)
	admin := w.Admin
	w.Admin = luis
	choose(w, "digest")
	answered(w, "eva@client.example")
	one := luis.Get(w.Path("/sessions/current")).OK().String("identity.id")
	w.Admin = admin
	choose(w, "digest")
	admin.Patch(w.Path("/staff/"+one), map[string]any{"level": "none"}).OK()
	was, luiss := len(w.MailTo(testkit.AdminAddress)), len(w.MailTo("luis@firm.example"))
	w.Clock.Set(time.Date(2026, time.November, 24, 8, 0, 0, 0, time.UTC))
	w.Tick("jobs/digest")
	w.Tick("jobs/digest")
	if got := mails(w, was); len(got) != 1 || !strings.Contains(w.LastMailTo(testkit.AdminAddress).Text, "eva") {
		t.Fatalf("%q", got)
	}
	if len(w.MailTo("luis@firm.example")) != luiss {
		t.Error("who left is told")
	}
}

func TestB13WhoWantsNoMoreMailsLosesWhatWaits(t *testing.T) {
	w := testkit.New(t)
	choose(w, "digest")
	answered(w, "eva@client.example")
	was := len(w.MailTo(testkit.AdminAddress))
	choose(w, "none")
	w.Clock.Set(time.Date(2026, time.November, 24, 8, 0, 0, 0, time.UTC))
	if r := w.Tick("jobs/digest"); r["due"] != 1.0 || r["failed"] != 0.0 {
		t.Errorf("%v", r)
	}
	if r := w.Tick("jobs/digest"); r["due"] != 0.0 {
		t.Errorf("%v", r)
	}
	if got := mails(w, was); len(got) != 0 {
		t.Fatalf("%q", got)
	}
}
