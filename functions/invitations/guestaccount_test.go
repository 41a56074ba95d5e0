package invitations_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

func TestTwoDevicesMakeOneMemberAndTheSecondLearnsWhereToGo(t *testing.T) {
	g := invited(t)
	g.ask(g.Anonymous(), "open").OK()
	g.ask(g.Anonymous(), "open").OK()
	g.enter()
	g.ask(g.Anonymous(), "accept", "password", "another good password 8").Problem(409, "invitation_accepted")
	r := g.ask(g.Anonymous(), "open").OK()
	if r.String("state") != "accepted" || r.String("portal_url") == "" || g.members() != 1 {
		t.Errorf("after the first device: %s", r.Body)
	}
	g.Anonymous().Post(g.Path("/sessions"), map[string]any{"address": lucia, "password": "another good password 8"}).Problem(401, "sign_in_failed")
}

func TestADoubleSubmitGivesTheSameSessionWithANewSecretAndKillsTheFormer(t *testing.T) {
	g := invited(t)
	c := g.Anonymous().With("Idempotency-Key", "one-intent")
	first := g.ask(c, "accept", "password", testkit.Password).OK()
	again := g.ask(c, "accept", "password", testkit.Password).OK()
	if first.String("session") != again.String("session") || first.String("token") == again.String("token") || again.String("token") == "" {
		t.Errorf("first %s\nagain %s", first.Body, again.Body)
	}
	g.Bearer(first.String("token")).Get(g.Path("/sessions/current")).Problem(401, "sign_in_required")
	g.Bearer(again.String("token")).Get(g.Path("/sessions/current")).OK()
	g.ask(c, "accept", "password", "another good password 8").Problem(422, "idempotency_key_reused")
	if g.members() != 1 {
		t.Error("not one member")
	}
	g.Bearer(again.String("token")).Delete(g.Path("/sessions")).OK()
	g.ask(c, "accept", "password", testkit.Password).Problem(409, "sign_in_first")
}

func TestABrowserGetsACookieAndNoTokenInTheBody(t *testing.T) {
	g := invited(t)
	b := g.Browser()
	r := g.ask(b, "accept", "password", testkit.Password, "cookie", true).OK()
	set := r.Header.Get("Set-Cookie")
	if r.At("token") != nil || !strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Strict") {
		t.Errorf("cookie %q, body %s", set, r.Body)
	}
	b.Get(g.Path("/sessions/current")).OK()
}

func TestTheWrongAccountSpendsNothing(t *testing.T) {
	g := invited(t)
	pepe := invitedOf(g.World, "pepe@client.example").enter()
	r := g.ask(pepe, "open").OK()
	if r.String("signed_in.address") != "pepe@client.example" || r.At("signed_in.same") != false {
		t.Errorf("open: %s", r.Body)
	}
	g.ask(pepe, "accept").Problem(409, "signed_in_as_other")
	g.ask(pepe, "accept", "password", testkit.Password).Problem(409, "signed_in_as_other")
	g.ask(g.Admin, "accept", "password", testkit.Password).Problem(409, "signed_in_as_other")
	if g.state() != "pending" || g.members() != 1 {
		t.Error("something was spent")
	}
	pepe.Delete(g.Path("/sessions/current")).OK()
	g.ask(pepe, "accept", "password", testkit.Password).OK()
	if g.members() != 2 {
		t.Error("the invited person is not in")
	}
}

func TestAnAddressWithAPasswordAcceptsBySigningInAndKeepsIt(t *testing.T) {
	g := invited(t)
	g.enter()
	acme := g.Admin.Post(g.Path("/accounts"), map[string]any{"name": "Acme"}).OK()
	made := g.Admin.Post(g.Path("/invitations"), map[string]any{"portal": g.Portal, "lines": []any{
		map[string]any{"address": lucia, "account": acme.String("id")}}}).OK()
	if v := made.String("lines.0.verdict"); v != "offered" {
		t.Fatalf("verdict %s", v)
	}
	g.Settle()
	second := invitee{g.World, lucia, g.TokenIn(g.LastMailTo(lucia))}
	seen := second.ask(g.Anonymous(), "open").OK()
	if seen.At("has_identity") != true || seen.String("accounts.0") != "Acme" {
		t.Errorf("open: %s", seen.Body)
	}
	second.ask(g.Anonymous(), "accept", "password", "another good password 8").Problem(409, "sign_in_first")
	second.ask(g.Anonymous(), "accept").Problem(409, "sign_in_first")
	in := g.Anonymous().Post(g.Path("/sessions"), map[string]any{"address": lucia, "password": testkit.Password}).OK()
	me := g.Bearer(in.String("token"))
	if r := second.ask(me, "open").OK(); r.At("signed_in.same") != true {
		t.Errorf("open signed in: %s", r.Body)
	}
	key := me.With("Idempotency-Key", "intent")
	r := second.ask(key, "accept").OK()
	who := g.Bearer(r.String("token")).Get(g.Path("/sessions/current")).OK()
	if who.String("grant.account.name") != "Acme" || who.Len("grants") != 2 {
		t.Errorf("signed in to: %s", who.Body)
	}
	// A repeat is answered to whoever is signed in, and to nobody else.
	second.ask(g.Anonymous().With("Idempotency-Key", "intent"), "accept").Problem(409, "sign_in_first")
	again := second.ask(key, "accept").OK()
	g.Bearer(r.String("token")).Get(g.Path("/sessions/current")).Problem(401, "sign_in_required")
	g.Bearer(again.String("token")).Get(g.Path("/sessions/current")).OK()
	g.Anonymous().Post(g.Path("/sessions"), map[string]any{"address": lucia, "password": testkit.Password}).OK()
}

