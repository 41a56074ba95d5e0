package contacts_test

import (
	"sync"
	"testing"

	"portero/shared/testkit"
)

func TestB11ACRMSyncsByItsOwnIdentifiers(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Put(w.Path("/external/accounts/crm:acme"), map[string]any{"name": "Acme"}).OK()
	path := w.Path("/external/contacts/crm-4711")
	card := map[string]any{"name": "Eva Sol", "address": eva, "accounts": []any{acme.String("id")}, "language": "en"}
	made := w.Admin.Put(path, card).OK()

	t.Run("the same again answers the same and writes nothing", func(t *testing.T) {
		before := w.Count(w.Path("/audit"))
		if again := w.Admin.Put(path, card).OK(); string(again.Body) != string(made.Body) {
			t.Errorf("%s\n%s", made.Body, again.Body)
		}
		if again := w.Admin.Put(w.Path("/external/accounts/crm:acme"), map[string]any{"name": "Acme"}).OK(); string(again.Body) != string(acme.Body) {
			t.Errorf("%s\n%s", acme.Body, again.Body)
		}
		if after := w.Count(w.Path("/audit")); after != before {
			t.Errorf("%d entries more", after-before)
		}
	})
	t.Run("it changes what it says and leaves the rest", func(t *testing.T) {
		r := w.Admin.Put(path, map[string]any{"name": "Eva Sol Ruiz"}).OK()
		if r.String("id") != made.String("id") || r.String("name") != "Eva Sol Ruiz" || r.String("language") != "en" || r.String("external_id") != "crm-4711" {
			t.Errorf("%s", r.Body)
		}
		if r := w.Admin.Put(w.Path("/external/accounts/crm:acme"), map[string]any{"name": "Acme & Sons"}).OK(); r.String("id") != acme.String("id") || r.String("name") != "Acme & Sons" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("each is found by it, and shown with it", func(t *testing.T) {
		if r := w.Admin.Get(path).OK(); r.String("id") != made.String("id") {
			t.Errorf("%s", r.Body)
		}
		if r := w.Admin.Get(w.Path("/external/accounts/crm:acme")).OK(); r.String("id") != acme.String("id") {
			t.Errorf("%s", r.Body)
		}
		if r := w.Admin.Get(w.Path("/contacts")).OK(); r.String("items.0.external_id") != "crm-4711" {
			t.Errorf("%s", r.Body)
		}
		if r := w.Admin.Get(w.Path("/accounts")).OK(); r.String("items.0.external_id") != "crm:acme" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("it is one per workspace and kind", func(t *testing.T) {
		w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Luz", "external_id": "crm-4711"}).Problem(409, "external_id_taken")
		luz := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Luz", "external_id": "crm:acme"}).OK() // an account's is another thing
		w.Admin.Patch(w.Path("/contacts/"+luz.String("id")), map[string]any{"external_id": "crm-4711"}).Problem(409, "external_id_taken")
		w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Casa", "external_id": "crm:acme"}).Problem(409, "external_id_taken")
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		other.Admin.Get(other.Path("/external/contacts/crm-4711")).Problem(404, "not_found")
		if r := other.Admin.Put(other.Path("/external/contacts/crm-4711"), map[string]any{"name": "Eva"}).OK(); r.String("id") == made.String("id") {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("one that is given up can be used again", func(t *testing.T) {
		w.Admin.Patch(w.Path("/contacts/"+made.String("id")), map[string]any{"external_id": "crm-1"}).OK()
		w.Admin.Get(path).Problem(404, "not_found")
		if r := w.Admin.Put(path, map[string]any{"name": "Zoe"}).OK(); r.String("id") == made.String("id") {
			t.Errorf("%s", r.Body)
		}
		w.Admin.Patch(w.Path("/accounts/"+acme.String("id")), map[string]any{"external_id": ""}).OK()
		w.Admin.Get(w.Path("/external/accounts/crm:acme")).Problem(404, "not_found")
	})
	t.Run("an account takes another one", func(t *testing.T) {
		w.Admin.Patch(w.Path("/accounts/"+acme.String("id")), map[string]any{"external_id": "crm:2"}).OK()
		if r := w.Admin.Get(w.Path("/external/accounts/crm:2")).OK(); r.String("id") != acme.String("id") || r.String("name") != "Acme & Sons" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		w.Admin.Put(w.Path("/external/contacts/a%20b"), map[string]any{"name": "X"}).Problem(422, "external_id_malformed")
		w.Admin.Get(w.Path("/external/contacts/eva%40client.example")).Problem(422, "external_id_malformed")
		w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "X", "external_id": "a#b"}).Problem(422, "external_id_malformed")
		w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "X", "external_id": "ñ"}).Problem(422, "external_id_malformed")
		w.Admin.Put(w.Path("/external/contacts/new"), map[string]any{}).Problem(422, "contact_empty")
		w.Admin.Put(w.Path("/external/contacts/new"), map[string]any{"name": "X", "external_id": "other"}).Problem(422, "invalid")
		w.Admin.Put(w.Path("/external/accounts/new"), map[string]any{"name": " "}).Problem(422, "name_malformed")
		w.Admin.Get(w.Path("/external/contacts/new")).Problem(404, "not_found")
	})
}

func TestB11OfTwentyUpsertsAtOnceOneMakesTheContact(t *testing.T) {
	w := testkit.New(t)
	for _, path := range []string{"/external/contacts/crm-1", "/external/accounts/crm-1"} {
		var wg sync.WaitGroup
		var mu sync.Mutex
		made := map[string]bool{}
		for range 20 {
			wg.Go(func() {
				r, err := w.Admin.Try("PUT", w.Path(path), map[string]any{"name": "Eva"})
				if err != nil || r.Status != 200 {
					t.Errorf("%d %s %v", r.Status, r.Body, err)
					return
				}
				mu.Lock()
				made[r.String("id")] = true
				mu.Unlock()
			})
		}
		wg.Wait()
		if len(made) != 1 {
			t.Errorf("%s: %d were made", path, len(made))
		}
	}
	if w.Count(w.Path("/contacts")) != 1 || w.Count(w.Path("/accounts")) != 1 {
		t.Error("more than one is there")
	}
}

func TestB11AnUpsertKeepsTrueWhatHangsOnAContact(t *testing.T) {
	w := testkit.New(t)
	supports(w, true)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	put := func(card map[string]any) testkit.Response {
		return w.Admin.Put(w.Path("/external/contacts/crm-1"), card)
	}
	id := put(map[string]any{"name": "Eva", "address": eva, "accounts": []any{one, two}}).OK().String("id")
	put(map[string]any{"accounts": []any{one}}).OK()
	if r := w.Admin.Get(w.Path("/accounts/" + two)).OK(); r.Len("contacts") != 0 {
		t.Errorf("%s", r.Body)
	}
	if v := invite(w, map[string]any{"contact": id}); v != "invited" {
		t.Fatal(v)
	}
	put(map[string]any{"address": eva2}).Problem(409, "contact_invited")
	put(support("portal_user", false)).OK() // an invitation that is open gives its seat up, and takes it again
	put(support("portal_user", true)).OK()
	client := w.AcceptMailed(eva, testkit.Password)
	put(map[string]any{"accounts": []any{two}}).Problem(409, "contact_has_access")
	put(support("portal_user", false)).OK()
	client.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	put(support("portal_user", true)).OK()
	put(map[string]any{"address": eva2}).OK()
	w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": eva, "password": testkit.Password}).Problem(403, "access_off")
}
