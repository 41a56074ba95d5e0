package members_test

import (
	"fmt"
	"strings"
	"testing"

	"portero/shared/testkit"
)

func TestB12MembersAndStaffAreFoundByAddressNameAndAccount(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Acme"}).OK().String("id")
	for address, name := range map[string]string{"eva@client.example": "Ángela", "evaristo@client.example": "Zoe", "luz@client.example": "Angel"} {
		line := map[string]any{"address": address, "name": name}
		if name == "Zoe" {
			line["account"] = acme
		}
		w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{line}}).OK()
		w.Settle()
		w.AcceptMailed(address, testkit.Password)
	}
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "luis@firm.example", "level": "member", "name": "Ángel Luis"}).OK()
	w.Settle()
	w.AcceptMailed("luis@firm.example", testkit.Password)
	find := func(query string) string {
		r := w.Admin.Get(w.Path(query)).OK()
		var all []string
		for n := range r.Len("items") {
			all = append(all, r.String(fmt.Sprintf("items.%d.address", n)))
		}
		return strings.Join(all, " ")
	}
	for query, want := range map[string]string{
		"/members?address=EVA":      "eva@client.example evaristo@client.example",
		"/members?name=angel":       "luz@client.example eva@client.example",
		"/members?account=" + acme:  "evaristo@client.example",
		"/members?name=luis":        "",
		"/staff?name=angel":         "luis@firm.example",
		"/staff?address=ana":        testkit.AdminAddress,
		"/staff?address=eva":        "",
		"/members?address=eva%40cl": "eva@client.example",
	} {
		if got := find(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	who := w.Admin.Get(w.Path("/staff?name=angel")).OK().String("items.0.id")
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"members_invite": true}}).OK()
	supplier := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	luis := w.SignIn("luis@firm.example", testkit.Password)
	luis.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{
		map[string]any{"address": "zoe@client.example", "role": supplier, "account": acme}, map[string]any{"address": "late@client.example"}}}).OK()
	w.Settle()
	w.AcceptMailed("zoe@client.example", testkit.Password)
	for query, want := range map[string]string{
		"/members?role=" + supplier:                                        "zoe@client.example",
		"/members?inviter=" + who:                                          "zoe@client.example",
		"/members?account=" + acme + "&inviter=" + who:                     "zoe@client.example",
		"/members?account=" + acme + "&role=" + w.Role:                     "evaristo@client.example",
		"/members?account=" + acme + "&role=" + supplier:                   "zoe@client.example",
		"/members?account=" + acme + "&role=" + w.Role + "&inviter=" + who: "",
	} {
		if got := find(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"name=a&account=" + acme, "address=a&role=" + supplier, "name=a&inviter=" + who, "role=" + supplier + "&inviter=" + who} {
		w.Admin.Get(w.Path("/members?"+query)).Problem(422, "filters_together")
	}
	other := *w
	other.Seed("Another Firm", "boss@other.example")
	if r := other.Admin.Get(other.Path("/members?inviter=" + who)).OK(); r.Len("items") != 0 {
		t.Errorf("%s", r.Body)
	}
	w.Admin.Get(w.Path("/staff?name=a&address=b")).Problem(422, "filters_together")
}
