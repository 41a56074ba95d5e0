package members_test

import (
	"testing"

	"portero/shared/testkit"
)

func TestF8AMemberBecomesStaffAndKeepsWhoTheyAre(t *testing.T) {
	w := testkit.New(t)
	eva, who := member(w, "eva@client.example")
	grant := eva.Get(w.Path("/sessions/current")).OK()
	path := w.Path("/members/" + who + "/promote")
	w.Admin.Post(path, map[string]any{"level": "boss"}).Problem(422, "level_unknown")
	if r := w.Admin.Post(path, map[string]any{"level": "member"}).OK(); r.String("id") != who || r.String("level") != "member" {
		t.Fatalf("%s", r.Body)
	}
	eva.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	eva = w.SignIn("eva@client.example", testkit.Password)
	if r := eva.Get(w.Path("/sessions/current")).OK(); r.String("identity.id") != who || r.At("grant") != nil {
		t.Errorf("%s", r.Body)
	}
	eva.Get(w.Path("/staff")).OK()
	if r := w.Admin.Get(w.Path("/members")).OK(); r.Len("items") != 0 {
		t.Errorf("%s", r.Body)
	}
	held := w.Path("/accounts/" + grant.String("grant.account.id") + "/contacts/" + grant.String("grant.contact.id") + "/grants/" + w.Portal)
	if r := w.Admin.Get(held).OK(); r.String("state") != "off" || r.String("identity") != who {
		t.Errorf("%s", r.Body)
	}
	w.Admin.Post(path, map[string]any{"level": "admin"}).Problem(409, "member_is_staff")

	t.Run("with access granted they keep it", func(t *testing.T) {
		luz, who := member(w, "luz@client.example")
		now := luz.Get(w.Path("/sessions/current")).OK()
		w.Admin.Post(w.Path("/members/"+who+"/promote"), map[string]any{"level": "admin", "keep_access": true}).OK()
		held := w.Path("/accounts/" + now.String("grant.account.id") + "/contacts/" + now.String("grant.contact.id") + "/grants/" + w.Portal)
		if r := w.Admin.Get(held).OK(); r.String("state") != "active" {
			t.Errorf("%s", r.Body)
		}
		w.SignIn("luz@client.example", testkit.Password).Get(w.Path("/audit")).OK()
	})
	t.Run("what is refused", func(t *testing.T) {
		ana, who := member(w, "ana@client.example")
		ana.Post(w.Path("/members/"+who+"/promote"), map[string]any{"level": "admin"}).Problem(403, "not_allowed")
		eva.Post(w.Path("/members/"+who+"/promote"), map[string]any{"level": "admin"}).Problem(403, "not_allowed")
		w.Admin.Post(w.Path("/members/"+who+"/deactivate"), nil).OK()
		w.Admin.Post(w.Path("/members/"+who+"/promote"), map[string]any{"level": "member"}).Problem(409, "member_deactivated")
		w.Admin.Post(w.Path("/members/idn_01jd0h5m3w8q4v9x2c6k7n1t5z/promote"), map[string]any{"level": "member"}).Problem(404, "not_found")
	})
}
