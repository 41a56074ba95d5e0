package audits_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

func TestB4TheTrail(t *testing.T) {
	w := testkit.New(t)
	var last string
	for i := range 55 {
		last = w.Admin.Post(w.Path("/accounts"), map[string]any{"name": fmt.Sprintf("Secreta %d", i)}).OK().String("id")
	}
	first := w.Admin.Get(w.Path("/audit")).OK()
	if first.Len("items") != 50 || first.At("next") == nil {
		t.Fatalf("%d items", first.Len("items"))
	}
	second := w.Admin.Get(w.Path("/audit?cursor=" + first.String("next"))).OK()
	if second.Len("items") < 6 || second.String("items.0.id") == first.String("items.49.id") {
		t.Fatalf("%s", second.Body)
	}
	all := string(first.Body) + string(second.Body)
	for _, personal := range []string{"Secreta", "@", testkit.Password, "Vega"} {
		if strings.Contains(all, personal) {
			t.Errorf("the trail says %q", personal)
		}
	}
	t.Run("of one thing: who, when, from where, what", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + last)).OK()
		who := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
		if r.Len("items") != 1 || r.String("items.0.action") != "account.created" || r.String("items.0.actor") != who ||
			r.String("items.0.from") != "127.0.0.1" || r.String("items.0.at") != "2026-11-23T08:00:00Z" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("ops made the workspace", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + w.Workspace)).OK()
		if r.String("items.0.action") != "workspace.created" || r.String("items.0.actor") != "ops" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("of another firm's thing there is nothing", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		if r := other.Admin.Get(other.Path("/audit?subject=" + last)).OK(); r.Len("items") != 0 {
			t.Errorf("%s", r.Body)
		}
		other.Admin.Get(other.Path("/audit?cursor="+first.String("next"))).Problem(422, "cursor_invalid")
	})
	t.Run("what is refused", func(t *testing.T) {
		w.Admin.Get(w.Path("/audit?subject="+strings.Repeat("x", 65))).Problem(422, "subject_malformed")
		w.Admin.Get(w.Path("/audit?cursor=%00")).Problem(422, "cursor_invalid")
		w.Admin.Get(w.Path("/audit?subject=a&subject=b")).Problem(400, "duplicate_parameter")
		w.Admin.Delete(w.Path("/audit"))
		if r := w.Admin.Get(w.Path("/audit")).OK(); r.Len("items") != 50 {
			t.Error("the trail was changed")
		}
	})
}

// actions are those of a page of the trail.
func actions(r testkit.Response) (all []string) {
	for i := range r.Len("items") {
		all = append(all, r.String(fmt.Sprintf("items.%d.action", i)))
	}
	return all
}

func TestB4TheTrailIsListedByPersonAccountAndTime(t *testing.T) {
	w := testkit.New(t)
	type m = map[string]any
	acme := w.Admin.Post(w.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	casa := w.Admin.Post(w.Path("/accounts"), m{"name": "Casa"}).OK().String("id")
	w.Advance(time.Second) // what happens at once has no order
	marta := w.Admin.Post(w.Path("/contacts"), m{"name": "Marta", "address": "marta@client.example", "accounts": []string{acme, casa}}).OK().String("id")
	w.Advance(30 * time.Minute)
	w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": marta, "account": acme}, {"contact": marta, "account": casa}}}).OK()
	w.Settle()
	w.Advance(30 * time.Minute)
	client := w.AcceptMailed("marta@client.example", testkit.Password)
	who := client.Get(w.Path("/sessions/current")).OK().String("identity.id")
	w.Advance(time.Second)
	w.Admin.Patch(w.Path("/accounts/"+casa+"/contacts/"+marta+"/grants/"+w.Portal), m{"notify": false}).OK()
	self := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
	ask := func(query string) []string { return actions(w.Admin.Get(w.Path("/audit?" + query)).OK()) }

	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"what happened at an account", "account=" + acme, []string{"invitation.accepted", "invitation.created", "contact.created", "account.created"}},
		{"and at another of the same person", "account=" + casa, []string{"grant.changed", "invitation.accepted", "invitation.created", "contact.created", "account.created"}},
		{"what a client did", "actor=" + who, []string{"invitation.accepted"}},
		{"from an instant on, which is within", "account=" + acme + "&from=2026-11-23T08:30:00Z", []string{"invitation.accepted", "invitation.created"}},
		{"until an instant, which is not", "account=" + acme + "&until=2026-11-23T08:30:00Z", []string{"contact.created", "account.created"}},
		{"between two", "from=2026-11-23T08:30:00Z&until=2026-11-23T10:00:00%2B01:00", []string{"invitation.created"}},
		{"of one thing and a time", "subject=" + casa + "&until=2026-11-23T07:00:00Z", nil},
		{"of one person and a time", "actor=" + self + "&from=2026-11-23T09:00:00Z", []string{"grant.changed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ask(c.query); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	t.Run("a copy at another account stands once in the whole trail", func(t *testing.T) {
		created := 0
		for _, action := range ask("subject=" + marta) {
			if action == "contact.created" {
				created++
			}
		}
		if all := ask(""); created != 1 || strings.Count(strings.Join(all, " "), "contact.created") != 1 {
			t.Errorf("%q", all)
		}
	})
	t.Run("another firm sees nothing of it", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		for _, query := range []string{"account=" + acme, "actor=" + self} {
			if r := other.Admin.Get(other.Path("/audit?" + query)).OK(); r.Len("items") != 0 {
				t.Errorf("%s: %s", query, r.Body)
			}
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		for query, code := range map[string]string{
			"actor=nobody": "actor_malformed", "account=nonsense": "id_malformed", "from=yesterday": "instant_malformed", "until=1969-12-31T23:59:59Z": "instant_malformed",
			"actor=" + self + "&account=" + acme: "filters_together", "from=2026-11-23T09:00:00Z&until=2026-11-23T09:00:00Z": "period_malformed",
		} {
			w.Admin.Get(w.Path("/audit?"+query)).Problem(422, code)
		}
	})
}

func TestB4PagesOfAnAccountFollowEachOther(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Acme"}).OK().String("id")
	other := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Casa"}).OK().String("id")
	for i := range 60 { // every second one is a copy in the second account's list
		w.Admin.Post(w.Path("/contacts"), map[string]any{"name": fmt.Sprintf("Eva %d", i), "accounts": []string{acme, other}}).OK()
	}
	for _, one := range []string{acme, other} {
		first := w.Admin.Get(w.Path("/audit?account=" + one)).OK()
		second := w.Admin.Get(w.Path("/audit?account=" + one + "&cursor=" + first.String("next"))).OK()
		if first.Len("items") != 50 || second.Len("items") != 11 || second.At("next") != nil || first.String("items.49.id") <= second.String("items.0.id") {
			t.Errorf("%d and %d entries", first.Len("items"), second.Len("items"))
		}
	}
}
