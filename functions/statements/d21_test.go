package statements_test

import (
	"testing"
	"time"

	"portero/shared/testkit"
)

// TestD21WhatIsOverIsRefusedFromItsSecondOn takes everything that has an end and
// asks one second before it and at it. Nothing here is removed by TTL: the
// stand-in keeps what a table's TTL would take in up to days. An end is one
// stored instant, so a clock that is five minutes slow lets nobody in more than
// five minutes late.
func TestD21WhatIsOverIsRefusedFromItsSecondOn(t *testing.T) {
	const address = "eva@client.example"
	for _, c := range []struct {
		name   string
		lasts  time.Duration
		begin  func(w *testkit.World) func() testkit.Response // what to ask at the end
		alive  func(testkit.Response) bool
		status int
		code   string
	}{
		{"an invitation of an hour", time.Hour, func(w *testkit.World) func() testkit.Response {
			w.Admin.Post(w.Path("/invitations"), object{"portal": w.Portal, "validity": "PT1H", "lines": []object{{"address": address}}}).OK()
			w.Settle()
			token := w.TokenIn(w.LastMailTo(address))
			return func() testkit.Response {
				return w.Anonymous().Post("/v1/invitations/accept", object{"token": token, "password": "short"})
			}
		}, tooShort, 410, "invitation_expired"},
		{"a link to a new password", time.Hour, func(w *testkit.World) func() testkit.Response {
			w.Anonymous().Post(w.Path("/password-resets"), object{"address": testkit.AdminAddress}).OK()
			w.Settle()
			token := w.TokenIn(w.LastMailTo(testkit.AdminAddress))
			return func() testkit.Response {
				return w.Anonymous().Post("/v1/password-resets/redeem", object{"token": token, "password": "short"})
			}
		}, tooShort, 410, "link_over"},
		{"a code", 10 * time.Minute, func(w *testkit.World) func() testkit.Response {
			r := w.Anonymous().Post("/v1/joinlinks/join", object{"token": joinToken(w), "address": address, "password": testkit.Password, "name": "Eva"}).OK()
			w.Settle()
			return func() testkit.Response {
				return w.Anonymous().Post("/v1/verifications/confirm", object{"workspace": r.String("workspace"),
					"verification": r.String("verification"), "binding": r.String("binding"), "code": "00000000"})
			}
		}, func(r testkit.Response) bool { return r.String("code") == "code_wrong" }, 410, "code_over"},
		{"a join link", time.Hour, func(w *testkit.World) func() testkit.Response {
			r := w.Admin.Post(w.Path("/joinlinks"), object{"portal": w.Portal, "create_contact": true, "until": w.Now().Add(time.Hour)}).OK()
			token := tokenOf(r.String("url"))
			return func() testkit.Response {
				return w.Anonymous().Post("/v1/joinlinks/join", object{"token": token, "address": address, "password": "short", "name": "Eva"})
			}
		}, tooShort, 410, "joinlink_over"},
		{"a session that idles", time.Hour, func(w *testkit.World) func() testkit.Response {
			return func() testkit.Response { return w.Admin.Get(w.Path("/sessions/current")) }
		}, ok, 401, "sign_in_required"},
		{"a client's last day", 15 * time.Hour, func(w *testkit.World) func() testkit.Response { // 00:00 in Madrid
			grant := client(w, address)
			c := w.AcceptMailed(address, testkit.Password)
			w.Admin.Patch(w.Path(""), object{"settings": object{"support_dates": true}}).OK()
			w.Admin.Patch(grant, object{"until": "2026-11-23"}).OK()
			return func() testkit.Response { return c.Get(w.Path("/sessions/current")) }
		}, ok, 403, "access_ended"},
		{"a cursor", 24 * time.Hour, func(w *testkit.World) func() testkit.Response {
			for range 51 {
				w.Admin.Post(w.Path("/accounts"), object{"name": "Casa"}).OK()
			}
			next := w.Admin.Get(w.Path("/accounts")).OK().String("next")
			return func() testkit.Response {
				return w.SignIn(testkit.AdminAddress, testkit.Password).Get(w.Path("/accounts?cursor=" + next))
			}
		}, ok, 422, "cursor_expired"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := testkit.New(t)
			ask := c.begin(w)
			begun := w.Now()
			if c.code != "sign_in_required" || c.lasts != time.Hour { // asking keeps a session from idling
				w.Clock.Set(begun.Add(c.lasts - time.Second))
				if r := ask(); !c.alive(r) {
					t.Fatalf("a second before: %d %s", r.Status, r.Body)
				}
			}
			w.Clock.Set(begun.Add(c.lasts))
			ask().Problem(c.status, c.code)
		})
	}
}

func ok(r testkit.Response) bool       { return r.Status == 200 }
func tooShort(r testkit.Response) bool { return r.String("code") == "password_too_short" }
