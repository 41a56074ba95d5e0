package grants_test

import (
	"fmt"
	"sync"
	"testing"

	"portero/shared/testkit"
)

// seat is somebody who is in.
type seat struct {
	client           *testkit.Client
	account, contact string
}

func (s seat) line(portal string) map[string]any {
	return map[string]any{"account": s.account, "contact": s.contact, "portal": portal}
}

// seated invites people, who accept.
func seated(w *testkit.World, addresses ...string) []seat {
	w.Invite(addresses...)
	var all []seat
	for _, a := range addresses {
		c := w.AcceptMailed(a, testkit.Password)
		now := c.Get(w.Path("/sessions/current")).OK()
		all = append(all, seat{c, now.String("grant.account.id"), now.String("grant.contact.id")})
	}
	return all
}

func TestT2SwitchesOfManyGrantsAreSetAtOnce(t *testing.T) {
	w := testkit.New(t)
	all := seated(w, eva, "luz@client.example")
	const nobody = "con_01jd0h5m3w8q4v9x2c6k7n1t5z"
	lines := []any{all[0].line(w.Portal), all[1].line(w.Portal), all[0].line(w.Portal),
		map[string]any{"account": all[0].account, "contact": nobody, "portal": w.Portal}, map[string]any{"account": "nonsense#x"}}
	send := func(body map[string]any) testkit.Response {
		body["lines"] = lines
		return w.Admin.Post(w.Path("/grants/batch"), body)
	}
	verdicts := func(r testkit.Response, want ...string) {
		t.Helper()
		for n, v := range want {
			if got := r.String(fmt.Sprintf("lines.%d.verdict", n)) + r.String(fmt.Sprintf("lines.%d.code", n)); got != v {
				t.Errorf("line %d: %s, want %s", n, got, v)
			}
		}
	}
	bad := []string{"refusedtwice", "refusednot_found", "refusednot_found"}

	r := send(map[string]any{"notify": false, "email_sync": true}).OK()
	verdicts(r, append([]string{"changed", "changed"}, bad...)...)
	if r.At("counts.changed") != 2.0 || r.At("counts.refused") != 3.0 {
		t.Errorf("%s", r.Body)
	}
	grant := w.Path("/accounts/" + all[1].account + "/contacts/" + all[1].contact + "/grants/" + w.Portal)
	if r := w.Admin.Get(grant).OK(); r.At("notify") != false || r.At("email_sync") != true || r.At("sign_in") != true {
		t.Errorf("%s", r.Body)
	}
	for _, s := range all {
		s.client.Get(w.Path("/sessions/current")).OK() // neither switch ends a session
	}
	t.Run("the same again changes nothing", func(t *testing.T) {
		before := w.Count(w.Path("/audit"))
		verdicts(send(map[string]any{"notify": false}).OK(), append([]string{"unchanged", "unchanged"}, bad...)...)
		if after := w.Count(w.Path("/audit")); after != before {
			t.Errorf("%d entries more", after-before)
		}
	})
	t.Run("sign-in off ends each one's sessions, and on again revives none", func(t *testing.T) {
		send(map[string]any{"sign_in": false}).OK()
		send(map[string]any{"sign_in": true}).OK()
		for _, s := range all {
			s.client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		}
		w.SignIn(eva, testkit.Password)
	})
	t.Run("an account's all at once", func(t *testing.T) {
		r := w.Admin.Post(w.Path("/grants/batch"), map[string]any{"sign_in": false, "lines": []any{map[string]any{"account": all[1].account}}}).OK()
		if r.Len("lines") != 1 || r.String("lines.0.contact") != all[1].contact || r.String("lines.0.verdict") != "changed" {
			t.Errorf("%s", r.Body)
		}
		w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": "luz@client.example", "password": testkit.Password}).Problem(403, "access_off")
	})
	t.Run("what is refused", func(t *testing.T) {
		send(map[string]any{}).Problem(422, "nothing_to_change")
		send(map[string]any{"role": "rol_01jd0h5m3w8q4v9x2c6k7n1t5z"}).Problem(422, "role_unknown")
		w.Admin.Post(w.Path("/grants/batch"), map[string]any{"notify": true, "lines": []any{}}).Problem(422, "lines_missing")
		var open []any
		for range 101 {
			open = append(open, map[string]any{"account": all[0].account})
		}
		w.Admin.Post(w.Path("/grants/batch"), map[string]any{"notify": true, "lines": open}).Problem(422, "too_many_lines")
	})
}

func TestZ12ManyMoveToAnotherRoleAndOnlyWithinTheirPortal(t *testing.T) {
	w := testkit.New(t)
	all := seated(w, eva, "luz@client.example")
	role := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	second := w.Admin.Post(w.Path("/portals"), map[string]any{"title": "Another"}).OK()
	elsewhere := second.String("id")
	w.Admin.Post(w.Path("/accounts/"+all[0].account+"/contacts/"+all[0].contact+"/grants"), map[string]any{"portal": elsewhere}).OK()
	r := w.Admin.Post(w.Path("/grants/batch"), map[string]any{"role": role, "lines": []any{
		all[0].line(w.Portal), all[1].line(w.Portal), all[0].line(elsewhere),
	}}).OK()
	if r.At("counts.changed") != 2.0 || r.String("lines.2.code") != "role_unknown" {
		t.Fatalf("%s", r.Body)
	}
	for n, address := range []string{eva, "luz@client.example"} {
		all[n].client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		if now := w.SignIn(address, testkit.Password).Get(w.Path("/sessions/current")).OK(); now.String("grant.role.name") != "Supplier" {
			t.Errorf("%s", now.Body)
		}
	}
}

func TestT2MoreOfAnAccountsGrantsChangeThanOneTransactionTakes(t *testing.T) {
	w := testkit.New(t)
	account := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bodegas Sol"}).OK().String("id")
	const people = 120 // one transaction takes 49
	for n := range people {
		contact := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": fmt.Sprint("Person ", n), "accounts": []any{account}}).OK().String("id")
		w.Admin.Post(w.Path("/accounts/"+account+"/contacts/"+contact+"/grants"), map[string]any{"portal": w.Portal}).OK()
	}
	body := func(on bool) map[string]any {
		return map[string]any{"notify": on, "lines": []any{map[string]any{"account": account, "portal": w.Portal}}}
	}
	ask := func(on bool) testkit.Response { return w.Admin.Post(w.Path("/grants/batch"), body(on)).OK() }
	if r := ask(false); r.At("counts.changed") != float64(people) {
		t.Fatalf("%s", r.Body)
	}
	t.Run("and two who do it at once lose nothing", func(t *testing.T) {
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if r, err := w.Admin.Try("POST", w.Path("/grants/batch"), body(true)); err != nil || r.Status != 200 || r.At("counts.refused") != nil {
					t.Errorf("%d %s %v", r.Status, r.Body, err)
				}
			})
		}
		wg.Wait()
		if r := ask(true); r.At("counts.unchanged") != float64(people) {
			t.Errorf("%s", r.Body)
		}
	})
}
