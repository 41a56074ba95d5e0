package members_test

import (
	"testing"
	"time"

	"portero/shared/testkit"
)

func TestF4MembersAreListedWithWhatTheyMayEnterAndWhenTheyWereLastIn(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Acme"}).OK().String("id")
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{
		map[string]any{"address": "eva@client.example", "name": "Eva", "account": acme}}}).OK()
	w.Settle()
	w.AcceptMailed("eva@client.example", testkit.Password)
	w.Invite("late@client.example")

	plain := w.Admin.Get(w.Path("/members")).OK()
	if plain.At("items.0.access") != nil || plain.At("items.0.last_sign_in_at") != nil {
		t.Errorf("nobody asked for it: %s", plain.Body)
	}
	with := func() testkit.Response { return w.Admin.Get(w.Path("/members?with=access")).OK() }
	r := with()
	today := w.Now().UTC().Truncate(24 * time.Hour).Format(time.RFC3339)
	if r.Len("items") != 1 || r.Len("items.0.access") != 1 || r.String("items.0.last_sign_in_at") != today || r.At("items.0.more") != nil {
		t.Fatalf("%s", r.Body)
	}
	for field, want := range map[string]string{"account": acme, "account_name": "Acme", "portal": w.Portal, "role": w.Role, "state": "active"} {
		if got := r.String("items.0.access.0." + field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	t.Run("what is offered and not accepted is not theirs yet", func(t *testing.T) {
		bolt := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bolt"}).OK().String("id")
		w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{
			map[string]any{"address": "eva@client.example", "account": bolt}}}).OK()
		if r := with(); r.Len("items.0.access") != 1 {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("a switch that is off shows with the next request", func(t *testing.T) {
		contact := r.String("items.0.access.0.contact")
		w.Admin.Patch(w.Path("/accounts/"+acme+"/contacts/"+contact+"/grants/"+w.Portal), map[string]any{"sign_in": false}).OK()
		if r := with(); r.String("items.0.access.0.state") != "off" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("by role, by inviter and by account too", func(t *testing.T) {
		me := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
		for _, filter := range []string{"account=" + acme, "inviter=" + me, "name=ev"} {
			if r := w.Admin.Get(w.Path("/members?with=access&" + filter)).OK(); r.String("items.0.access.0.account_name") != "Acme" {
				t.Errorf("%s: %s", filter, r.Body)
			}
		}
	})
	w.Admin.Get(w.Path("/members?with=everything")).Problem(422, "invalid")
}
