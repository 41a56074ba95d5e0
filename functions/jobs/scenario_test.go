package jobs_test

import (
	"strings"
	"testing"
	"time"

	"portero/infra/local/standin/ses"
	"portero/shared/testkit"
)

// until moves the clock by three hours, ticks every job at each, and lets the
// streams run.
func until(w *testkit.World, end time.Time) {
	w.T.Helper()
	for w.Now().Before(end) {
		w.Clock.Set(earlier(w.Now().Add(3*time.Hour), end))
		for _, job := range []string{"jobs/remind", "jobs/expire", "jobs/redeliver"} {
			w.Tick(job)
		}
		w.Settle()
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// admin is the seeded admin, signed in anew: a session does not outlive days.
func admin(w *testkit.World) *testkit.Client {
	w.T.Helper()
	return w.SignIn(testkit.AdminAddress, testkit.Password)
}

func remindersTo(w *testkit.World, address string) []ses.Mail {
	w.T.Helper()
	all, err := w.System.Mail().Messages(ses.Filter{To: address, Tags: map[string]string{"kind": "reminder"}})
	if err != nil {
		w.T.Fatal(err)
	}
	return all
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestC1RemindersFollowTheWorkspacesPlan(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"reminders": map[string]any{"days": []int{1, 2}, "at": "10:30"}}}).OK()
	ids := w.Invite("lucia@empresa.example", "marta@empresa.example")
	until(w, testkit.Start.Add(25*time.Hour+29*time.Minute)) // 10:29 the next day in Madrid
	if n := len(remindersTo(w, "lucia@empresa.example")); n != 0 {
		t.Errorf("%d reminders before their hour", n)
	}
	until(w, testkit.Start.Add(25*time.Hour+30*time.Minute))
	first := remindersTo(w, "lucia@empresa.example")
	if len(first) != 1 || !strings.Contains(first[0].Subject, "Garrigues & Vega") {
		t.Fatalf("%d reminders at 10:30 in Madrid", len(first))
	}
	r := w.Anonymous().Post("/v1/invitations/accept", map[string]any{"token": w.TokenIn(first[0]), "password": testkit.Password})
	r.OK() // a reminder's link works, and ends the reminders
	until(w, testkit.Start.Add(15*24*time.Hour))
	if n := len(remindersTo(w, "lucia@empresa.example")); n != 1 {
		t.Errorf("who accepted got %d reminders", n)
	}
	if n := len(remindersTo(w, "marta@empresa.example")); n != 2 {
		t.Errorf("who did not answer got %d reminders of a plan of two", n)
	}
	history := admin(w).Get(w.Path("/invitations/" + ids[1])).OK()
	if !strings.Contains(string(history.Body), "reminded") {
		t.Errorf("the history says nothing of reminders: %s", history.Body)
	}
}

func TestC2AnInvitationExpiresAtItsInstantAndTheInviterIsTold(t *testing.T) {
	w := testkit.New(t)
	id := w.Invite("lucia@empresa.example")[0]
	token := w.TokenIn(w.LastMailTo("lucia@empresa.example"))
	end := instant(t, admin(w).Get(w.Path("/invitations/"+id)).OK().String("expires_at"))
	told := len(w.MailTo(testkit.AdminAddress))
	w.Clock.Set(end.Add(-time.Second))
	if got := w.Anonymous().Post("/v1/invitations/open", map[string]any{"token": token}).OK().String("state"); got != "pending" {
		t.Errorf("a second before its end it is %s", got)
	}
	w.Clock.Set(end) // no job has run
	if got := w.Anonymous().Post("/v1/invitations/open", map[string]any{"token": token}).OK().String("state"); got != "expired" {
		t.Errorf("at its end it is %s", got)
	}
	w.Anonymous().Post("/v1/invitations/accept", map[string]any{"token": token, "password": testkit.Password}).Problem(410, "invitation_expired")
	if got := w.Tick("jobs/remind"); got["done"] != 0.0 {
		t.Errorf("reminded of what is over: %v", got)
	}
	w.Tick("jobs/expire")
	w.Settle()
	w.Tick("jobs/expire")
	w.Settle()
	if got := admin(w).Get(w.Path("/invitations?state=expired")).OK(); got.Len("items") != 1 {
		t.Errorf("the list of expired ones holds %d", got.Len("items"))
	}
	mails := w.MailTo(testkit.AdminAddress)[told:]
	if len(mails) != 1 || mails[0].Tags["kind"] != "expiry_notice" || !strings.Contains(mails[0].Text, "lucia\u00a0@\u00a0empresa") {
		t.Errorf("the inviter got %d mails, the first: %s", len(mails), mails[0].Text)
	}
	admin(w).Post(w.Path("/invitations/"+id+"/resend"), map[string]any{}).OK()
	w.Settle()
	w.AcceptMailed("lucia@empresa.example", testkit.Password) // reopened, history kept
}

