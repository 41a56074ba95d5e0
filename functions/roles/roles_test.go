package roles_test

import (
	"testing"
	"time"

	"portero/shared/testkit"
)

func TestF3Z3R3RolesOfAPortal(t *testing.T) {
	w := testkit.New(t)
	w.Advance(time.Second) // what is made within one instant has no order
	r := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Supplier"}).OK()
	if r.Status != 201 || r.String("for") != "contacts" || r.At("default") != false || r.String("portal") != w.Portal {
		t.Fatalf("%s", r.Body)
	}
	path := w.Path("/roles/" + r.String("id"))

	t.Run("Z15 a role is renamed", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"name": "Proveedor"}).OK()
		if got := w.Admin.Get(path).OK().String("name"); got != "Proveedor" {
			t.Errorf("%q", got)
		}
	})
	t.Run("the list can be one portal's", func(t *testing.T) {
		if all := w.Admin.Get(w.Path("/roles?portal=" + w.Portal)).OK(); all.Len("items") != 2 || all.At("items.0.default") != true {
			t.Errorf("%s", all.Body)
		}
		if none := w.Admin.Get(w.Path("/roles?portal=por_01jd0h5m3w8q4v9x2c6k7n1t5z")).OK(); none.Len("items") != 0 {
			t.Errorf("%s", none.Body)
		}
		w.Admin.Get(w.Path("/roles?portal=nonsense")).Problem(422, "id_malformed")
		w.Admin.Get(w.Path("/roles?cursor=nonsense")).Problem(422, "cursor_invalid")
		w.Admin.Get(w.Path("/roles?order=x")).Problem(422, "invalid")
	})
	t.Run("what is refused", func(t *testing.T) {
		w.Admin.Post(w.Path("/roles"), map[string]any{"portal": "por_01jd0h5m3w8q4v9x2c6k7n1t5z", "name": "X"}).Problem(422, "portal_unknown")
		w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": ""}).Problem(422, "name_malformed")
		w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "X", "for": "cats"}).Problem(422, "invalid")
		w.Admin.Post(w.Path("/roles"), map[string]any{"name": "X"}).Problem(422, "invalid")
		w.Admin.Get(w.Path("/roles/rol_01jd0h5m3w8q4v9x2c6k7n1t5z")).Problem(404, "not_found")
		w.Admin.Patch(w.Path("/roles/rol_01jd0h5m3w8q4v9x2c6k7n1t5z"), map[string]any{"name": "X"}).Problem(404, "not_found")
		w.Anonymous().Get(path).Problem(401, "sign_in_required")
	})
	t.Run("a portal has at most 50 roles", func(t *testing.T) {
		other := w.Admin.Post(w.Path("/portals"), map[string]any{"name": "many-roles"}).OK().String("id")
		last := ""
		for range 49 {
			last = w.Admin.Post(w.Path("/roles"), map[string]any{"portal": other, "name": "X"}).OK().String("id")
		}
		w.Admin.Post(w.Path("/roles"), map[string]any{"portal": other, "name": "X"}).Problem(409, "roles_full")
		w.Admin.Post(w.Path("/roles/"+last+"/delete"), map[string]any{}).OK()
		w.Admin.Post(w.Path("/roles"), map[string]any{"portal": other, "name": "X"}).OK()
	})
	t.Run("B2 a repeat is the first answer", func(t *testing.T) {
		keyed := w.Admin.With("Idempotency-Key", "role-1")
		body := map[string]any{"portal": w.Portal, "name": "Partner"}
		first, again := keyed.Post(w.Path("/roles"), body).OK(), keyed.Post(w.Path("/roles"), body).OK()
		if string(first.Body) != string(again.Body) {
			t.Errorf("%s\n%s", first.Body, again.Body)
		}
		body["name"] = "Other"
		keyed.Post(w.Path("/roles"), body).Problem(422, "idempotency_key_reused")
	})
}

func TestF3Z3R3WhatARoleAllowsCountsFromTheNextRequestOn(t *testing.T) {
	w := testkit.New(t)
	w.Invite("lia@client.example")
	lia := w.AcceptMailed("lia@client.example", testkit.Password)
	path := w.Path("/roles/" + w.Role)
	if r := w.Admin.Get(path).OK(); r.Len("may") != 1 || r.String("may.0") != "own.profile" {
		t.Fatalf("from the start: %s", r.Body)
	}
	rename := func() testkit.Response { return lia.Patch(w.Path("/me"), m{"name": "Lia"}) }
	rename().OK()
	if r := w.Admin.Patch(path, m{"may": []string{}}).OK(); r.Len("may") != 0 {
		t.Fatalf("%s", r.Body)
	}
	rename().Problem(403, "not_allowed")
	lia.Get(w.Path("/sessions/current")).OK()           // what no role decides stays
	w.Admin.Patch(w.Path("/me"), m{"name": "Ana"}).OK() // staff are not clients
	w.Admin.Patch(path, m{"name": "Kunde"}).OK()
	rename().Problem(403, "not_allowed")
	w.Admin.Patch(path, m{"may": []string{"own.profile"}}).OK()
	rename().OK()
	w.Admin.Patch(path, m{"may": []string{"own.profile", "workspace.change"}}).Problem(422, "permission_unknown")
	w.Admin.Post(w.Path("/roles"), m{"portal": w.Portal, "name": "X", "may": []string{"cats"}}).Problem(422, "permission_unknown")
	if r := w.Admin.Post(w.Path("/roles"), m{"portal": w.Portal, "name": "Reader", "for": "leads", "may": []string{}}).OK(); r.Len("may") != 0 || r.String("for") != "leads" {
		t.Errorf("%s", r.Body)
	}
}
