package sessions_test

import (
	"regexp"
	"testing"
	"time"

	"portero/shared/testkit"
)

// requestID is the one part of a problem that is never the same.
var requestID = regexp.MustCompile(`,"request_id":"[^"]*"`)

// bytesOf are an answer's bytes but for the request's own identifier.
func bytesOf(r testkit.Response) string { return requestID.ReplaceAllString(string(r.Body), "") }

// signIn tries a password, and returns the answer.
func signIn(w *testkit.World, c *testkit.Client, address, password string) testkit.Response {
	return c.Post(w.Path("/sessions"), map[string]any{"address": address, "password": password})
}

// eva is a client of the seeded portal, invited and in.
const eva = "eva@client.example"

func member(w *testkit.World) *testkit.Client {
	w.Invite(eva)
	return w.AcceptMailed(eva, testkit.Password)
}

// grantPath is the path of Eva's one grant.
func grantPath(w *testkit.World, eva *testkit.Client) string {
	now := eva.Get(w.Path("/sessions/current")).OK()
	return w.Path("/accounts/" + now.String("grant.account.id") + "/contacts/" + now.String("grant.contact.id") + "/grants/" + now.String("grant.portal.id"))
}

func TestSignIn(t *testing.T) {
	w := testkit.New(t)
	member(w)

	t.Run("staff enter the console", func(t *testing.T) {
		r := signIn(w, w.Anonymous(), testkit.AdminAddress, testkit.Password).OK()
		if r.Status != 201 || r.String("home") != "console" || r.String("portal") != "" {
			t.Fatalf("%s", r.Body)
		}
		now := w.Bearer(r.String("token")).Get(w.Path("/sessions/current")).OK()
		if now.String("identity.level") != "admin" || now.String("session.id") != r.String("session") || now.At("grant") != nil {
			t.Fatalf("%s", now.Body)
		}
	})

	t.Run("D3 members enter their portal, whatever capitals they type", func(t *testing.T) {
		r := signIn(w, w.Anonymous(), " EVA@Client.example ", testkit.Password).OK()
		if r.String("home") != "portal" || r.String("portal") != w.PortalName {
			t.Fatalf("%s", r.Body)
		}
		now := w.Bearer(r.String("token")).Get(w.Path("/sessions/current")).OK()
		if now.String("grant.portal.name") != w.PortalName || now.String("grant.owner.address") != testkit.AdminAddress ||
			now.String("grant.role.id") != w.Role || now.Len("grants") != 1 || now.At("grants.0.current") != true {
			t.Fatalf("%s", now.Body)
		}
	})

	t.Run("browsers get a cookie and no token", func(t *testing.T) {
		b := w.Browser()
		r := b.Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password, "portal": w.PortalName, "cookie": true}).OK()
		if r.At("token") != nil {
			t.Fatalf("%s", r.Body)
		}
		b.Get(w.Path("/sessions/current")).OK()
		if left := b.Delete(w.Path("/sessions/current")); left.Status != 204 {
			t.Fatalf("%d", left.Status)
		}
		b.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	})

	t.Run("every failure is the same bytes", func(t *testing.T) {
		wrong := signIn(w, w.Anonymous(), eva, "not the password at all").Problem(401, "sign_in_failed")
		nobody := signIn(w, w.Anonymous(), "nobody@client.example", testkit.Password).Problem(401, "sign_in_failed")
		w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": "open@client.example"}}}).OK()
		invited := signIn(w, w.Anonymous(), "open@client.example", testkit.Password).Problem(401, "sign_in_failed")
		if bytesOf(wrong) != bytesOf(nobody) || bytesOf(wrong) != bytesOf(invited) {
			t.Fatalf("%s\n%s\n%s", wrong.Body, nobody.Body, invited.Body)
		}
		for _, name := range []string{"Content-Type", "Cache-Control"} {
			if wrong.Header.Get(name) != nobody.Header.Get(name) {
				t.Errorf("%s differs", name)
			}
		}
	})

	t.Run("a workspace or portal that is not there", func(t *testing.T) {
		other := "/v1/workspaces/ws_01jd0h5m3w8q4v9x2c6k7n1t5z/sessions"
		w.Anonymous().Post(other, map[string]any{"address": eva, "password": testkit.Password}).Problem(404, "not_found")
		w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password, "portal": "no-such"}).Problem(404, "not_found")
		w.Anonymous().Post("/v1/workspaces/nonsense/sessions", map[string]any{"address": eva, "password": testkit.Password}).Problem(404, "not_found")
		w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": "no address", "password": "x"}).Problem(422, "address_malformed")
		w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": eva, "password": "x", "more": 1}).Problem(422, "invalid")
	})
}

