package contacts_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

// supports turns the feature on or off.
func supports(w *testkit.World, on bool) {
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"support_dates": on}}).OK()
}

func support(fields ...any) map[string]any {
	s := map[string]any{}
	for n := 0; n < len(fields); n += 2 {
		s[fields[n].(string)] = fields[n+1]
	}
	return map[string]any{"support": s}
}

func TestD1SupportIsHiddenUntilTheWorkspaceTurnsItOn(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")
	id := contact(w, map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one}})
	path, grants := w.Path("/contacts/"+id), w.Path("/accounts/"+one+"/contacts/"+id+"/grants")
	if r := w.Admin.Get(w.Path("")).OK(); r.At("settings.support_dates") != false {
		t.Fatalf("on from the start: %s", r.Body)
	}
	off := func() {
		t.Helper()
		w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Luz", "accounts": []any{one}, "support": map[string]any{"portal_user": true}}).Problem(422, "support_dates_off")
		w.Admin.Patch(path, support("until", "2026-12-31")).Problem(422, "support_dates_off")
		w.Admin.Patch(path, support()).Problem(422, "support_dates_off")
		w.Admin.Patch(grants+"/"+w.Portal, map[string]any{"until": "2026-12-31"}).Problem(422, "support_dates_off")
		if r := w.Admin.Get(path).OK(); r.At("support") != nil {
			t.Errorf("%s", r.Body)
		}
		if r := w.Admin.Get(grants + "/" + w.Portal).OK(); r.At("until") != nil || r.At("from") != nil {
			t.Errorf("%s", r.Body)
		}
	}
	w.Admin.Post(grants, map[string]any{"portal": w.Portal}).OK()
	w.Admin.Post(grants, map[string]any{"portal": w.Portal, "from": "2026-12-01"}).Problem(422, "support_dates_off")
	off()
	if r := w.Admin.Get(w.Path("/contacts")).OK(); r.Len("items") != 1 {
		t.Fatalf("something was made all the same: %s", r.Body)
	}
	supports(w, true)
	if r := w.Admin.Patch(path, support("until", "2026-12-31")).OK(); r.String("support.until") != "2026-12-31" || r.At("support.portal_user") != nil {
		t.Fatalf("%s", r.Body)
	}
	if r := w.Admin.Get(path).OK(); r.String("support.until") != "2026-12-31" || r.At("support.portal_user") != true {
		t.Fatalf("%s", r.Body)
	}
	if r := w.Admin.Get(grants + "/" + w.Portal).OK(); r.String("until") != "2026-12-31" {
		t.Fatalf("the grant does not have the dates: %s", r.Body)
	}
	supports(w, false)
	off()
}