func TestB1ABounceMarksTheAddressUntilItIsCorrected(t *testing.T) {
	w := testkit.New(t)
	id := w.Invite("bounce@simulator.amazonses.com")[0]
	shown := admin(w).Get(w.Path("/invitations/" + id)).OK()
	if shown.String("delivery") != "bounced" || shown.String("reason") == "" || shown.String("delivery_at") == "" {
		t.Errorf("shown as %s (%s) since %s", shown.String("delivery"), shown.String("reason"), shown.String("delivery_at"))
	}
	if got := w.LastMailTo(testkit.AdminAddress); got.Tags["kind"] != "bounce" {
		t.Errorf("the inviter's last mail is about %s", got.Tags["kind"])
	}
	sent := len(w.MailTo("bounce@simulator.amazonses.com"))
	r := admin(w).Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []map[string]any{{"address": "bounce@simulator.amazonses.com"}}}).OK()
	if v := r.String("lines.0.verdict"); v == "invited" {
		t.Errorf("invited again: %s", v)
	}
	until(w, testkit.Start.Add(13*24*time.Hour))
	if got := len(w.MailTo("bounce@simulator.amazonses.com")); got != sent {
		t.Errorf("%d more mails to an address that bounced", got-sent)
	}
	admin(w).Patch(w.Path("/invitations/"+id), map[string]any{"address": "lucia@empresa.example"}).OK()
	w.Settle()
	if got := admin(w).Get(w.Path("/invitations/" + id)).OK().String("delivery"); got != "delivered" {
		t.Errorf("corrected, and %s", got)
	}
	w.AcceptMailed("lucia@empresa.example", testkit.Password)
}

func TestB1AComplaintStopsMailAndReminders(t *testing.T) {
	w := testkit.New(t)
	id := w.Invite("complaint@simulator.amazonses.com")[0]
	if got := admin(w).Get(w.Path("/invitations/" + id)).OK(); got.String("delivery") != "complained" || got.String("state") != "pending" {
		t.Errorf("shown as %s, %s", got.String("delivery"), got.String("state"))
	}
	until(w, testkit.Start.Add(13*24*time.Hour))
	if n := len(remindersTo(w, "complaint@simulator.amazonses.com")); n != 0 {
		t.Errorf("%d reminders after a complaint", n)
	}
}

func TestAStaffInvitationIsRemindedInItsOwnWords(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "bea@firm.example", "level": "member"}).OK()
	w.Settle()
	until(w, testkit.Start.Add(3*24*time.Hour))
	got := remindersTo(w, "bea@firm.example")
	if len(got) != 1 {
		t.Fatalf("%d reminders", len(got))
	}
	if text := strings.ToLower(got[0].Text); strings.Contains(text, "portal de clientes") || strings.Contains(text, "client portal") {
		t.Errorf("a colleague is reminded of the client portal: %s", got[0].Text)
	}
}
