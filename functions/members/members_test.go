package members_test

import (
	"fmt"
	"sync"
	"testing"

	"portero/shared/testkit"
)

func TestF4WhoAcceptedShowsUpHere(t *testing.T) {
	w := testkit.New(t)
	w.Invite("eva@client.example", "luz@client.example")
	if r := w.Admin.Get(w.Path("/members")).OK(); r.Len("items") != 0 {
		t.Fatalf("%s", r.Body)
	}
	client := w.AcceptMailed("eva@client.example", testkit.Password)
	if r := w.Admin.Get(w.Path("/members")).OK(); r.Len("items") != 1 || r.String("items.0.address") != "eva@client.example" || r.At("items.0.deactivated") != false {
		t.Fatalf("%s", r.Body)
	}
	client.Get(w.Path("/members")).Problem(403, "not_allowed")
	w.Anonymous().Get(w.Path("/members")).Problem(401, "sign_in_required")
	w.Admin.Get(w.Path("/members?cursor=nonsense")).Problem(422, "cursor_invalid")
}

// member invites somebody, who accepts; it returns them signed in, and who they
// are.
func member(w *testkit.World, address string) (*testkit.Client, string) {
	w.Invite(address)
	c := w.AcceptMailed(address, testkit.Password)
	return c, c.Get(w.Path("/sessions/current")).OK().String("identity.id")
}

func TestZ17WhoIsDeactivatedIsOutWithTheNextRequest(t *testing.T) {
	w := testkit.New(t)
	eva, who := member(w, "eva@client.example")
	elsewhere := w.SignIn("eva@client.example", testkit.Password)
	path := w.Path("/members/" + who)
	signIn := func() testkit.Response {
		return w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": "eva@client.example", "password": testkit.Password})
	}

	if r := w.Admin.Post(path+"/deactivate", nil).OK(); r.At("deactivated") != true || r.String("id") != who {
		t.Fatalf("%s", r.Body)
	}
	eva.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	elsewhere.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	signIn().Problem(403, "deactivated")
	if r := w.Admin.Get(w.Path("/members")).OK(); r.At("items.0.deactivated") != true {
		t.Errorf("%s", r.Body)
	}
	t.Run("again changes nothing", func(t *testing.T) {
		before := w.Count(w.Path("/audit"))
		if r := w.Admin.Post(path+"/deactivate", nil).OK(); r.At("deactivated") != true {
			t.Errorf("%s", r.Body)
		}
		if after := w.Count(w.Path("/audit")); after != before {
			t.Errorf("%d entries more", after-before)
		}
	})
	t.Run("reactivated they sign in anew, and no former session revives", func(t *testing.T) {
		if r := w.Admin.Post(path+"/reactivate", nil).OK(); r.At("deactivated") != false {
			t.Errorf("%s", r.Body)
		}
		eva.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		w.SignIn("eva@client.example", testkit.Password).Get(w.Path("/sessions/current")).OK()
	})
	t.Run("both are in the trail", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + who)).OK()
		found := map[string]int{}
		for i := range r.Len("items") {
			found[r.String(fmt.Sprintf("items.%d.action", i))]++
		}
		if found["member.deactivated"] != 1 || found["member.reactivated"] != 1 {
			t.Errorf("%v", found)
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		self := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
		w.Admin.Post(w.Path("/members/"+self+"/deactivate"), nil).Problem(409, "member_is_staff")
		w.Admin.Post(w.Path("/members/idn_01jd0h5m3w8q4v9x2c6k7n1t5z/deactivate"), nil).Problem(404, "not_found")
		w.Admin.Post(w.Path("/members/nobody/reactivate"), nil).Problem(404, "not_found")
		w.SignIn("eva@client.example", testkit.Password).Post(path+"/deactivate", nil).Problem(403, "not_allowed")
	})
}

func TestZ17ManyAreDeactivatedAtOnce(t *testing.T) {
	w := testkit.New(t)
	eva, evas := member(w, "eva@client.example")
	luz, luzs := member(w, "luz@client.example")
	r := w.Admin.Post(w.Path("/members/batch"), map[string]any{"action": "deactivate", "ids": []any{evas, "nobody", luzs, evas}}).OK()
	for n, want := range []string{"changed", "refused", "changed", "refused"} {
		if r.String(fmt.Sprintf("lines.%d.verdict", n)) != want {
			t.Errorf("line %d: %s", n, r.Body)
		}
	}
	if r.String("lines.1.code") != "not_found" || r.String("lines.3.code") != "twice" || r.At("counts.changed") != 2.0 {
		t.Errorf("%s", r.Body)
	}
	eva.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	luz.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	r = w.Admin.Post(w.Path("/members/batch"), map[string]any{"action": "reactivate", "ids": []any{evas}}).OK()
	if r.String("lines.0.verdict") != "changed" {
		t.Errorf("%s", r.Body)
	}
	r = w.Admin.Post(w.Path("/members/batch"), map[string]any{"action": "reactivate", "ids": []any{evas}}).OK()
	if r.String("lines.0.verdict") != "unchanged" {
		t.Errorf("%s", r.Body)
	}
	w.SignIn("eva@client.example", testkit.Password)
	w.Admin.Post(w.Path("/members/batch"), map[string]any{"action": "forget", "ids": []any{evas}}).Problem(422, "action_unknown")
	w.Admin.Post(w.Path("/members/batch"), map[string]any{"action": "deactivate", "ids": []any{}}).Problem(422, "lines_missing")
}

func TestZ17ManyAtOnceDeactivateSomebodyOnce(t *testing.T) {
	w := testkit.New(t)
	_, who := member(w, "eva@client.example")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if r, err := w.Admin.Try("POST", w.Path("/members/"+who+"/deactivate"), nil); err != nil || r.Status != 200 {
				t.Errorf("%d %s %v", r.Status, r.Body, err)
			}
		})
	}
	wg.Wait()
	r := w.Admin.Get(w.Path("/audit?subject=" + who)).OK()
	times := 0
	for i := range r.Len("items") {
		if r.String(fmt.Sprintf("items.%d.action", i)) == "member.deactivated" {
			times++
		}
	}
	if times != 1 {
		t.Errorf("deactivated %d times", times)
	}
}