func TestWhySomebodyCannotEnter(t *testing.T) {
	w := testkit.New(t)
	grant := grantPath(w, member(w))
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"support_dates": true}}).OK()
	change := func(body map[string]any) { w.Admin.Patch(grant, body).OK() }
	try := func() testkit.Response { return signIn(w, w.Anonymous(), eva, testkit.Password) }

	change(map[string]any{"sign_in": false})
	try().Problem(403, "access_off")
	change(map[string]any{"sign_in": true, "from": "2026-11-24"})
	try().Problem(403, "access_not_yet")
	signIn(w, w.Anonymous(), eva, "not the password at all").Problem(401, "sign_in_failed")
	change(map[string]any{"from": "", "until": "2026-11-22"})
	try().Problem(403, "access_ended")
	change(map[string]any{"until": "2026-11-23"})
	try().OK()
	w.Advance(15 * time.Hour) // 00:00 on the 24th in Madrid
	try().Problem(403, "access_ended")
}

func TestGuessing(t *testing.T) {
	w := testkit.New(t)
	member(w)
	owner := w.Browser()
	owner.Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password, "cookie": true}).OK()

	guess := func(address string, n int) (last testkit.Response) {
		for range n {
			last = signIn(w, w.Anonymous(), address, "not the password at all")
		}
		return last
	}
	t.Run("ten failures from one network, then no password is looked at", func(t *testing.T) {
		guess(eva, 10).Problem(401, "sign_in_failed")
		r := signIn(w, w.Anonymous(), eva, testkit.Password).Problem(429, "too_many_requests")
		if r.Header.Get("Retry-After") != "900" {
			t.Errorf("Retry-After %q", r.Header.Get("Retry-After"))
		}
		if got := r.Header.Get("RateLimit-Policy") + ", " + r.Header.Get("RateLimit"); got != `"sign-in";q=10;w=900, "sign-in";r=0;t=900` {
			t.Errorf("%s", got)
		}
	})
	t.Run("an unknown address answers the same", func(t *testing.T) {
		guess("nobody@client.example", 10).Problem(401, "sign_in_failed")
		known, unknown := guess(eva, 1), guess("nobody@client.example", 1)
		if known.Status != 429 || bytesOf(known) != bytesOf(unknown) {
			t.Errorf("%s\n%s", known.Body, unknown.Body)
		}
	})
	t.Run("the owner on a known device is let in", func(t *testing.T) {
		owner.Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password, "cookie": true}).OK()
	})
	t.Run("after the window it goes on, and a success starts anew", func(t *testing.T) {
		w.Advance(15 * time.Minute)
		guess(eva, 9).Problem(401, "sign_in_failed")
		signIn(w, w.Anonymous(), eva, testkit.Password).OK()
		guess(eva, 10).Problem(401, "sign_in_failed")
	})
	t.Run("100 in a row end it, until the password is reset by mail", func(t *testing.T) {
		for range 9 {
			w.Advance(15 * time.Minute)
			guess(eva, 10).Problem(401, "sign_in_failed")
		}
		w.Advance(15 * time.Minute)
		locked := signIn(w, w.Anonymous(), eva, testkit.Password).Problem(429, "too_many_requests")
		if got := locked.Header.Get("RateLimit-Policy"); got != `"sign-in-in-a-row";q=100` {
			t.Errorf("RateLimit-Policy %s", got)
		}
		if locked.Header.Get("Retry-After") != "" {
			t.Errorf("waiting does not help, and the answer says it does: %s", locked.Body)
		}
		w.Anonymous().Post(w.Path("/password-resets"), map[string]any{"address": eva}).OK()
		w.Settle()
		token := w.TokenIn(w.LastMailTo(eva))
		w.Anonymous().Post("/v1/password-resets/redeem", map[string]any{"token": token, "password": "another long password 3"}).OK()
		signIn(w, w.Anonymous(), eva, "another long password 3").OK()
	})
}

