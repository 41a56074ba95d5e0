package contacts_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

const (
	eva  = "eva@client.example"
	eva2 = "eva.sol@client.example"
)

func account(w *testkit.World, name string) string {
	return w.Admin.Post(w.Path("/accounts"), map[string]any{"name": name}).OK().String("id")
}

func contact(w *testkit.World, body map[string]any) string {
	return w.Admin.Post(w.Path("/contacts"), body).OK().String("id")
}

// invite invites a contact and returns the line's verdict.
func invite(w *testkit.World, line map[string]any) string {
	r := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{line}}).OK()
	w.Settle()
	return r.String("lines.0.verdict")
}

func TestContacts(t *testing.T) {
	w := testkit.New(t)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	id := contact(w, map[string]any{"name": "Eva Sol", "address": " Eva@Client.example", "accounts": []any{one}, "language": "en", "zone": "Atlantic/Canary", "source": "Fair in Jerez"})
	path := w.Path("/contacts/" + id)

	r := w.Admin.Get(path).OK()
	if r.String("address") != "Eva@Client.example" || r.String("accounts.0") != one || r.String("zone") != "Atlantic/Canary" || r.String("source") != "Fair in Jerez" {
		t.Fatalf("%s", r.Body)
	}
	t.Run("what is left out stays", func(t *testing.T) {
		r := w.Admin.Patch(path, map[string]any{"name": "Eva Sol Ruiz", "accounts": []any{two, one, two}}).OK()
		if r.String("name") != "Eva Sol Ruiz" || r.String("language") != "en" || r.Len("accounts") != 2 {
			t.Fatalf("%s", r.Body)
		}
		if got := w.Admin.Get(w.Path("/accounts/" + two)).OK(); got.String("contacts.0.id") != id {
			t.Errorf("%s", got.Body)
		}
		w.Admin.Patch(path, map[string]any{"accounts": []any{one}}).OK()
		if got := w.Admin.Get(w.Path("/accounts/" + two)).OK(); got.Len("contacts") != 0 {
			t.Errorf("%s", got.Body)
		}
	})
	t.Run("what is refused changes nothing", func(t *testing.T) {
		for code, body := range map[string]map[string]any{
			"address_malformed": {"address": "x"}, "address_unsupported": {"address": "josé@client.example"}, "language_unknown": {"language": "xx"},
			"zone_unknown": {"zone": "Mars"}, "name_malformed": {"name": "a\nb"}, "source_malformed": {"source": "a\nb"},
			"account_unknown": {"accounts": []any{"acc_01jd0h5m3w8q4v9x2c6k7n1t5z"}}, "id_malformed": {"accounts": []any{"nonsense"}}, "invalid": {"leads": true},
		} {
			w.Admin.Post(w.Path("/contacts"), body).Problem(422, code)
			w.Admin.Patch(path, body).Problem(422, code)
		}
		if r := w.Admin.Get(w.Path("/contacts")).OK(); r.Len("items") != 1 || r.String("items.0.name") != "Eva Sol Ruiz" {
			t.Errorf("%s", r.Body)
		}
		w.Admin.Get(w.Path("/contacts/con_01jd0h5m3w8q4v9x2c6k7n1t5z")).Problem(404, "not_found")
		w.Admin.Patch(w.Path("/contacts/con_01jd0h5m3w8q4v9x2c6k7n1t5z"), map[string]any{"name": "X"}).Problem(404, "not_found")
	})
	t.Run("another firm's account is not one", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		other.Admin.Post(other.Path("/contacts"), map[string]any{"accounts": []any{one}}).Problem(422, "account_unknown")
		other.Admin.Get(other.Path("/contacts/"+id)).Problem(404, "not_found")
	})
	t.Run("the invited address finds the contact", func(t *testing.T) {
		if v := invite(w, map[string]any{"address": eva, "account": one}); v != "invited" {
			t.Fatal(v)
		}
		if r := w.Admin.Get(w.Path("/contacts")).OK(); r.Len("items") != 1 {
			t.Errorf("a second contact was made: %s", r.Body)
		}
	})
}

