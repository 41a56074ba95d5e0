package invitations_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"testing"

	"portero/shared/testkit"
)

// admin signs the admin in anew: after days their session is over.
func admin(w *testkit.World) *testkit.Client {
	w.T.Helper()
	r := w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": testkit.AdminAddress, "password": testkit.Password}).OK()
	return w.Bearer(r.String("token"))
}

// A guest is somebody with the newest mail of an invitation.
type invitee struct {
	*testkit.World
	address, token string
}

const lucia = "lucia@client.example"

func invitedOf(w *testkit.World, address string) invitee {
	w.T.Helper()
	w.Invite(address)
	return invitee{w, address, w.TokenIn(w.LastMailTo(address))}
}

func invited(t *testing.T) invitee { return invitedOf(testkit.New(t), lucia) }

func (g invitee) ask(c *testkit.Client, verb string, more ...any) testkit.Response {
	g.T.Helper()
	body := map[string]any{"token": g.token}
	for i := 0; i < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	return c.Post("/v1/invitations/"+verb, body)
}

func (g invitee) state() string {
	g.T.Helper()
	return g.ask(g.Anonymous(), "open").OK().String("state")
}

func (g invitee) members() int {
	g.T.Helper()
	return g.Admin.Get(g.Path("/members")).OK().Len("items")
}

func (g invitee) enter() *testkit.Client {
	g.T.Helper()
	r := g.ask(g.Anonymous(), "accept", "password", testkit.Password).OK()
	return g.Bearer(r.String("token"))
}

func TestT5ScannersOpenAndPressAndThePersonStillGetsIn(t *testing.T) {
	g := invited(t)
	silent := func(r testkit.Response) {
		t.Helper()
		if len(r.Header.Values("Set-Cookie")) > 0 || bytes.Contains(r.Body, []byte("ses_")) || bytes.Contains(r.Body, []byte(`"session"`)) {
			t.Fatalf("%s gave something away: %s", r.What, r.Body)
		}
	}
	for range 30 {
		silent(g.ask(g.Anonymous(), "open").OK())
		silent(g.ask(g.Browser(), "open").OK())
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if r, err := g.Anonymous().Try("POST", "/v1/invitations/open", map[string]any{"token": g.token}); err != nil || r.Status != 200 {
				t.Errorf("opening in parallel: %d %v", r.Status, err)
			}
		})
	}
	all.Wait()
	for _, method := range []string{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"} {
		for _, verb := range []string{"open", "accept", "decline", "optout", "renew"} {
			r := g.Anonymous().Do(method, "/v1/invitations/"+verb+"?token="+g.token, nil)
			silent(r)
			if r.Status < 400 {
				t.Errorf("%s %s: %d", method, verb, r.Status)
			}
		}
	}
	for _, filled := range []map[string]any{
		{}, {"password": ""}, {"password": "test"}, {"password": "aaaaaaaaaaaaaaaaaaaa"}, {"name": "test"}, {"password": "1234567890123456"},
		{"cookie": true}, {"password": "x", "name": "x", "cookie": true}, {"nonsense": "value"}, {"password": 5},
	} {
		filled["token"] = g.token
		r := g.Browser().Post("/v1/invitations/accept", filled)
		silent(r)
		if r.Status != http.StatusUnprocessableEntity {
			t.Errorf("a form filled with %v: %d %s", filled, r.Status, r.Body)
		}
	}
	silent(g.Anonymous().With("Content-Type", "application/x-www-form-urlencoded").Do("POST", "/v1/invitations/accept", "token="+g.token+"&password=test"))
	if g.state() != "pending" || g.members() != 0 {
		t.Fatal("something was spent")
	}
	me := g.enter().Get(g.Path("/sessions/current")).OK()
	if me.String("identity.address") != lucia || g.members() != 1 {
		t.Errorf("the person is not in: %s", me.Body)
	}
}

func TestT5TheInviteeSeesWhoInvitesToWhatUntilWhenAndWhy(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "note": "Bienvenida, Lucía.", "source": "the contract of May", "lines": []any{
		map[string]any{"address": lucia, "name": "Lucía Ortega", "language": "en"},
	}}).OK()
	w.Settle()
	g := invitee{w, lucia, w.TokenIn(w.LastMailTo(lucia))}
	r := g.ask(g.Anonymous(), "open").OK()
	for path, want := range map[string]string{
		"state": "pending", "kind": "client", "firm": "Garrigues & Vega", "portal.name": w.PortalName, "inviter_name": testkit.AdminAddress,
		"address": lucia, "name": "Lucía Ortega", "note": "Bienvenida, Lucía.", "source": "the contract of May", "language": "en",
		"zone": "Europe/Madrid", "time_format": "24h", "country": "ES", "expires_at": "2026-12-07T22:59:59Z", "newer": "false",
		"proves_mailbox": "true", "has_identity": "false", "min_password": "15", "workspace": w.Workspace,
		"portal_url": w.System.URL() + "/p/" + w.PortalName,
	} {
		if got := r.String(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if r.At("signed_in") != nil {
		t.Errorf("nobody is signed in: %s", r.Body)
	}
}

func TestT5TheLanguageOfTheInvitationIsThePersonsUntilTheyChoose(t *testing.T) {
	g := invited(t)
	profile := map[string]any{"language": "en", "zone": "America/Lima", "time_format": "12h", "country": "PE"}
	r := g.ask(g.Anonymous(), "accept", "password", testkit.Password, "name", "Lucía Ortega", "profile", profile).OK()
	me := g.Bearer(r.String("token")).Get(g.Path("/sessions/current")).OK()
	for field, want := range profile {
		if got := me.String("identity.profile." + field); got != want {
			t.Errorf("%s: got %q, want %q", field, got, want)
		}
	}
	if me.String("identity.name") != "Lucía Ortega" || me.String("identity.profile.chosen") != "true" {
		t.Errorf("name or choice lost: %s", me.Body)
	}
	g.ask(g.Anonymous(), "accept", "password", testkit.Password, "profile", map[string]any{"zone": "Mars/Base"}).Problem(409, "invitation_accepted")
	other := invitedOf(g.World, "pepe@client.example")
	refused := other.ask(g.Anonymous(), "accept", "password", testkit.Password, "profile", map[string]any{"zone": "Mars/Base"}).Problem(422, "zone_unknown")
	if refused.String("errors.0.name") != "profile.zone" || refused.String("errors.0.code") != "zone_unknown" {
		t.Errorf("the field is not named: %s", refused.Body)
	}
}

func TestPasswordsAreRefusedWithTheFieldAndTheReason(t *testing.T) {
	g := invited(t)
	for password, code := range map[string]string{
		"":                                     "password_too_short",
		"only 14 chars!":                       "password_too_short",
		strings.Repeat("long and longer ", 30): "password_too_long",
		"passwordpassword":                     "password_common",
		"Garrigues Vega 2026":                  "password_context",
		lucia:                                  "password_context",
		"abcabcabcabcabcabc":                   "password_repetitive",
	} {
		r := g.ask(g.Anonymous(), "accept", "password", password).Problem(422, code)
		if r.String("errors.0.name") != "password" || r.String("errors.0.code") != code {
			t.Errorf("%q: %s", password, r.Body)
		}
		if password != "" && bytes.Contains(r.Body, []byte(password)) {
			t.Errorf("the password is in the answer: %s", r.Body)
		}
	}
	if g.state() != "pending" {
		t.Error("a bad password spent the invitation")
	}
}
