package apikeys_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

type m = map[string]any

// issue makes a key that ends in a year.
func issue(w *testkit.World, scopes ...string) (one string, program *testkit.Client) {
	w.T.Helper()
	r := w.Admin.Post(w.Path("/apikeys"), m{"name": "CRM", "scopes": scopes, "expires_at": "2027-11-23T08:00:00Z"}).OK()
	return r.String("apikey.id"), w.Bearer(r.String("key"))
}

func TestB9AProgramDoesWhatItsKeysScopesSay(t *testing.T) {
	w := testkit.New(t)
	one, program := issue(w, "account.read", "account.manage", "invitation.send")
	if !strings.HasPrefix(program.Token(), "pk_") {
		t.Fatal("another prefix")
	}
	made := program.Post(w.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	program.Get(w.Path("/accounts/" + made)).OK()
	program.Get(w.Path("/contacts")).Problem(403, "not_allowed")
	program.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	program.Post(w.Path("/apikeys"), m{"name": "x", "scopes": []string{"account.read"}, "expires_at": "2027-01-01T00:00:00Z"}).Problem(401, "sign_in_required")

	t.Run("what it did is in the trail under its own name", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?actor=" + one)).OK()
		if r.Len("items") != 1 || r.String("items.0.action") != "account.created" || r.String("items.0.actor") != one {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("what it invites to belongs to its creator", func(t *testing.T) {
		r := program.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"address": "eva@client.example"}}}).OK()
		i := w.Admin.Get(w.Path("/invitations/" + r.String("lines.0.invitation"))).OK()
		if self := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id"); i.String("inviter.id") != self {
			t.Errorf("%s", i.Body)
		}
	})
	t.Run("an Idempotency-Key is the key's own", func(t *testing.T) {
		a := program.With("Idempotency-Key", "one").Post(w.Path("/accounts"), m{"name": "Casa"}).OK()
		b := program.With("Idempotency-Key", "one").Post(w.Path("/accounts"), m{"name": "Casa"}).OK()
		c := w.Admin.With("Idempotency-Key", "one").Post(w.Path("/accounts"), m{"name": "Casa"}).OK()
		if a.String("id") != b.String("id") || a.String("id") == c.String("id") {
			t.Errorf("%s %s %s", a.Body, b.Body, c.Body)
		}
	})
	t.Run("it opens nothing elsewhere", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		program.Get(other.Path("/accounts")).Problem(401, "sign_in_required")
		other.Admin.Post(other.Path("/apikeys/"+one+"/revoke"), nil).Problem(404, "not_found")
	})
}

func TestB9AKeyIsShownOnceAndItsLastUseToTheHour(t *testing.T) {
	w := testkit.New(t)
	one, program := issue(w, "account.read")
	secret := program.Token()[90:]
	list := func() testkit.Response { return w.Admin.Get(w.Path("/apikeys")).OK() }
	if r := list(); r.String("items.0.id") != one || r.At("items.0.used_at") != nil || r.String("items.0.state") != "active" || strings.Contains(string(r.Body), secret) {
		t.Fatalf("%s", r.Body)
	}
	if body := string(list().Body); !strings.Contains(body, `"grantable":["account.manage","account.read",`) || strings.Contains(body, "apikey.manage") {
		t.Errorf("what a key may be given: %s", body)
	}
	program.Get(w.Path("/accounts")).OK()
	w.Advance(30 * time.Minute)
	program.Get(w.Path("/accounts")).OK()
	if r := list(); r.String("items.0.used_at") != "2026-11-23T08:00:00Z" {
		t.Errorf("%s", r.Body)
	}
	w.Advance(30 * time.Minute)
	program.Get(w.Path("/accounts")).OK()
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	if r := list(); r.String("items.0.used_at") != "2026-11-23T09:00:00Z" {
		t.Errorf("%s", r.Body)
	}
	t.Run("a repeat of making it gets another secret, and the former is dead", func(t *testing.T) {
		make := func() testkit.Response {
			return w.Admin.With("Idempotency-Key", "k").Post(w.Path("/apikeys"), m{"name": "CRM", "scopes": []string{"account.read"}, "expires_at": "2027-01-01T00:00:00Z"}).OK()
		}
		a, b := make(), make()
		if a.String("apikey.id") != b.String("apikey.id") || a.String("key") == b.String("key") {
			t.Errorf("%s", b.Body)
		}
		w.Bearer(a.String("key")).Get(w.Path("/accounts")).Problem(401, "sign_in_required")
		w.Bearer(b.String("key")).Get(w.Path("/accounts")).OK()
	})
}

