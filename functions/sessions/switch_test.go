package sessions_test

import (
	"testing"

	"portero/shared/testkit"
)

// twoAccounts returns Eva, who is a client of two accounts, signed in for the
// first; and the second grant as switching names it.
func twoAccounts(t *testing.T, w *testkit.World) (*testkit.Client, map[string]any) {
	t.Helper()
	one := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bodegas Sol"}).OK().String("id")
	two := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Casa Sol"}).OK().String("id")
	contact := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one, two}}).OK().String("id")
	lines := []any{map[string]any{"contact": contact, "account": one}, map[string]any{"contact": contact, "account": two}}
	r := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": lines}).OK()
	if r.String("lines.0.verdict") != "invited" || r.String("lines.1.verdict") != "added_to_open" {
		t.Fatalf("%s", r.Body)
	}
	w.Settle()
	c := w.AcceptMailed(eva, testkit.Password)
	now := c.Get(w.Path("/sessions/current")).OK()
	if now.Len("grants") != 2 {
		t.Fatalf("%s", now.Body)
	}
	other := two
	if now.String("grant.account.id") == two {
		other = one
	}
	return c, map[string]any{"account": other, "contact": contact, "portal": w.Portal}
}

func TestT9SomebodyOfTwoAccountsSwitches(t *testing.T) {
	w := testkit.New(t)
	c, to := twoAccounts(t, w)
	keyed := c.With("Idempotency-Key", "switch-1")
	r := keyed.Post(w.Path("/sessions/current/switch"), to).OK()
	next := w.Bearer(r.String("token"))
	if now := next.Get(w.Path("/sessions/current")).OK(); now.String("grant.account.id") != to["account"] || now.String("session.id") != r.String("session") {
		t.Fatalf("%s", now.Body)
	}

	t.Run("B2 a repeat gives the same session another token, and the former is dead", func(t *testing.T) {
		again := keyed.Post(w.Path("/sessions/current/switch"), to).OK()
		if again.String("session") != r.String("session") || again.String("token") == r.String("token") || again.String("token") == "" {
			t.Fatalf("%s", again.Body)
		}
		next.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		next = w.Bearer(again.String("token"))
		next.Get(w.Path("/sessions/current")).OK()
	})
	t.Run("the session before ends", func(t *testing.T) {
		c.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		next.Get(w.Path("/sessions/current")).OK()
	})
	t.Run("what is not theirs is not there", func(t *testing.T) {
		foreign := map[string]any{"account": to["account"], "contact": "con_01jd0h5m3w8q4v9x2c6k7n1t5z", "portal": w.Portal}
		next.Post(w.Path("/sessions/current/switch"), foreign).Problem(404, "not_found")
		w.Admin.Post(w.Path("/sessions/current/switch"), to).Problem(404, "not_found")
		next.Post(w.Path("/sessions/current/switch"), map[string]any{"account": "nonsense", "contact": "con_", "portal": ""}).Problem(422, "id_malformed")
	})
	t.Run("a browser gets the new cookie", func(t *testing.T) {
		b := w.Browser()
		b.Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password, "cookie": true}).OK()
		body := map[string]any{"account": to["account"], "contact": to["contact"], "portal": w.Portal, "cookie": true}
		if r := b.Post(w.Path("/sessions/current/switch"), body).OK(); r.At("token") != nil {
			t.Fatalf("%s", r.Body)
		}
		if now := b.Get(w.Path("/sessions/current")).OK(); now.String("grant.account.id") != to["account"] {
			t.Fatalf("%s", now.Body)
		}
	})
	t.Run("one that is switched off says so, and another role ends the session", func(t *testing.T) {
		b := w.Bearer(signIn(w, w.Anonymous(), eva, testkit.Password).OK().String("token"))
		path := w.Path("/accounts/" + to["account"].(string) + "/contacts/" + to["contact"].(string) + "/grants/" + w.Portal)
		w.Admin.Patch(path, map[string]any{"sign_in": false}).OK()
		b.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required") // switching off ends all sessions
		b = w.Bearer(signIn(w, w.Anonymous(), eva, testkit.Password).OK().String("token"))
		b.Post(w.Path("/sessions/current/switch"), to).Problem(403, "access_off")
	})
}
