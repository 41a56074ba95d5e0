package passwords_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

// requestID is the one part of a problem that is never the same.
var requestID = regexp.MustCompile(`,"request_id":"[^"]*"`)

// bytesOf are an answer's bytes but for the request's own identifier.
func bytesOf(r testkit.Response) string { return requestID.ReplaceAllString(string(r.Body), "") }

const (
	eva  = "eva@client.example"
	next = "another long password 3"
)

func signIn(w *testkit.World, address, password string) testkit.Response {
	return w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": address, "password": password})
}

func member(w *testkit.World) *testkit.Client {
	w.Invite(eva)
	return w.AcceptMailed(eva, testkit.Password)
}

// forgot asks for a reset link and returns the token that was mailed.
func forgot(w *testkit.World, address string) string {
	w.Anonymous().Post(w.Path("/password-resets"), map[string]any{"address": address}).OK()
	w.Settle()
	return w.TokenIn(w.LastMailTo(address))
}

func redeem(w *testkit.World, token, password string) testkit.Response {
	return w.Anonymous().Post("/v1/password-resets/redeem", map[string]any{"token": token, "password": password})
}

func TestChangingAPassword(t *testing.T) {
	w := testkit.New(t)
	phone := member(w)
	laptop := w.Bearer(signIn(w, eva, testkit.Password).OK().String("token"))
	change := func(c *testkit.Client, old, next string) testkit.Response {
		return c.Post(w.Path("/me/password"), map[string]any{"old": old, "new": next})
	}
	before := len(w.MailTo(eva))

	change(w.Anonymous(), testkit.Password, next).Problem(401, "sign_in_required")
	change(laptop, "not the password at all", next).Problem(401, "sign_in_failed")
	weak := change(laptop, testkit.Password, "short").Problem(422, "password_too_short")
	if weak.String("errors.0.name") != "new" || weak.String("errors.0.code") != "password_too_short" {
		t.Fatalf("%s", weak.Body)
	}
	change(laptop, testkit.Password, "garrigues vega eva 99").Problem(422, "password_context")
	phone.Get(w.Path("/sessions/current")).OK()

	keyed := laptop.With("Idempotency-Key", "change-1")
	r := change(keyed, testkit.Password, next).OK()
	laptop2 := w.Bearer(r.String("token"))
	if now := laptop2.Get(w.Path("/sessions/current")).OK(); now.String("session.id") != r.String("session") || now.String("grant.portal.id") != w.Portal {
		t.Fatalf("%s", now.Body)
	}
	phone.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")

	t.Run("B2 a repeat whose answer was lost gets the same session and another token", func(t *testing.T) {
		again := change(keyed, testkit.Password, next).OK()
		if again.String("session") != r.String("session") || again.String("token") == r.String("token") {
			t.Fatalf("%s", again.Body)
		}
		laptop2.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		laptop2 = w.Bearer(again.String("token"))
	})
	t.Run("the session before is over at once, but for that repeat within a minute", func(t *testing.T) {
		laptop.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		laptop.Post(w.Path("/me/password"), map[string]any{"old": next, "new": testkit.Password}).Problem(401, "sign_in_required")
		laptop.With("Idempotency-Key", "change-2").Post(w.Path("/me/password"), map[string]any{"old": next, "new": testkit.Password}).Problem(401, "sign_in_required")
		if all := laptop2.Get(w.Path("/sessions")).OK(); all.Len("items") != 1 {
			t.Errorf("%s", all.Body)
		}
		w.Advance(time.Minute)
		change(keyed, testkit.Password, next).Problem(401, "sign_in_required")
		laptop2.Get(w.Path("/sessions/current")).OK()
	})
	t.Run("the new password holds, and a mail says so", func(t *testing.T) {
		signIn(w, eva, testkit.Password).Problem(401, "sign_in_failed")
		signIn(w, eva, next).OK()
		w.Settle()
		if got := len(w.MailTo(eva)) - before; got != 1 {
			t.Fatalf("%d mails", got)
		}
		if strings.Contains(w.LastMailTo(eva).Text, next) {
			t.Fatal("the password stands in the mail")
		}
	})
}

func TestGuessingTheOldPasswordIsBounded(t *testing.T) {
	w := testkit.New(t)
	for i := range 11 {
		want, code := 401, "sign_in_failed"
		if i == 10 {
			want, code = 429, "too_many_requests"
		}
		w.Admin.Post(w.Path("/me/password"), map[string]any{"old": "not the password at all", "new": next}).Problem(want, code)
	}
	signIn(w, testkit.AdminAddress, testkit.Password).OK() // elsewhere its owner still gets in
}

