package invitations_test

import (
	"fmt"
	"strings"
	"testing"

	"portero/shared/testkit"
)

func TestB12InvitationsAreFoundByAddressNameAccountRoleAndInviter(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), one{"name": "Acme"}).OK().String("id")
	supplier := w.Admin.Post(w.Path("/roles"), one{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	w.Admin.Patch(w.Path(""), one{"settings": one{"members_invite": true}}).OK()
	w.Admin.Post(w.Path("/staff/invitations"), one{"address": "luis@firm.example", "level": "member"}).OK()
	w.Settle()
	luis := w.AcceptMailed("luis@firm.example", testkit.Password)
	who := luis.Get(w.Path("/sessions/current")).OK().String("identity.id")
	send := func(c *testkit.Client, lines ...one) { c.Post(w.Path("/invitations"), body(w, lines...)).OK() }
	send(w.Admin, one{"address": "Eva@client.example", "name": "Ángel Sol", "account": acme}, one{"address": "evaristo@client.example", "name": "Zoe"})
	send(luis, one{"address": "marta@client.example", "name": "Angela", "role": supplier, "account": acme})
	w.Settle()
	w.AcceptMailed("evaristo@client.example", testkit.Password)

	find := func(query string) string {
		r := w.Admin.Get(w.Path("/invitations?" + query)).OK()
		var all []string
		for n := range r.Len("items") {
			all = append(all, r.String(fmt.Sprintf("items.%d.address", n)))
		}
		return strings.Join(all, " ")
	}
	for query, want := range map[string]string{
		"address=EVA":                           "Eva@client.example evaristo@client.example",
		"address=eva&state=accepted":            "evaristo@client.example",
		"address=eva&state=declined":            "",
		"name=angel":                            "Eva@client.example marta@client.example",
		"name=angel&inviter=" + who:             "marta@client.example",
		"state=pending&inviter=" + who:          "marta@client.example",
		"state=pending&role=" + supplier:        "marta@client.example",
		"role=" + supplier:                      "marta@client.example",
		"account=" + acme + "&role=" + supplier: "marta@client.example",
		"account=" + acme + "&state=accepted":   "",
		"address=zz":                            "",
	} {
		if got := find(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := find("account=" + acme); len(strings.Fields(got)) != 2 {
		t.Errorf("of the account: %s", got)
	}
	w.Admin.Get(w.Path("/invitations?address=a&name=b")).Problem(422, "filters_together")
	w.Admin.Get(w.Path("/invitations?address=a&account="+acme)).Problem(422, "filters_together")
	w.Admin.Get(w.Path("/invitations?inviter=nonsense")).Problem(422, "id_malformed")
}

func TestB12AFilteredPageIsFullWhileAThousandHoldEnough(t *testing.T) {
	w := testkit.New(t)
	supplier := w.Admin.Post(w.Path("/roles"), one{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	var lines []one
	for n := range 180 {
		line := one{"address": fmt.Sprintf("a%03d@client.example", n)}
		if n%3 == 0 {
			line["role"] = supplier
		}
		lines = append(lines, line)
	}
	w.Admin.Post(w.Path("/invitations"), body(w, lines...)).OK()
	seen, next := map[string]bool{}, ""
	for _, want := range []int{50, 10} {
		r := w.Admin.Get(w.Path("/invitations?state=pending&role=" + supplier + next)).OK()
		if r.Len("items") != want {
			t.Fatalf("a page of %d, want %d", r.Len("items"), want)
		}
		for n := range want {
			seen[r.String(fmt.Sprintf("items.%d.id", n))] = true
		}
		next = "&cursor=" + r.String("next")
	}
	if len(seen) != 60 || next != "&cursor=" {
		t.Errorf("%d in all, then %q", len(seen), next)
	}
}
