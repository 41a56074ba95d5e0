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
	w.Admin.Get(w.Path("/members?name=a&account="+acme)).Problem(422, "filters_together")
	w.Admin.Get(w.Path("/staff?name=a&address=b")).Problem(422, "filters_together")
}