func TestZ17AnInvitationToStaffLeadsToTheConsole(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "berta@firm.example", "level": "admin"}).OK()
	w.Settle()
	g := invitee{w, "berta@firm.example", w.TokenIn(w.LastMailTo("berta@firm.example"))}
	if r := g.ask(w.Anonymous(), "open").OK(); r.String("kind") != "staff" || r.String("level") != "admin" || r.At("portal") != nil {
		t.Errorf("open: %s", r.Body)
	}
	r := g.ask(w.Anonymous(), "accept", "password", testkit.Password, "name", "Berta").OK()
	if r.String("home") != "console" || r.At("portal") != nil {
		t.Errorf("accept: %s", r.Body)
	}
	berta := w.Bearer(r.String("token"))
	if who := berta.Get(w.Path("/sessions/current")).OK(); who.String("identity.level") != "admin" {
		t.Errorf("level: %s", who.Body)
	}
	// Two admins now: one of them can leave, the last cannot.
	me := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
	berta.Patch(w.Path("/staff/"+me), map[string]any{"level": "none"}).OK()
	berta.Patch(w.Path("/staff/"+r.String("identity")), map[string]any{"level": "member"}).Problem(409, "last_admin")
}

func TestAGrantThatMayNotBeEnteredYetIsAcceptedWithoutASession(t *testing.T) {
	g := invited(t)
	item := g.Admin.Get(g.Path("/invitations?state=pending")).OK().String("items.0.id")
	full := g.Admin.Get(g.Path("/invitations/" + item)).OK()
	account, contact := full.String("accounts.0.id"), ""
	people := g.Admin.Get(g.Path("/accounts/" + account)).OK()
	contact = people.String("grants.0.contact.id")
	if contact == "" {
		contact = people.String("grants.0.contact")
	}
	g.Admin.Patch(g.Path(""), map[string]any{"settings": map[string]any{"support_dates": true}}).OK()
	g.Admin.Patch(g.Path(fmt.Sprintf("/accounts/%s/contacts/%s/grants/%s", account, contact, g.Portal)), map[string]any{"from": "2026-12-01"}).OK()
	r := g.ask(g.Anonymous(), "accept", "password", testkit.Password).OK()
	if r.String("state") != "accepted" || r.At("session") != nil || r.At("token") != nil {
		t.Errorf("accept: %s", r.Body)
	}
	g.Advance(9 * 24 * time.Hour)
	g.Anonymous().Post(g.Path("/sessions"), map[string]any{"address": lucia, "password": testkit.Password}).OK()
}

func TestWhoHasAPasswordAndNoWayInAcceptsWithThatPassword(t *testing.T) {
	g := invited(t)
	me := g.enter().Get(g.Path("/sessions/current")).OK()
	grant := fmt.Sprintf("/accounts/%s/contacts/%s/grants/%s", me.String("grant.account.id"), me.String("grant.contact.id"), g.Portal)
	g.Admin.Patch(g.Path(grant), map[string]any{"sign_in": false}).OK()
	acme := g.Admin.Post(g.Path("/accounts"), map[string]any{"name": "Acme"}).OK()
	g.Admin.Post(g.Path("/invitations"), map[string]any{"portal": g.Portal, "lines": []any{map[string]any{"address": lucia, "account": acme.String("id")}}}).OK()
	g.Settle()
	second := invitee{g.World, lucia, g.TokenIn(g.LastMailTo(lucia))}
	g.Anonymous().Post(g.Path("/sessions"), map[string]any{"address": lucia, "password": testkit.Password}).Problem(403, "access_off")
	second.ask(g.Anonymous(), "accept", "password", testkit.Password).Problem(409, "sign_in_first")
	second.ask(g.Anonymous(), "accept", "password", "another good password 8", "sign_in", true).Problem(401, "sign_in_failed")
	second.ask(g.Anonymous(), "accept", "sign_in", true).Problem(401, "sign_in_failed")
	for range 8 {
		second.ask(g.Anonymous(), "accept", "password", "another good password 8", "sign_in", true).Problem(401, "sign_in_failed")
	}
	second.ask(g.Anonymous(), "accept", "password", testkit.Password, "sign_in", true).Problem(429, "too_many_requests")
	g.Advance(15 * time.Minute)
	r := second.ask(g.Anonymous(), "accept", "password", testkit.Password, "sign_in", true).OK()
	who := g.Bearer(r.String("token")).Get(g.Path("/sessions/current")).OK()
	if who.String("grant.account.name") != "Acme" {
		t.Errorf("signed in to: %s", who.Body)
	}
}

func TestSignInIsNoWayRoundThePasswordRulesForSomebodyNew(t *testing.T) {
	g := invited(t)
	g.ask(g.Anonymous(), "accept", "password", "short", "sign_in", true).Problem(409, "no_password_yet")
	if g.state() != "pending" {
		t.Error("spent")
	}
}