func TestB9WhatEndsAKey(t *testing.T) {
	w := testkit.New(t)
	revoked, program := issue(w, "account.read")
	t.Run("revoking it, with the next request", func(t *testing.T) {
		if r := w.Admin.Post(w.Path("/apikeys/"+revoked+"/revoke"), nil).OK(); r.String("state") != "revoked" {
			t.Errorf("%s", r.Body)
		}
		program.Get(w.Path("/accounts")).Problem(401, "sign_in_required")
		before := w.Count(w.Path("/audit"))
		w.Admin.Post(w.Path("/apikeys/"+revoked+"/revoke"), nil).OK()
		if after := w.Count(w.Path("/audit")); after != before {
			t.Error("revoked twice")
		}
	})
	w.Admin.Post(w.Path("/staff/invitations"), m{"address": "luis@firm.example", "level": "admin"}).OK()
	w.Settle()
	luis := w.AcceptMailed("luis@firm.example", testkit.Password)
	r := luis.Post(w.Path("/apikeys"), m{"name": "His", "scopes": []string{"account.manage", "account.read"}, "expires_at": "2026-11-24T08:00:00Z"}).OK()
	his, who := w.Bearer(r.String("key")), luis.Get(w.Path("/sessions/current")).OK().String("identity.id")
	t.Run("it does no more than its creator may at that moment", func(t *testing.T) {
		his.Post(w.Path("/accounts"), m{"name": "Acme"}).OK()
		w.Admin.Patch(w.Path("/staff/"+who), m{"level": "member"}).OK()
		his.Post(w.Path("/accounts"), m{"name": "Acme"}).Problem(403, "not_allowed")
		his.Get(w.Path("/accounts")).OK()
	})
	t.Run("its creator's leaving", func(t *testing.T) {
		w.Admin.Patch(w.Path("/staff/"+who), m{"level": "none"}).OK()
		his.Get(w.Path("/accounts")).Problem(401, "sign_in_required")
	})
	t.Run("its time", func(t *testing.T) {
		short := w.Bearer(w.Admin.Post(w.Path("/apikeys"), m{"name": "Short", "scopes": []string{"account.read"}, "expires_at": "2026-11-23T08:10:00Z"}).OK().String("key"))
		w.Advance(10*time.Minute - time.Second)
		short.Get(w.Path("/accounts")).OK()
		w.Advance(time.Second)
		short.Get(w.Path("/accounts")).Problem(401, "sign_in_required")
	})
	t.Run("leaving, for good, though they are taken back", func(t *testing.T) {
		w.Admin.Post(w.Path("/staff/invitations"), m{"address": "luis@firm.example", "level": "admin"}).OK()
		w.Settle()
		w.Anonymous().Post("/v1/invitations/accept", m{"token": w.TokenIn(w.LastMailTo("luis@firm.example")), "password": testkit.Password, "sign_in": true}).OK()
		his.Get(w.Path("/accounts")).Problem(401, "sign_in_required")
		if r := w.Admin.Get(w.Path("/apikeys")).OK(); !regexp.MustCompile(`"name":"His",[^{}]*"state":"revoked"[^{}]*"revoked_at":"2026-11-23T08:00:00Z"`).Match(r.Body) {
			t.Errorf("%s", r.Body)
		}
		w.Advance(time.Second)
		luis = w.SignIn("luis@firm.example", testkit.Password)
		another := luis.Post(w.Path("/apikeys"), m{"name": "Another", "scopes": []string{"account.read"}, "expires_at": "2026-11-24T08:00:00Z"}).OK()
		w.Bearer(another.String("key")).Get(w.Path("/accounts")).OK()
	})
}

func TestB9WhatIsRefused(t *testing.T) {
	w := testkit.New(t)
	draft := func(name string, v any) m {
		d := m{"name": "CRM", "scopes": []string{"account.read"}, "expires_at": "2027-01-01T00:00:00Z"}
		d[name] = v
		return d
	}
	before := w.Count(w.Path("/audit"))
	for _, c := range []struct {
		body m
		code string
	}{
		{draft("name", ""), "name_malformed"}, {draft("scopes", []string{}), "scope_unknown"}, {draft("scopes", []string{"apikey.manage"}), "scope_unknown"},
		{draft("scopes", []string{"own.profile"}), "scope_unknown"}, {draft("scopes", []string{"everything"}), "scope_unknown"},
		{draft("expires_at", "tomorrow"), "expiry_malformed"}, {draft("expires_at", "2026-11-23T08:00:00Z"), "expiry_malformed"},
		{draft("expires_at", "2029-01-01T00:00:00Z"), "expiry_malformed"},
	} {
		w.Admin.Post(w.Path("/apikeys"), c.body).Problem(422, c.code)
	}
	if after := w.Count(w.Path("/audit")); after != before {
		t.Errorf("%d entries more", after-before)
	}
	_, program := issue(w, "account.read")
	good := program.Token()
	for n, wrong := range []string{good[:len(good)-1], good + "0", strings.ToUpper(good), "pk_", good[:60] + "0" + good[61:]} {
		t.Run(fmt.Sprint("a key that was mistyped ", n), func(t *testing.T) {
			if wrong != good {
				w.Bearer(wrong).Get(w.Path("/accounts")).Problem(401, "sign_in_required")
			}
		})
	}
}