func TestD1APortalUserIsMadeWithTheContact(t *testing.T) {
	w := testkit.New(t)
	supports(w, true)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	create := func(body map[string]any) testkit.Response { return w.Admin.Post(w.Path("/contacts"), body) }

	r := create(map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one, two},
		"support": map[string]any{"portal_user": true, "from": "2026-11-24", "until": "2026-11-25"}}).OK()
	if r.At("support.portal_user") != true || r.String("support.from") != "2026-11-24" {
		t.Fatalf("%s", r.Body)
	}
	for _, a := range []string{one, two} {
		g := w.Admin.Get(w.Path("/accounts/" + a + "/contacts/" + r.String("id") + "/grants/" + w.Portal)).OK()
		if g.String("state") != "granted" || g.String("role") != w.Role || g.String("from") != "2026-11-24" || g.String("until") != "2026-11-25" {
			t.Errorf("%s", g.Body)
		}
	}
	w.Settle()
	if len(w.MailTo(eva)) != 0 {
		t.Error("something was sent")
	}
	t.Run("off by default, and nothing is granted by that", func(t *testing.T) {
		id := contact(w, map[string]any{"name": "Luz", "accounts": []any{one}, "support": map[string]any{"until": "2026-12-31"}})
		w.Admin.Get(w.Path("/accounts/"+one+"/contacts/"+id+"/grants/"+w.Portal)).Problem(404, "not_found")
		if r := w.Admin.Get(w.Path("/contacts/" + id)).OK(); r.At("support.portal_user") != false || r.String("support.until") != "2026-12-31" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("what is refused makes nothing", func(t *testing.T) {
		before := w.Count(w.Path("/contacts"))
		for code, body := range map[string]map[string]any{
			"portal_user_without_account": {"name": "X", "support": map[string]any{"portal_user": true}},
			"portal_unknown":              {"name": "X", "accounts": []any{one}, "support": map[string]any{"portal_user": true, "portal": "por_01jd0h5m3w8q4v9x2c6k7n1t5z"}},
			"dates_reversed":              {"name": "X", "support": map[string]any{"from": "2026-12-02", "until": "2026-12-01"}},
			"date_malformed":              {"name": "X", "support": map[string]any{"from": "tomorrow"}},
			"invalid":                     {"name": "X", "support": map[string]any{"sign_in": true}},
		} {
			create(body).Problem(422, code)
		}
		w.Admin.Post(w.Path("/portals"), map[string]any{"title": "Another"}).OK()
		create(map[string]any{"name": "X", "accounts": []any{one}, "support": map[string]any{"portal_user": true}}).Problem(422, "portal_unknown")
		if after := w.Count(w.Path("/contacts")); after != before {
			t.Errorf("%d contacts more", after-before)
		}
	})
}

func TestD1OutsideTheDatesSignInAndEveryRequestAreRefusedWithTheReason(t *testing.T) {
	w := testkit.New(t)
	supports(w, true)
	one := account(w, "Bodegas Sol")
	id := contact(w, map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one}, "zone": "Atlantic/Canary", "support": map[string]any{"until": "2026-11-24"}})
	if v := invite(w, map[string]any{"contact": id}); v != "invited" {
		t.Fatal(v)
	}
	client := w.AcceptMailed(eva, testkit.Password)
	ask := func() testkit.Response { return client.Get(w.Path("/sessions/current")) }
	enter := func() testkit.Response {
		return w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password})
	}
	set := func(fields ...any) { w.Admin.Patch(w.Path("/contacts/"+id), support(fields...)).OK() }

	ask().OK()                                                    // the invitation took the contact's dates along
	w.Clock.Set(time.Date(2026, 11, 24, 23, 59, 59, 0, time.UTC)) // the islands are on UTC in winter, the firm is an hour ahead
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	client = w.SignIn(eva, testkit.Password)
	ask().OK()
	w.Advance(time.Second)
	ask().Problem(403, "access_ended")
	enter().Problem(403, "access_ended")
	t.Run("a day more, and the very session goes on", func(t *testing.T) {
		set("until", "2026-11-25")
		ask().OK()
	})
	t.Run("a first day that is to come", func(t *testing.T) {
		set("from", "2026-11-26", "until", "")
		ask().Problem(403, "access_not_yet")
		enter().Problem(403, "access_not_yet")
		w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": eva, "password": "not the password"}).Problem(401, "sign_in_failed")
	})
	t.Run("dates count while the feature is off", func(t *testing.T) {
		supports(w, false)
		ask().Problem(403, "access_not_yet")
		supports(w, true)
		set("from", "")
		ask().OK()
	})
	t.Run("the switch off ends the sessions, on again lets in", func(t *testing.T) {
		set("portal_user", false)
		ask().Problem(401, "sign_in_required")
		enter().Problem(403, "access_off")
		set("portal_user", true)
		ask().Problem(401, "sign_in_required")
		enter().OK()
	})
	t.Run("staff of level member see and do not set it", func(t *testing.T) {
		w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "luis@firm.example", "level": "member"}).OK()
		w.Settle()
		luis := w.AcceptMailed("luis@firm.example", testkit.Password)
		luis.Patch(w.Path("/contacts/"+id), support("portal_user", true)).Problem(403, "not_allowed")
		if r := luis.Get(w.Path("/contacts/" + id)).OK(); r.At("support.portal_user") != true {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("it is in the trail", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + id)).OK()
		if !strings.Contains(string(r.Body), `"after":{"portal_user":"true"}`) || !strings.Contains(string(r.Body), `"after":{"changed":"support_from"}`) {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestD1APortalUserIsSentTheirWayInWhereTheWorkspaceSaysSo(t *testing.T) {
	w := testkit.New(t)
	supports(w, true)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	id := contact(w, map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one, two}})
	luz := contact(w, map[string]any{"name": "Luz", "accounts": []any{one}})
	set := func(who string, body map[string]any) testkit.Response {
		t.Helper()
		r := w.Admin.Patch(w.Path("/contacts/"+who), body).OK()
		w.Settle()
		return r
	}
	if r := set(id, support("portal_user", true)); r.At("support.sent") != nil || len(w.MailTo(eva)) != 0 {
		t.Fatalf("nothing was to be sent: %s", r.Body)
	}
	set(id, support("portal_user", false))
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"switch_sends": true}}).OK()

	t.Run("to all accounts, by one invitation", func(t *testing.T) {
		if r := set(id, support("portal_user", true, "until", "2026-12-31")); r.String("support.sent.verdict") != "sent" {
			t.Fatalf("%s", r.Body)
		}
		if n := len(w.MailTo(eva)); n != 1 {
			t.Fatalf("%d mails", n)
		}
		for _, a := range []string{one, two} {
			if g := w.Admin.Get(w.Path("/accounts/" + a + "/contacts/" + id + "/grants/" + w.Portal)).OK(); g.String("state") != "invited" || g.String("until") != "2026-12-31" {
				t.Errorf("%s", g.Body)
			}
		}
		w.AcceptMailed(eva, testkit.Password).Get(w.Path("/sessions/current")).OK()
	})
	t.Run("who accepted once is let in again, and sent nothing", func(t *testing.T) {
		set(id, support("portal_user", false))
		if r := set(id, support("portal_user", true)); r.At("support.sent") != nil || len(w.MailTo(eva)) != 1 {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("who cannot be mailed is a portal user all the same, and it is said", func(t *testing.T) {
		if r := set(luz, support("portal_user", true)); r.String("support.sent.code") != "contact_without_address" {
			t.Errorf("%s", r.Body)
		}
		if r := w.Admin.Get(w.Path("/contacts/" + luz)).OK(); r.At("support.portal_user") != true {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("with another address it is switched on, and sent later", func(t *testing.T) {
		set(luz, support("portal_user", false))
		r := set(luz, map[string]any{"address": "luz@client.example", "support": map[string]any{"portal_user": true}})
		if r.String("support.sent.verdict") != "not_sent" || len(w.MailTo("luz@client.example")) != 0 {
			t.Errorf("%s", r.Body)
		}
		set(luz, support("portal_user", false))
		if r := set(luz, support("portal_user", true)); r.String("support.sent.verdict") != "sent" || len(w.MailTo("luz@client.example")) != 1 {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("B11 by the identifier of the firm's own system as well", func(t *testing.T) {
		mia := contact(w, map[string]any{"name": "Mia", "address": "mia@client.example", "accounts": []any{one}, "external_id": "crm-9"})
		r := w.Admin.Put(w.Path("/external/contacts/crm-9"), support("portal_user", true)).OK()
		w.Settle()
		if r.String("id") != mia || r.String("support.sent.verdict") != "sent" || len(w.MailTo("mia@client.example")) != 1 {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("who has no access yet is granted it and sent it", func(t *testing.T) {
		leo := contact(w, map[string]any{"name": "Leo", "address": "leo@client.example", "accounts": []any{one}})
		if r := set(leo, support("portal_user", true)); r.String("support.sent.verdict") != "sent" || len(w.MailTo("leo@client.example")) != 1 {
			t.Errorf("%s", r.Body)
		}
	})
}
