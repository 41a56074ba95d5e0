package invitations_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portero/shared/testkit"
)

func TestPain17AnAccountNamedAfterAWrongAddressIsCorrectedWithIt(t *testing.T) {
	w := testkit.New(t)
	const wrong = "norra@client.example"
	acme := w.Admin.Post(w.Path("/accounts"), one{"name": wrong}).OK().String("id") // called so by the firm
	inv := w.Invite(wrong)[0]
	w.Admin.Post(w.Path("/invitations"), body(w, one{"address": wrong, "account": acme})).OK()
	named := w.Admin.Post(w.Path("/invitations"), body(w, one{"address": "eva@client.example", "name": "Eva"})).OK().String("lines.0.invitation")
	w.Settle()
	names := func() []string {
		r := w.Admin.Get(w.Path("/accounts")).OK()
		all := []string{}
		for n := range r.Len("items") {
			all = append(all, r.String(fmt.Sprintf("items.%d.name", n)))
		}
		slices.Sort(all)
		return all
	}
	if got := names(); !slices.Equal(got, []string{"Eva", wrong, wrong}) {
		t.Fatalf("%v", got)
	}
	w.Admin.Patch(w.Path("/invitations/"+inv), one{"address": nora}).OK()
	w.Admin.Patch(w.Path("/invitations/"+named), one{"address": "evita@client.example"}).OK()
	if got := names(); !slices.Equal(got, []string{"Eva", nora, wrong}) {
		t.Errorf("accounts: %v; only the one that inviting made and named is corrected", got)
	}
	trail := w.Admin.Get(w.Path("/audit?subject=" + inv)).OK()
	if !strings.Contains(string(trail.Body), `"account_name":"changed"`) || strings.Contains(string(trail.Body), "@") {
		t.Errorf("trail: %s", trail.Body)
	}
	t.Run("once staff have named it, it keeps that name", func(t *testing.T) {
		inv := w.Invite("luz@client.example")[0]
		r := w.Admin.Get(w.Path("/accounts?name=luz")).OK()
		w.Admin.Patch(w.Path("/accounts/"+r.String("items.0.id")), one{"name": "Luz and sons"}).OK()
		w.Admin.Patch(w.Path("/invitations/"+inv), one{"address": "lucia@client.example"}).OK()
		if got := names(); !slices.Contains(got, "Luz and sons") {
			t.Errorf("accounts: %v", got)
		}
	})
}