func TestZ9TheAddressOfAContactMoves(t *testing.T) {
	w := testkit.New(t)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	id := contact(w, map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{one}})
	path := w.Path("/contacts/" + id)
	line := map[string]any{"contact": id}
	if v := invite(w, line); v != "invited" {
		t.Fatal(v)
	}

	t.Run("not while an invitation to the former one is open", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"address": eva2}).Problem(409, "contact_invited")
		w.Admin.Patch(path, map[string]any{"address": "EVA@client.example"}).OK() // the same one, written otherwise
	})
	c := w.AcceptMailed(eva, testkit.Password)
	t.Run("an account with a grant cannot be left out", func(t *testing.T) {
		w.Admin.Patch(path, map[string]any{"accounts": []any{two}}).Problem(409, "contact_has_access")
	})
	t.Run("then the former one lets nobody in, and the new one has to accept", func(t *testing.T) {
		c.Get(w.Path("/sessions/current")).OK()
		w.Advance(time.Second)
		w.Admin.Patch(path, map[string]any{"address": eva2}).OK()
		c.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password}).Problem(403, "access_off")
		grant := w.Path("/accounts/" + one + "/contacts/" + id + "/grants/" + w.Portal)
		if r := w.Admin.Get(grant).OK(); r.String("state") != "granted" || r.At("identity") != nil {
			t.Fatalf("%s", r.Body)
		}
		if v := invite(w, line); v != "invited" {
			t.Fatal(v)
		}
		w.AcceptMailed(eva2, testkit.Password).Get(w.Path("/sessions/current")).OK()
		if r := w.Admin.Get(grant).OK(); r.String("state") != "active" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("taken away, nobody can be invited", func(t *testing.T) {
		other := contact(w, map[string]any{"name": "Luz", "address": "luz@client.example", "accounts": []any{two}})
		w.Admin.Patch(w.Path("/contacts/"+other), map[string]any{"address": ""}).OK()
		if v := invite(w, map[string]any{"contact": other}); v != "contact_without_address" {
			t.Error(v)
		}
	})
	t.Run("what it was called stands in its own history, beside the trail's entry", func(t *testing.T) {
		r := w.Admin.Get(path).OK()
		if r.Len("history") != 2 || r.String("history.0.before.address") != "EVA@client.example" || r.String("history.0.after.address") != eva2 ||
			r.String("history.1.after.address") != "EVA@client.example" || r.At("history.0.after.name") != nil {
			t.Fatalf("%s", r.Body)
		}
		trail := w.Admin.Get(w.Path("/audit?subject=" + id)).OK()
		if !strings.Contains(string(trail.Body), r.String("history.0.entry")) {
			t.Errorf("no such entry: %s", r.Body)
		}
		w.Admin.Patch(path, map[string]any{"language": "es"}).OK()
		if r := w.Admin.Get(path).OK(); r.Len("history") != 2 {
			t.Errorf("a language is nothing personal: %s", r.Body)
		}
	})
	t.Run("it is in the trail, without the address", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + id)).OK()
		if r.Len("items") < 3 {
			t.Fatalf("%s", r.Body)
		}
		for _, word := range []string{"client.example", "Eva", "eva"} {
			if strings.Contains(string(r.Body), word) {
				t.Errorf("the trail says %q: %s", word, r.Body)
			}
		}
	})
}

func TestB1AnAddressThatBouncedIsConfirmedByWritingItAgain(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")
	id := contact(w, map[string]any{"address": "bounce@simulator.amazonses.com", "accounts": []any{one}})
	line := map[string]any{"contact": id}
	if v := invite(w, line); v != "invited" {
		t.Fatal(v)
	}
	list := w.Admin.Get(w.Path("/invitations?state=pending")).OK()
	w.Admin.Post(w.Path("/invitations/"+list.String("items.0.id")+"/cancel"), map[string]any{}).OK()
	if v := invite(w, line); v != "suppressed" {
		t.Fatal(v)
	}
	w.Admin.Patch(w.Path("/contacts/"+id), map[string]any{"name": "Eva"}).OK()
	if v := invite(w, line); v != "suppressed" {
		t.Fatal(v)
	}
	w.Admin.Patch(w.Path("/contacts/"+id), map[string]any{"address": "bounce@simulator.amazonses.com"}).OK()
	if v := invite(w, line); v != "invited" {
		t.Fatal(v)
	}
}
