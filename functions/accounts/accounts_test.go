package accounts_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"portero/shared/testkit"
)

// requestID is the one part of a problem that is never the same.
var requestID = regexp.MustCompile(`,"request_id":"[^"]*"`)

// bytesOf are an answer's bytes but for the request's own identifier.
func bytesOf(r testkit.Response) string { return requestID.ReplaceAllString(string(r.Body), "") }

func account(w *testkit.World, name string) string {
	return w.Admin.Post(w.Path("/accounts"), map[string]any{"name": name}).OK().String("id")
}

func TestAccounts(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")

	t.Run("an account is renamed", func(t *testing.T) {
		w.Admin.Patch(w.Path("/accounts/"+one), map[string]any{"name": "Bodegas Luna"}).OK()
		if r := w.Admin.Get(w.Path("/accounts/" + one)).OK(); r.String("name") != "Bodegas Luna" || r.String("state") != "offline" {
			t.Errorf("%s", r.Body)
		}
		w.Admin.Patch(w.Path("/accounts/"+one), map[string]any{"name": " "}).Problem(422, "name_malformed")
	})
	t.Run("not there and another firm's are the same bytes", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		foreign := other.Admin.Get(other.Path("/accounts/"+one)).Problem(404, "not_found")
		none := other.Admin.Get(other.Path("/accounts/acc_01jd0h5m3w8q4v9x2c6k7n1t5z")).Problem(404, "not_found")
		wrong := other.Admin.Get(other.Path("/accounts/nonsense")).Problem(404, "not_found")
		if bytesOf(foreign) != bytesOf(none) || bytesOf(foreign) != bytesOf(wrong) {
			t.Errorf("%s\n%s\n%s", foreign.Body, none.Body, wrong.Body)
		}
		other.Admin.Patch(other.Path("/accounts/"+one), map[string]any{"name": "Mine"}).Problem(404, "not_found")
		mine, nowhere := other.Admin.Get(w.Path("/accounts/"+one)), other.Admin.Get("/v1/workspaces/ws_01jd0h5m3w8q4v9x2c6k7n1t5z/accounts/"+one)
		if mine.Status != 401 || bytesOf(mine) != bytesOf(nowhere) {
			t.Errorf("%s\n%s", mine.Body, nowhere.Body)
		}
	})
	t.Run("the list goes by name, 50 a page, and cursors end", func(t *testing.T) {
		for i := range 54 {
			account(w, fmt.Sprintf("Cliente %02d", i))
		}
		first := w.Admin.Get(w.Path("/accounts")).OK()
		if first.Len("items") != 50 || first.String("items.0.name") != "Bodegas Luna" || first.String("items.1.name") != "Cliente 00" {
			t.Fatalf("%s", first.Body)
		}
		next := first.String("next")
		second := w.Admin.Get(w.Path("/accounts?cursor=" + next)).OK()
		if second.Len("items") != 5 || second.String("items.4.name") != "Cliente 53" || second.At("next") != nil {
			t.Fatalf("%s", second.Body)
		}
		w.Admin.Get(w.Path("/accounts?cursor=nonsense")).Problem(422, "cursor_invalid")
		for range 25 {
			w.Advance(time.Hour - time.Minute)
			w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		}
		w.Admin.Get(w.Path("/accounts?cursor="+next)).Problem(422, "cursor_expired")
	})
}

func TestT2WhoBelongsToAnAccountAndWhatItComesTo(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")
	contact := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Eva Sol", "address": "eva@client.example", "accounts": []any{one}}).OK().String("id")
	state := func() testkit.Response { return w.Admin.Get(w.Path("/accounts/" + one)).OK() }
	if r := state(); r.String("state") != "offline" || r.String("contacts.0.address") != "eva@client.example" || r.Len("grants") != 0 {
		t.Fatalf("%s", r.Body)
	}
	w.Admin.Post(w.Path("/accounts/"+one+"/contacts/"+contact+"/grants"), map[string]any{"portal": w.Portal}).OK()
	if r := state(); r.String("state") != "pending" || r.String("grants.0.state") != "granted" || r.String("grants.0.contact") != contact {
		t.Fatalf("%s", r.Body)
	}
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"contact": contact}}}).OK()
	w.Settle()
	if r := state(); r.String("state") != "pending" || r.String("grants.0.state") != "invited" {
		t.Fatalf("%s", r.Body)
	}
	w.AcceptMailed("eva@client.example", testkit.Password)
	if r := state(); r.String("state") != "active" || r.String("grants.0.state") != "active" {
		t.Fatalf("%s", r.Body)
	}
	w.Admin.Patch(w.Path("/accounts/"+one+"/contacts/"+contact+"/grants/"+w.Portal), map[string]any{"sign_in": false}).OK()
	if r := state(); r.String("state") != "offline" || r.String("grants.0.state") != "off" {
		t.Fatalf("%s", r.Body)
	}
}
