package contacts_test

import (
	"fmt"
	"testing"

	"portero/shared/testkit"
)

// roleFor makes a role.
func roleFor(w *testkit.World, name, whom string) string {
	return w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": name, "for": whom}).OK().String("id")
}

// lead is somebody who came in with a role for leads, signed in.
func lead(w *testkit.World, address, account, role string) (id string, client *testkit.Client) {
	id = contact(w, map[string]any{"name": "Eva", "address": address, "accounts": []any{account}, "lead": true})
	if v := invite(w, map[string]any{"contact": id, "role": role}); v != "invited" {
		w.T.Fatal(v)
	}
	return id, w.AcceptMailed(address, testkit.Password)
}

func TestZ13ALeadBecomesAContactAndItsRoleIsChosen(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")
	interested, customer := roleFor(w, "Interested", "leads"), roleFor(w, "Customer", "contacts")
	id, client := lead(w, eva, one, interested)
	path := w.Path("/contacts/" + id)
	if r := w.Admin.Get(path).OK(); r.At("lead") != true {
		t.Fatalf("%s", r.Body)
	}
	t.Run("without a choice or a mapping it is refused", func(t *testing.T) {
		w.Admin.Post(path+"/convert", nil).Problem(409, "role_not_chosen")
		w.Admin.Post(path+"/convert", map[string]any{"role": interested}).Problem(422, "role_for_leads")
		w.Admin.Post(path+"/convert", map[string]any{"role": "rol_01jd0h5m3w8q4v9x2c6k7n1t5z"}).Problem(422, "role_unknown")
		second := w.Admin.Post(w.Path("/portals"), map[string]any{"title": "Another"}).OK()
		w.Admin.Post(path+"/convert", map[string]any{"role": second.String("default_role")}).Problem(409, "role_not_chosen") // of another portal
		client.Get(w.Path("/sessions/current")).OK()
		if r := w.Admin.Get(path).OK(); r.At("lead") != true {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("with a choice its access moves, and its sessions end", func(t *testing.T) {
		if r := w.Admin.Post(path+"/convert", map[string]any{"role": customer}).OK(); r.At("lead") != false {
			t.Errorf("%s", r.Body)
		}
		client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		if r := w.SignIn(eva, testkit.Password).Get(w.Path("/sessions/current")).OK(); r.String("grant.role.name") != "Customer" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("once more changes nothing", func(t *testing.T) {
		before := w.Count(w.Path("/audit"))
		w.Admin.Post(path+"/convert", nil).OK()
		if after := w.Count(w.Path("/audit")); after != before {
			t.Errorf("%d entries more", after-before)
		}
	})
	t.Run("a lead without access needs no choice", func(t *testing.T) {
		luz := contact(w, map[string]any{"name": "Luz", "lead": true})
		if r := w.Admin.Post(w.Path("/contacts/"+luz+"/convert"), nil).OK(); r.At("lead") != false {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("another firm's is not there", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		other.Admin.Post(other.Path("/contacts/"+id+"/convert"), nil).Problem(404, "not_found")
	})
}

func TestZ13AMappingServesConversions(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")
	interested, customer := roleFor(w, "Interested", "leads"), roleFor(w, "Customer", "contacts")
	mapped := func(m map[string]any) testkit.Response {
		return w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"lead_roles": m}})
	}
	for _, m := range []map[string]any{{customer: customer}, {interested: interested}, {interested: "rol_01jd0h5m3w8q4v9x2c6k7n1t5z"}, {"nonsense": customer}} {
		mapped(m).Problem(422, "lead_roles_malformed")
	}
	if r := mapped(map[string]any{interested: customer}).OK(); r.String("settings.lead_roles."+interested) != customer {
		t.Fatalf("%s", r.Body)
	}
	id, _ := lead(w, eva, one, interested)
	w.Admin.Post(w.Path("/contacts/"+id+"/convert"), nil).OK()
	if r := w.SignIn(eva, testkit.Password).Get(w.Path("/sessions/current")).OK(); r.String("grant.role.name") != "Customer" {
		t.Errorf("%s", r.Body)
	}
	mapped(map[string]any{}).OK()
	luz, _ := lead(w, "luz@client.example", one, interested)
	w.Admin.Post(w.Path("/contacts/"+luz+"/convert"), nil).Problem(409, "role_not_chosen")
}

func TestZ13ManyLeadsBecomeContactsAtOnce(t *testing.T) {
	w := testkit.New(t)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	interested, customer := roleFor(w, "Interested", "leads"), roleFor(w, "Customer", "contacts")
	all := []any{}
	for n := range 60 { // four writes each: more than one transaction takes
		id := contact(w, map[string]any{"name": fmt.Sprint("Person ", n), "accounts": []any{one}, "lead": true})
		w.Admin.Post(w.Path("/accounts/"+one+"/contacts/"+id+"/grants"), map[string]any{"portal": w.Portal, "role": interested}).OK()
		all = append(all, id)
	}
	a, client := lead(w, eva, one, interested)
	b, _ := lead(w, "luz@client.example", two, interested)
	w.Admin.Patch(w.Path("/contacts/"+b), map[string]any{"name": "Luz"}).OK()
	all = append(all, a, b, a, "nonsense", "con_01jd0h5m3w8q4v9x2c6k7n1t5z")
	if r := w.Admin.Post(w.Path("/contacts/convert"), map[string]any{"contacts": all}).OK(); r.At("counts.refused") != 65.0 || r.String("lines.0.code") != "role_not_chosen" {
		t.Fatalf("%s", r.Body)
	}
	r := w.Admin.Post(w.Path("/contacts/convert"), map[string]any{"contacts": all, "role": customer}).OK()
	if r.At("counts.changed") != 62.0 || r.At("counts.refused") != 3.0 || r.String("lines.62.code") != "twice" || r.String("lines.63.code") != "not_found" {
		t.Fatalf("%s", r.Body)
	}
	client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	for _, id := range []string{all[0].(string), a} {
		if g := w.Admin.Get(w.Path("/accounts/" + one + "/contacts/" + id + "/grants/" + w.Portal)).OK(); g.String("role") != customer {
			t.Errorf("%s", g.Body)
		}
	}
	if r := w.Admin.Post(w.Path("/contacts/convert"), map[string]any{"contacts": all[:62]}).OK(); r.At("counts.unchanged") != 62.0 {
		t.Errorf("%s", r.Body)
	}
	w.Admin.Post(w.Path("/contacts/convert"), map[string]any{"contacts": []any{}}).Problem(422, "lines_missing")
}