func TestSessionsEnd(t *testing.T) {
	w := testkit.New(t)
	first := member(w)
	again := func() *testkit.Client {
		return w.Bearer(signIn(w, w.Anonymous(), eva, testkit.Password).OK().String("token"))
	}
	signedOut := func(t *testing.T, c *testkit.Client) {
		t.Helper()
		c.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	}

	t.Run("signing out counts from the next request on", func(t *testing.T) {
		c := again()
		c.Delete(w.Path("/sessions/current")).OK()
		signedOut(t, c)
		first.Get(w.Path("/sessions/current")).OK()
	})
	t.Run("one sees where one is signed in, and ends another", func(t *testing.T) {
		c := again()
		list := c.With("User-Agent", "phone").Get(w.Path("/sessions")).OK()
		if list.Len("items") != 2 || list.At("items.0.current") != true && list.At("items.1.current") != true {
			t.Fatalf("%s", list.Body)
		}
		mine := first.Get(w.Path("/sessions/current")).OK().String("session.id")
		c.Delete(w.Path("/sessions/" + mine)).OK()
		signedOut(t, first)
		gone := c.Delete(w.Path("/sessions/"+mine)).Problem(404, "not_found")
		theirs := w.Admin.Get(w.Path("/sessions/current")).OK().String("session.id")
		if foreign := c.Delete(w.Path("/sessions/"+theirs)).Problem(404, "not_found"); bytesOf(foreign) != bytesOf(gone) {
			t.Errorf("%s\n%s", foreign.Body, gone.Body)
		}
		w.Admin.Get(w.Path("/sessions/current")).OK()
	})
	t.Run("end all ends this one too", func(t *testing.T) {
		a, b := again(), again()
		a.Delete(w.Path("/sessions")).OK()
		signedOut(t, a)
		signedOut(t, b)
		if l := again().Get(w.Path("/sessions")).OK(); l.Len("items") != 1 {
			t.Errorf("ended ones are listed: %s", l.Body)
		}
	})
	t.Run("idle for an hour, staff sign in again; half an hour is nothing", func(t *testing.T) {
		w.Advance(50 * time.Minute)
		w.Admin.Get(w.Path("/sessions/current")).OK()
		w.Advance(50 * time.Minute)
		w.Admin.Get(w.Path("/sessions/current")).OK()
		w.Advance(60 * time.Minute)
		signedOut(t, w.Admin)
	})
	t.Run("each is in the trail", func(t *testing.T) {
		w.Admin = w.Bearer(signIn(w, w.Anonymous(), testkit.AdminAddress, testkit.Password).OK().String("token"))
		who := again().Get(w.Path("/sessions/current")).OK().String("identity.id")
		seen := map[string]int{}
		r := w.Admin.Get(w.Path("/audit")).OK()
		for i := range r.Len("items") {
			item := "items." + string(rune('0'+i%10))
			if i > 9 {
				item = "items.1" + string(rune('0'+i%10))
			}
			if i < 20 && r.String(item+".actor") == who {
				seen[r.String(item+".action")]++
			}
		}
		if seen["session.started"] == 0 || seen["session.all_ended"] == 0 {
			t.Errorf("%v in %s", seen, r.Body)
		}
	})
}