func TestB3AForgottenPassword(t *testing.T) {
	w := testkit.New(t)
	phone := member(w)

	t.Run("every answer is the same bytes, and mails nobody but the owner", func(t *testing.T) {
		ask := func(address string) testkit.Response {
			return w.Anonymous().Post(w.Path("/password-resets"), map[string]any{"address": address})
		}
		w.Invite("open@client.example")
		mails := len(w.MailTo("open@client.example"))
		known, unknown, invited := ask(eva), ask("nobody@client.example"), ask("open@client.example")
		if known.Status != 202 || unknown.Status != 202 || bytesOf(known) != bytesOf(unknown) || bytesOf(known) != bytesOf(invited) || bytesOf(known) != "{}" {
			t.Fatalf("%s %s %s", known.Body, unknown.Body, invited.Body)
		}
		w.Settle()
		if len(w.MailTo("nobody@client.example")) != 0 || len(w.MailTo("open@client.example")) != mails {
			t.Fatal("somebody without a password got mail")
		}
		ask("no address").Problem(422, "address_malformed")
		w.Anonymous().Post("/v1/workspaces/ws_01jd0h5m3w8q4v9x2c6k7n1t5z/password-resets", map[string]any{"address": eva}).Problem(404, "not_found")
	})

	token := w.TokenIn(w.LastMailTo(eva))
	t.Run("a wrong token is the same bytes, whatever is wrong with it", func(t *testing.T) {
		last := byte('A')
		if token[len(token)-2] == last {
			last = 'B'
		}
		altered := token[:len(token)-2] + string(last) + token[len(token)-1:]
		parts := strings.Split(token, ".")
		first := redeem(w, altered, next).Problem(404, "link_unknown")
		for _, wrong := range []string{
			"", "nonsense", parts[0] + "." + parts[1] + ".AAAA",
			parts[0] + ".msg_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[2],
			"ws_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[1] + "." + parts[2],
			parts[0] + ".jln_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[2],
		} {
			if r := redeem(w, wrong, next).Problem(404, "link_unknown"); bytesOf(r) != bytesOf(first) {
				t.Errorf("%q: %s", wrong, r.Body)
			}
		}
		invitation := w.TokenIn(w.LastMailTo("open@client.example"))
		redeem(w, invitation, next).Problem(404, "link_unknown")
	})
	t.Run("a weak password does not burn the link", func(t *testing.T) {
		redeem(w, token, "short").Problem(422, "password_too_short")
		redeem(w, token, "passwordpassword").Problem(422, "password_common")
	})
	t.Run("it sets the password once, signs nobody in, ends every session and says so by mail", func(t *testing.T) {
		phone.Get(w.Path("/sessions/current")).OK()
		r := redeem(w, token, next)
		if r.Status != 204 || len(r.Body) != 0 || r.Header.Get("Set-Cookie") != "" {
			t.Fatalf("%d %s", r.Status, r.Body)
		}
		phone.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		signIn(w, eva, testkit.Password).Problem(401, "sign_in_failed")
		signIn(w, eva, next).OK()
		mails := len(w.MailTo(eva))
		w.Settle()
		if len(w.MailTo(eva)) != mails+1 {
			t.Fatal("no mail says that the password was changed")
		}
		redeem(w, token, "a third long password 5").Problem(410, "link_over")
	})
	t.Run("it lasts an hour", func(t *testing.T) {
		w.Advance(time.Hour)
		late := forgot(w, eva)
		w.Advance(time.Hour - time.Second)
		redeem(w, late, "short").Problem(422, "password_too_short")
		w.Advance(time.Second)
		redeem(w, late, next).Problem(410, "link_over")
	})
	t.Run("a password that was changed since makes it over", func(t *testing.T) {
		older := forgot(w, eva)
		w.Advance(time.Second)
		newer := forgot(w, eva)
		w.Advance(time.Second)
		if r := redeem(w, newer, "a third long password 5"); r.Status != 204 {
			t.Fatalf("%s", r.Body)
		}
		redeem(w, older, next).Problem(410, "link_over")
	})
}

func TestB2ARepeatedResetIsAnsweredAsTheFirst(t *testing.T) {
	w := testkit.New(t)
	token := forgot(w, testkit.AdminAddress)
	keyed := w.Anonymous().With("Idempotency-Key", "reset-1")
	body := map[string]any{"token": token, "password": next}
	for range 2 {
		if r := keyed.Post("/v1/password-resets/redeem", body); r.Status != 204 {
			t.Fatalf("%d %s", r.Status, r.Body)
		}
	}
}

func TestOneAddressGetsThreeResetsAnHour(t *testing.T) {
	w := testkit.New(t)
	before := len(w.MailTo(testkit.AdminAddress))
	for range 6 {
		w.Anonymous().Post(w.Path("/password-resets"), map[string]any{"address": testkit.AdminAddress}).OK()
	}
	w.Settle()
	if got := len(w.MailTo(testkit.AdminAddress)) - before; got != 3 {
		t.Fatalf("%d mails", got)
	}
}

func TestWhoeverIsSignedInMayResetTheirPasswordByMail(t *testing.T) {
	w := testkit.New(t)
	me := member(w)
	w.Advance(3 * time.Hour) // so long that the session's use is taken down
	me.Post("/v1/password-resets/redeem", map[string]any{"token": forgot(w, eva), "password": next}).OK()
	me.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	signIn(w, eva, next).OK()
}
