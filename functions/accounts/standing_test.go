package accounts_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

type m = map[string]any

// states are the accounts of a list with what they come to.
func states(w *testkit.World, query string) string {
	r := w.Admin.Get(w.Path("/accounts" + query)).OK()
	var all []string
	for _, raw := range r.At("items").([]any) {
		one := raw.(m)
		all = append(all, one["name"].(string)+" "+one["state"].(string))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// person is a contact of an account, with the path of their grant, which is made.
func person(w *testkit.World, name, address, account string, terms m) (contact, grant string) {
	contact = w.Admin.Post(w.Path("/contacts"), m{"name": name, "address": address, "accounts": []any{account}}).OK().String("id")
	path := w.Path("/accounts/" + account + "/contacts/" + contact + "/grants")
	terms["portal"] = w.Portal
	w.Admin.Post(path, terms).OK()
	return contact, path + "/" + w.Portal
}

func TestT11T13AccountsAtAGlance(t *testing.T) {
	w := testkit.New(t)
	sol, luna := account(w, "Sol"), account(w, "Luna")
	eva, evas := person(w, "Eva", "eva@client.example", sol, m{})
	glance := func(says, want string) {
		t.Helper()
		w.Tick("jobs/assess")
		if got := states(w, ""); got != want {
			t.Errorf("%s: %q, want %q", says, got, want)
		}
	}
	glance("a switch is on, nobody has come", "Luna offline, Sol pending")
	w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": eva}}}).OK()
	w.Settle()
	client := w.AcceptMailed("eva@client.example", testkit.Password)
	glance("somebody may sign in", "Luna offline, Sol active")
	if r := w.Admin.Get(w.Path("/accounts?state=active")).OK(); r.Len("items") != 1 || r.At("items.0.last_sign_in_at") == nil || r.At("items.0.created_at") == nil {
		t.Errorf("%s", r.Body)
	}
	who := client.Get(w.Path("/sessions/current")).OK().String("identity.id")
	w.Admin.Post(w.Path("/members/"+who+"/deactivate"), nil).OK()
	glance("Z17 whoever came is shut out", "Luna offline, Sol offline")
	w.Admin.Post(w.Path("/members/"+who+"/reactivate"), nil).OK()
	glance("and let in again", "Luna offline, Sol active")
	w.Admin.Patch(evas, m{"sign_in": false}).OK()
	glance("the switch is off", "Luna offline, Sol offline")
	if r := w.Admin.Get(w.Path("/accounts/" + luna)).OK(); r.String("state") != "offline" {
		t.Errorf("%s", r.Body)
	}
	if swept := w.Tick("jobs/assess"); swept["due"] != 0.0 {
		t.Errorf("what was derived is due no more: %v", swept)
	}
}

func TestD1AnAccountTurnsWhenDatesComeWithoutAWrite(t *testing.T) {
	w := testkit.New(t)
	w.Admin.Patch(w.Path(""), m{"settings": m{"support_dates": true}})
	sol := account(w, "Sol")
	until := w.Now().AddDate(0, 0, 2).Format(time.DateOnly)
	eva, _ := person(w, "Eva", "eva@client.example", sol, m{"until": until})
	w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": eva}}}).OK()
	w.Settle()
	w.AcceptMailed("eva@client.example", testkit.Password)
	w.Tick("jobs/assess")
	if got := states(w, "?state=active"); got != "Sol active" {
		t.Fatalf("%q", got)
	}
	for range 4 {
		w.Advance(24*time.Hour - time.Minute)
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	}
	w.Tick("jobs/assess")
	if got := states(w, "?state=offline"); got != "Sol offline" {
		t.Errorf("%q", got)
	}
}

func TestT8WhichAccountsNobodyUses(t *testing.T) {
	w := testkit.New(t)
	sol, luna := account(w, "Sol"), account(w, "Luna")
	account(w, "Mar")
	eva, _ := person(w, "Eva", "eva@client.example", sol, m{})
	person(w, "Luz", "luz@client.example", luna, m{})
	w.Admin.Patch(w.Path("/contacts/"+eva), m{"accounts": []any{sol, luna}}).OK()
	w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": eva, "account": sol}}}).OK()
	w.Settle()
	w.AcceptMailed("eva@client.example", testkit.Password)
	w.Tick("jobs/assess")
	for query, want := range map[string]string{
		"?state=offline":                                    "Mar offline",
		"?signed_in=never":                                  "Luna pending, Mar offline",
		"?signed_in=never&state=pending":                    "Luna pending",
		"?last_sign_in_before=2020-01-01":                   "",
		"?last_sign_in_before=2030-01-01":                   "Sol active",
		"?last_sign_in_before=" + today(w):                  "",
		"?last_sign_in_before=" + tomorrow(w):               "Sol active",
		"?state=offline&last_sign_in_before=" + tomorrow(w): "",
	} {
		if got := states(w, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	t.Run("T8 signing in on another day is noted once, and so is switching", func(t *testing.T) {
		before := tomorrow(w)
		w.Advance(time.Minute) // people go in where they came first
		w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": eva, "account": luna}}}).OK()
		w.Settle()
		token := w.TokenIn(w.LastMailTo("eva@client.example"))
		w.Anonymous().Post("/v1/invitations/accept", m{"token": token, "password": testkit.Password, "sign_in": true}).OK()
		w.Advance(48 * time.Hour)
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		client := w.SignIn("eva@client.example", testkit.Password)
		w.SignIn("eva@client.example", testkit.Password)
		client.Post(w.Path("/sessions/current/switch"), m{"account": luna, "contact": eva, "portal": w.Portal}).OK()
		w.Tick("jobs/assess")
		if got := states(w, "?last_sign_in_before="+before); got != "" {
			t.Errorf("%q", got)
		}
		if got := states(w, "?last_sign_in_before="+tomorrow(w)); got != "Luna active, Sol active" {
			t.Errorf("%q", got)
		}
	})
	t.Run("T8 what is refused", func(t *testing.T) {
		w.Admin.Get(w.Path("/accounts?state=asleep")).Problem(422, "state_unknown")
		w.Admin.Get(w.Path("/accounts?last_sign_in_before=yesterday")).Problem(422, "date_malformed")
		w.Admin.Get(w.Path("/accounts?signed_in=never&last_sign_in_before=2026-01-01")).Problem(422, "filter_contradicts")
	})
}

func today(w *testkit.World) string    { return w.Now().Format(time.DateOnly) }
func tomorrow(w *testkit.World) string { return w.Now().AddDate(0, 0, 1).Format(time.DateOnly) }
