package passwords_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
)

const paula = "paula@client.example"

var temporaryPattern = regexp.MustCompile(`(?m)^    (\d{4} \d{4} \d{4} \d{4})$`)

// temporary is the temporary password in the newest mail to an address.
func temporary(w *testkit.World, address string) string {
	w.T.Helper()
	found := temporaryPattern.FindStringSubmatch(w.LastMailTo(address).Text)
	if found == nil {
		w.T.Fatalf("no temporary password in %q", w.LastMailTo(address).Subject)
	}
	return found[1]
}

// credentials invites by credentials and returns the invitation.
func credentials(w *testkit.World, address string) string {
	w.T.Helper()
	r := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "by": "credentials", "lines": []any{map[string]any{"address": address}}}).OK()
	w.Settle()
	return r.String("lines.0.invitation")
}

func first(w *testkit.World, address, temporary, own string) testkit.Response {
	return w.Anonymous().Post(w.Path("/passwords/first"), map[string]any{"address": address, "temporary": temporary, "password": own})
}

func TestD2R2AccessByCredentials(t *testing.T) {
	w := testkit.New(t)
	one := credentials(w, paula)
	mail := w.LastMailTo(paula)
	old := temporary(w, paula)
	if strings.Contains(mail.Text, "/accept#") || !strings.Contains(mail.Text, "/p/"+w.PortalName) || len(mail.Header["List-Unsubscribe"]) == 0 {
		t.Fatalf("%s", mail.Text)
	}
	if i := w.Admin.Get(w.Path("/invitations/" + one)).OK(); i.String("state") != "pending" || i.String("by") != "credentials" || i.String("delivery") == "" {
		t.Fatalf("%s", i.Body)
	}
	t.Run("the temporary password lets nobody in by itself", func(t *testing.T) {
		signIn(w, paula, old).Problem(401, "password_temporary")
		signIn(w, paula, strings.ReplaceAll(old, " ", "-")).Problem(401, "password_temporary")
		signIn(w, paula, "0000 0000 0000 0000").Problem(401, "sign_in_failed")
		first(w, paula, "0000 0000 0000 0000", next).Problem(401, "sign_in_failed")
		first(w, "nobody@client.example", old, next).Problem(401, "sign_in_failed")
		first(w, paula, old, "short").Problem(422, "password_too_short")
		first(w, paula, old, old).Problem(422, "password_unchanged")
		if i := w.Admin.Get(w.Path("/invitations/" + one)).OK(); i.String("state") != "pending" {
			t.Fatalf("%s", i.Body)
		}
	})
	t.Run("resent, there is a new one, and the old is dead", func(t *testing.T) {
		w.Admin.Post(w.Path("/invitations/"+one+"/resend"), map[string]any{}).OK()
		w.Settle()
		fresh := temporary(w, paula)
		if fresh == old {
			t.Fatal("the same again")
		}
		first(w, paula, old, next).Problem(401, "sign_in_failed")
		old = fresh
	})
	t.Run("a password of one's own accepts, once", func(t *testing.T) {
		r := first(w, paula, old, next).OK()
		me := w.Bearer(r.String("token")).Get(w.Path("/sessions/current")).OK()
		if me.String("identity.address") != paula || r.String("portal") != w.PortalName {
			t.Fatalf("%s", me.Body)
		}
		if i := w.Admin.Get(w.Path("/invitations/" + one)).OK(); i.String("state") != "accepted" {
			t.Fatalf("%s", i.Body)
		}
		first(w, paula, old, "another one of my own 5").Problem(401, "sign_in_failed")
		signIn(w, paula, old).Problem(401, "sign_in_failed")
		signIn(w, paula, next).OK()
	})
	t.Run("who has a password gets a link", func(t *testing.T) {
		other := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Casa Paula"}).OK().String("id")
		w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "by": "credentials", "lines": []any{map[string]any{"address": paula, "account": other}}}).OK()
		w.Settle()
		if text := w.LastMailTo(paula).Text; temporaryPattern.MatchString(text) {
			t.Fatalf("%s", text)
		}
	})
}

func TestD2R2WhenATemporaryPasswordIsOver(t *testing.T) {
	w := testkit.New(t)
	t.Run("after a week", func(t *testing.T) {
		credentials(w, paula)
		w.Advance(7 * 24 * time.Hour)
		first(w, paula, temporary(w, paula), next).Problem(401, "sign_in_failed")
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	})
	t.Run("with the invitation, if that is shorter", func(t *testing.T) {
		w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "by": "credentials", "validity": "PT1H", "lines": []any{map[string]any{"address": "b@client.example"}}}).OK()
		w.Settle()
		w.Advance(time.Hour)
		first(w, "b@client.example", temporary(w, "b@client.example"), next).Problem(401, "sign_in_failed")
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	})
	t.Run("cancelled", func(t *testing.T) {
		one := credentials(w, "c@client.example")
		w.Admin.Post(w.Path("/invitations/"+one+"/cancel"), map[string]any{}).OK()
		first(w, "c@client.example", temporary(w, "c@client.example"), next).Problem(401, "sign_in_failed")
	})
	t.Run("ten wrong ones in a quarter of an hour end the guessing", func(t *testing.T) {
		credentials(w, "d@client.example")
		for range 10 {
			first(w, "d@client.example", "0000 0000 0000 0000", next).Problem(401, "sign_in_failed")
		}
		first(w, "d@client.example", temporary(w, "d@client.example"), next).Problem(429, "too_many_requests")
	})
	t.Run("another firm knows nothing of it", func(t *testing.T) {
		w.Advance(time.Hour)
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		credentials(w, "e@client.example")
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		first(&other, "e@client.example", temporary(w, "e@client.example"), next).Problem(401, "sign_in_failed")
	})
}

func TestD2R2TheWorkspacesWayIn(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"access_by": "pigeon"}}).Problem(422, "invalid")
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"access_by": "credentials"}}).OK()
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": paula}}}).OK()
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "by": "link", "lines": []any{map[string]any{"address": "b@client.example"}}}).OK()
	w.Settle()
	first(w, paula, temporary(w, paula), next).OK()
	w.AcceptMailed("b@client.example", testkit.Password)
}

func TestD2R2OfManyWhoRedeemOneTemporaryPasswordAtOnceOneGetsIn(t *testing.T) {
	w := testkit.New(t)
	credentials(w, paula)
	typed := temporary(w, paula)
	const atOnce = 8
	var in [atOnce]testkit.Response
	var wg sync.WaitGroup
	for i := range atOnce {
		wg.Go(func() {
			r, err := w.Anonymous().Try("POST", w.Path("/passwords/first"), map[string]any{"address": paula, "temporary": typed, "password": next})
			if err != nil {
				t.Error(err)
			}
			in[i] = r
		})
	}
	wg.Wait()
	won := 0
	for _, r := range in {
		switch {
		case r.Status == 201:
			won++
		case r.Status != 401 && r.Status != 429 && r.Status != 409:
			t.Errorf("%d %s", r.Status, r.Body)
		}
	}
	if won != 1 {
		t.Errorf("%d got in", won)
	}
}
