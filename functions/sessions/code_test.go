package sessions_test

import (
	"testing"
	"time"

	"portero/shared/testkit"
)

// asked asks for a code and returns what the browser keeps.
func asked(w *testkit.World, address string) map[string]any {
	w.T.Helper()
	r := w.Anonymous().Post(w.Path("/sessions/codes"), map[string]any{"address": address, "portal": w.PortalName})
	if r.Status != 202 {
		w.T.Fatalf("%d %s", r.Status, r.Body)
	}
	w.Settle()
	return map[string]any{"workspace": r.String("workspace"), "verification": r.String("verification"), "binding": r.String("binding")}
}

func typed(w *testkit.World, kept map[string]any, code string) testkit.Response {
	body := map[string]any{"code": code}
	for name, v := range kept {
		body[name] = v
	}
	return w.Anonymous().Post("/v1/verifications/confirm", body)
}

func TestB3AMemberSignsInByACode(t *testing.T) {
	w := testkit.New(t)
	member(w)
	w.Anonymous().Post(w.Path("/sessions/codes"), map[string]any{"address": eva}).Problem(409, "code_sign_in_off")
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"code_sign_in": true}}).OK()
	if door := w.Anonymous().Get("/v1/portals/" + w.PortalName).OK(); door.At("code_sign_in") != true {
		t.Fatalf("%s", door.Body)
	}

	kept := asked(w, eva)
	code := w.CodeIn(w.LastMailTo(eva))
	t.Run("a wrong code, another browser and a second time are refused", func(t *testing.T) {
		typed(w, kept, "00000000").Problem(422, "code_wrong")
		other := asked(w, "nobody@client.example")
		typed(w, map[string]any{"workspace": w.Workspace, "verification": kept["verification"], "binding": other["binding"]}, code).Problem(410, "code_over")
		r := typed(w, kept, code).OK()
		if r.String("home") != "portal" || r.String("portal") != w.PortalName {
			t.Fatalf("%s", r.Body)
		}
		in := w.Bearer(r.String("token"))
		if me := in.Get(w.Path("/sessions/current")).OK(); me.String("identity.address") != eva {
			t.Fatalf("%s", me.Body)
		}
		typed(w, kept, code).Problem(410, "code_over")
	})
	t.Run("nobody, staff and whoever was deactivated are mailed nothing and told the same", func(t *testing.T) {
		before := len(w.MailTo(testkit.AdminAddress))
		for _, address := range []string{"nobody@client.example", testkit.AdminAddress} {
			typed(w, asked(w, address), "00000000").Problem(422, "code_wrong")
		}
		if len(w.MailTo("nobody@client.example")) != 0 || len(w.MailTo(testkit.AdminAddress)) != before {
			t.Error("somebody was mailed")
		}
	})
	t.Run("a code is over after ten minutes", func(t *testing.T) {
		kept := asked(w, eva)
		code := w.CodeIn(w.LastMailTo(eva))
		w.Advance(10 * time.Minute)
		typed(w, kept, code).Problem(410, "code_over")
	})
	t.Run("who may not enter learns why once the code is typed", func(t *testing.T) {
		w.Advance(time.Hour)
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		kept := asked(w, eva)
		code := w.CodeIn(w.LastMailTo(eva))
		who := w.Admin.Get(w.Path("/members")).OK().String("items.0.id")
		w.Admin.Post(w.Path("/members/"+who+"/deactivate"), map[string]any{}).OK()
		typed(w, kept, code).Problem(403, "deactivated")
		before := len(w.MailTo(eva))
		asked(w, eva)
		if len(w.MailTo(eva)) != before {
			t.Error("a code was mailed")
		}
		w.Admin.Post(w.Path("/members/"+who+"/reactivate"), map[string]any{}).OK()
	})
	t.Run("switched off, no code lets anybody in", func(t *testing.T) {
		kept := asked(w, eva)
		code := w.CodeIn(w.LastMailTo(eva))
		w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"code_sign_in": false}}).OK()
		typed(w, kept, code).Problem(409, "code_sign_in_off")
		w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"code_sign_in": true}}).OK()
	})
	t.Run("an address gets five in an hour, known or not", func(t *testing.T) {
		w.Advance(time.Hour)
		for _, address := range []string{eva, "nobody@client.example"} {
			for range 5 {
				asked(w, address)
			}
			w.Anonymous().Post(w.Path("/sessions/codes"), map[string]any{"address": address}).Problem(429, "too_many_requests")
		}
	})
	t.Run("a portal or workspace that is not there, an address that is none", func(t *testing.T) {
		w.Anonymous().Post(w.Path("/sessions/codes"), map[string]any{"address": "x@client.example", "portal": "no-such"}).Problem(404, "not_found")
		w.Anonymous().Post("/v1/workspaces/ws_01jd0h5m3w8q4v9x2c6k7n1t5z/sessions/codes", map[string]any{"address": eva}).Problem(404, "not_found")
		w.Anonymous().Post(w.Path("/sessions/codes"), map[string]any{"address": "no address"}).Problem(422, "address_malformed")
	})
}
