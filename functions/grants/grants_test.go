package grants_test

import (
	"strings"
	"testing"

	"portero/shared/testkit"
)

const eva = "eva@client.example"

// card makes an account with one contact and returns both.
func card(w *testkit.World) (account, contact string) {
	account = w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bodegas Sol"}).OK().String("id")
	contact = w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{account}}).OK().String("id")
	return account, contact
}

// dated turns support dates on (row D1).
func dated(w *testkit.World) {
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"support_dates": true}}).OK()
}

func TestT3AccessIsGrantedWithoutSendingAnything(t *testing.T) {
	w := testkit.New(t)
	dated(w)
	account, contact := card(w)
	grants := w.Path("/accounts/" + account + "/contacts/" + contact + "/grants")
	r := w.Admin.Post(grants, map[string]any{"portal": w.Portal, "until": "2026-12-31"}).OK()
	if r.Status != 201 || r.String("state") != "granted" || r.String("role") != w.Role || r.String("owner.address") != testkit.AdminAddress ||
		r.String("until") != "2026-12-31" || r.At("from") != nil || r.At("sign_in") != true {
		t.Fatalf("%s", r.Body)
	}
	w.Settle()
	if len(w.MailTo(eva)) != 0 {
		t.Fatal("something was sent")
	}
	w.Admin.Post(grants, map[string]any{"portal": w.Portal}).Problem(409, "already_granted")

	t.Run("and is sent later, with the same terms", func(t *testing.T) {
		r := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"contact": contact}}}).OK()
		if r.String("lines.0.verdict") != "invited" {
			t.Fatalf("%s", r.Body)
		}
		w.Settle()
		w.AcceptMailed(eva, testkit.Password)
		if r := w.Admin.Get(grants + "/" + w.Portal).OK(); r.String("state") != "active" || r.String("until") != "2026-12-31" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		other := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Casa Sol"}).OK().String("id")
		w.Admin.Post(w.Path("/accounts/"+other+"/contacts/"+contact+"/grants"), map[string]any{"portal": w.Portal}).Problem(422, "contact_unknown")
		w.Admin.Post(w.Path("/accounts/"+account+"/contacts/con_01jd0h5m3w8q4v9x2c6k7n1t5z/grants"), map[string]any{"portal": w.Portal}).Problem(404, "not_found")
		w.Admin.Post(grants, map[string]any{"portal": "por_01jd0h5m3w8q4v9x2c6k7n1t5z"}).Problem(422, "portal_unknown")
		w.Admin.Post(grants, map[string]any{"portal": w.Portal, "until": "2026-02-30"}).Problem(422, "date_malformed")
	})
}

func TestZ11TheOwnerIsTheInviterAndCanBeChanged(t *testing.T) {
	w := testkit.New(t)
	w.Invite(eva)
	client := w.AcceptMailed(eva, testkit.Password)
	now := client.Get(w.Path("/sessions/current")).OK()
	path := w.Path("/accounts/" + now.String("grant.account.id") + "/contacts/" + now.String("grant.contact.id") + "/grants/" + w.Portal)
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "luis@firm.example", "level": "member"}).OK()
	w.Settle()
	luis := w.AcceptMailed("luis@firm.example", testkit.Password)
	who := luis.Get(w.Path("/sessions/current")).OK().String("identity.id")

	if r := w.Admin.Get(path).OK(); r.String("owner.address") != testkit.AdminAddress {
		t.Fatalf("%s", r.Body)
	}
	if r := w.Admin.Patch(path, map[string]any{"owner": who}).OK(); r.String("owner.id") != who {
		t.Fatalf("%s", r.Body)
	}
	if r := client.Get(w.Path("/sessions/current")).OK(); r.String("grant.owner.address") != "luis@firm.example" {
		t.Fatalf("%s", r.Body)
	}
	t.Run("only staff can own", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"owner": now.String("identity.id")}).Problem(422, "owner_unknown")
		w.Admin.Patch(path, map[string]any{"owner": "idn_01jd0h5m3w8q4v9x2c6k7n1t5z"}).Problem(422, "owner_unknown")
		luis.Patch(path, map[string]any{"owner": who}).Problem(403, "not_allowed")
		luis.Get(path).OK()
	})
	t.Run("it falls to the default owner when that person leaves", func(t *testing.T) {
		w.Admin.Patch(w.Path("/staff/"+who), map[string]any{"level": "none"}).OK()
		if r := client.Get(w.Path("/sessions/current")).OK(); r.String("grant.owner.address") != testkit.AdminAddress {
			t.Fatalf("%s", r.Body)
		}
	})
}

