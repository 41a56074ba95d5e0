package sessions_test

import (
	"strings"
	"testing"

	"portero/functions"
	"portero/shared/contract"
	"portero/shared/testkit"
)

// TestT9NothingOfOneAccountIsVisibleInAnother asks every row as somebody who
// belongs to two accounts and stands in one of them, about the other: what is
// answered is the person's own, and of the other account only its name, in the
// switcher.
func TestT9NothingOfOneAccountIsVisibleInAnother(t *testing.T) {
	w := testkit.New(t)
	c, to := twoAccounts(t, w)
	other := to["account"].(string)
	secret := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Somebody Else", "address": "else@client.example", "accounts": []any{other}}).OK().String("id")
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"contact": secret, "account": other}}}).OK()
	w.Settle()
	colleague := w.AcceptMailed("else@client.example", testkit.Password)
	theirs := colleague.Get(w.Path("/sessions/current")).OK()
	names := strings.NewReplacer("{workspace}", w.Workspace, "{account}", other, "{contact}", secret, "{portal}", w.Portal, "{role}", w.Role,
		"{session}", theirs.String("session.id"), "{identity}", theirs.String("identity.id"), "{invitation}", w.Admin.Get(w.Path("/invitations?address=else")).OK().String("items.0.id"),
		"{external_id}", "crm-1")
	words := []string{secret, "Somebody Else", "else@client.example", theirs.String("identity.id"), theirs.String("session.id")}
	here := c.Get(w.Path("/sessions/current")).OK()
	asked := 0
	for _, row := range functions.Rows() {
		e, ok := row.(contract.Endpoint)
		if !ok || e.Auth != contract.Session || e.Method != "GET" {
			continue
		}
		asked++
		r := c.Get(names.Replace(e.Path))
		if r.Status < 300 && !strings.HasPrefix(string(e.Needs), "own.") {
			t.Errorf("%s answers a client: %d", e.Name, r.Status)
		}
		for _, word := range words {
			if strings.Contains(string(r.Body), word) {
				t.Errorf("%s shows %s of the other account: %s", e.Name, word, r.Body)
			}
		}
		if strings.Contains(string(r.Body), other) && e.Name != "sessions/get" {
			t.Errorf("%s speaks of the other account: %s", e.Name, r.Body)
		}
	}
	if asked < 15 {
		t.Errorf("only %d rows were asked", asked)
	}
	if here.String("grant.account.id") == other || here.Len("grants") != 2 {
		t.Fatalf("%s", here.Body)
	}

	t.Run("access to one ends without the other's", func(t *testing.T) {
		grants := "/accounts/" + here.String("grant.account.id") + "/contacts/" + here.String("grant.contact.id") + "/grants/" + w.Portal
		w.Admin.Patch(w.Path(grants), map[string]any{"sign_in": false}).OK()
		c.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		now := w.SignIn(eva, testkit.Password).Get(w.Path("/sessions/current")).OK()
		if now.String("grant.account.id") != other {
			t.Errorf("%s", now.Body)
		}
		colleague.Get(w.Path("/sessions/current")).OK()
	})
	t.Run("the token of one does not open the other", func(t *testing.T) {
		w.Admin.Patch(w.Path("/accounts/"+here.String("grant.account.id")+"/contacts/"+here.String("grant.contact.id")+"/grants/"+w.Portal), map[string]any{"sign_in": true}).OK()
		in := w.SignIn(eva, testkit.Password)
		first := in.Get(w.Path("/sessions/current")).OK().String("grant.account.id")
		to := map[string]any{"account": other, "contact": to["contact"], "portal": w.Portal}
		if first == other {
			to["account"] = here.String("grant.account.id")
		}
		in.Post(w.Path("/sessions/current/switch"), to).OK()
		if now := in.Get(w.Path("/sessions/current")); now.Status == 200 && now.String("grant.account.id") != first {
			t.Errorf("the former token is of the other account: %s", now.Body)
		}
	})
}