func TestZ12AnotherRoleEndsSessionsAndSwitchesAreKept(t *testing.T) {
	w := testkit.New(t)
	dated(w)
	w.Invite(eva)
	client := w.AcceptMailed(eva, testkit.Password)
	now := client.Get(w.Path("/sessions/current")).OK()
	path := w.Path("/accounts/" + now.String("grant.account.id") + "/contacts/" + now.String("grant.contact.id") + "/grants/" + w.Portal)
	role := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	second := w.Admin.Post(w.Path("/portals"), map[string]any{"title": "Another"}).OK()

	t.Run("T2 notify and email sync end nothing", func(t *testing.T) {
		if r := w.Admin.Patch(path, map[string]any{"notify": false, "email_sync": true}).OK(); r.At("notify") != false || r.At("email_sync") != true || r.At("sign_in") != true {
			t.Fatalf("%s", r.Body)
		}
		client.Get(w.Path("/sessions/current")).OK()
	})
	t.Run("another role counts from the next request on", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"role": role}).OK()
		client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		client = w.SignIn(eva, testkit.Password)
		if r := client.Get(w.Path("/sessions/current")).OK(); r.String("grant.role.name") != "Supplier" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("so does the sign-in switch, and switching it on again revives no session", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"sign_in": false}).OK()
		client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		w.Admin.Patch(path, map[string]any{"sign_in": true}).OK()
		client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		client = w.SignIn(eva, testkit.Password)
	})
	t.Run("so does the last day", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"until": "2026-11-22"}).OK()
		client.Get(w.Path("/sessions/current")).Problem(403, "access_ended")
		w.Admin.Patch(path, map[string]any{"until": ""}).OK()
		client.Get(w.Path("/sessions/current")).OK() // the date was wrong, nobody was sent away
	})
	t.Run("what is refused", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"role": second.String("default_role")}).Problem(422, "role_unknown")
		w.Admin.Patch(path, map[string]any{"from": "2026-12-02", "until": "2026-12-01"}).Problem(422, "dates_reversed")
		w.Admin.Patch(path, map[string]any{"from": "soon"}).Problem(422, "date_malformed")
		w.Admin.Patch(path, map[string]any{"identity": "x"}).Problem(422, "invalid")
		w.Admin.Get(strings.Replace(path, w.Portal, "por_01jd0h5m3w8q4v9x2c6k7n1t5z", 1)).Problem(404, "not_found")
		w.Admin.Patch(w.Path("/accounts/acc_01jd0h5m3w8q4v9x2c6k7n1t5z/contacts/con_01jd0h5m3w8q4v9x2c6k7n1t5z/grants/"+w.Portal), map[string]any{"notify": true}).Problem(404, "not_found")
	})
	t.Run("B4 each is in the trail, with what was before", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + now.String("grant.contact.id"))).OK()
		found := false
		for i := range r.Len("items") {
			at := "items." + string(rune('0'+i)) + "."
			found = found || r.String(at+"action") == "grant.changed" && r.String(at+"before.role") == w.Role && r.String(at+"after.role") == role
		}
		if !found {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestAccessIsGrantedWithARoleAndAnOwner(t *testing.T) {
	w := testkit.New(t)
	account, contact := card(w)
	role := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "luis@firm.example", "level": "member"}).OK()
	w.Settle()
	luis := w.AcceptMailed("luis@firm.example", testkit.Password).Get(w.Path("/sessions/current")).OK().String("identity.id")
	grants := w.Path("/accounts/" + account + "/contacts/" + contact + "/grants")
	r := w.Admin.Post(grants, map[string]any{"portal": w.Portal, "role": role, "owner": luis}).OK()
	if r.String("role") != role || r.String("owner.id") != luis {
		t.Errorf("%s", r.Body)
	}
}
