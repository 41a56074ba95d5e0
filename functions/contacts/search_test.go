package contacts_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"portero/shared/testkit"
)

// names are who is on a page, in its order.
func names(r testkit.Response, field string) string {
	var all []string
	for n := range r.Len("items") {
		all = append(all, r.String(fmt.Sprintf("items.%d.%s", n, field)))
	}
	return strings.Join(all, ", ")
}

func TestB12ContactsAreFoundByTheBeginningOfNameOrAddressOrByAccount(t *testing.T) {
	w := testkit.New(t)
	one, two := account(w, "Bodegas Sol"), account(w, "Ánfora")
	for _, c := range []map[string]any{
		{"name": "Ángel Muñoz", "address": "am@client.example", "accounts": []any{one, two}},
		{"name": "ANGELA Sol", "address": "Eva@Client.example", "accounts": []any{one}},
		{"name": "Eva #1", "address": "angel@other.example"},
		{"address": "eva.sol@client.example", "accounts": []any{two}},
	} {
		contact(w, c)
	}
	find := func(query string) testkit.Response { return w.Admin.Get(w.Path("/contacts?" + query)).OK() }
	for query, want := range map[string]string{
		"name=angel":                         "Ángel Muñoz, ANGELA Sol",
		"name=" + url.QueryEscape("ÁNGEL m"): "Ángel Muñoz",
		"name=" + url.QueryEscape("eva #1"):  "Eva #1",
		"name=eva":                           "Eva #1, ", // who has no name stands under the address
		"name=zo":                            "",
		"address=eva":                        ", ANGELA Sol",
		"address=EVA%40":                     "ANGELA Sol",
		"address=angel":                      "Eva #1",
		"":                                   "Ángel Muñoz, ANGELA Sol, Eva #1, ",
	} {
		if got := names(find(query), "name"); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if r := find("account=" + two); r.Len("items") != 2 || !strings.Contains(names(r, "name"), "Ángel Muñoz") {
		t.Errorf("%s", r.Body)
	}
	t.Run("what a search finds follows a change at once", func(t *testing.T) {
		id := find("address=angel").String("items.0.id")
		w.Admin.Patch(w.Path("/contacts/"+id), map[string]any{"name": "Zoe", "address": "zoe@other.example"}).OK()
		if names(find("address=angel"), "name")+names(find("name=eva+%231"), "name") != "" || names(find("address=zoe"), "name") != "Zoe" || names(find("name=z"), "name") != "Zoe" {
			t.Error("found under what it was called")
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		refuse := func(query, code string) { w.Admin.Get(w.Path("/contacts?"+query)).Problem(422, code) }
		refuse("name=a&address=b", "filters_together")
		refuse("name=a&account="+one, "filters_together")
		refuse("name=a&role="+w.Role, "filters_together")
		refuse("address=a&role="+w.Role, "filters_together")
		refuse("account=nonsense", "id_malformed")
		refuse("role=nonsense", "id_malformed")
		refuse("name="+strings.Repeat("a", 255), "filter_malformed")
		refuse("inviter=x", "invalid")
	})
	t.Run("another firm's are not found", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		for _, query := range []string{"name=a", "address=a", "account=" + one} {
			if r := other.Admin.Get(other.Path("/contacts?" + query)).OK(); r.Len("items") != 0 {
				t.Errorf("%s: %s", query, r.Body)
			}
		}
	})
	t.Run("accounts too", func(t *testing.T) {
		if r := w.Admin.Get(w.Path("/accounts?name=anf")).OK(); names(r, "name") != "Ánfora" {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestB12PagesOfASearchAreFullAndItsCursorsAreItsOwn(t *testing.T) {
	w := testkit.New(t)
	one := account(w, "Bodegas Sol")
	for n := range 120 {
		contact(w, map[string]any{"name": "Eva", "address": fmt.Sprintf("eva.%03d@client.example", n), "accounts": []any{one}})
	}
	contact(w, map[string]any{"name": "Luz", "address": "luz@client.example", "accounts": []any{one}})
	for _, query := range []string{"name=eva", "address=eva.", "account=" + one} {
		seen, next := map[string]bool{}, ""
		for n, want := range []int{50, 50, 20} {
			r := w.Admin.Get(w.Path("/contacts?" + query + next)).OK()
			for n := range r.Len("items") {
				seen[r.String(fmt.Sprintf("items.%d.id", n))] = true
			}
			if strings.HasPrefix(query, "account") && n == 2 {
				want++
			}
			if r.Len("items") != want {
				t.Errorf("%s: page %d has %d", query, n, r.Len("items"))
			}
			next = "&cursor=" + r.String("next")
		}
		if next != "&cursor=" || len(seen) < 120 {
			t.Errorf("%s: %d in all, then %s", query, len(seen), next)
		}
	}
	cursor := w.Admin.Get(w.Path("/contacts?name=eva")).OK().String("next")
	w.Admin.Get(w.Path("/contacts?name=luz&cursor="+cursor)).Problem(422, "cursor_invalid")
	w.Admin.Get(w.Path("/contacts?account="+one+"&cursor="+cursor)).Problem(422, "cursor_invalid")
	w.Admin.Get(w.Path("/contacts?address=luz&cursor="+cursor)).Problem(422, "cursor_invalid")
}

func TestB12ContactsOfARoleAreWhoSitsInIt(t *testing.T) {
	w := testkit.New(t)
	one, two := account(w, "Bodegas Sol"), account(w, "Casa Sol")
	supplier := roleFor(w, "Supplier", "contacts")
	luz := contact(w, map[string]any{"name": "Luz", "address": "luz@client.example", "accounts": []any{one, two}})
	for _, at := range []string{one, two} {
		invite(w, map[string]any{"contact": luz, "account": at, "role": supplier})
	}
	sol := contact(w, map[string]any{"name": "Sol", "accounts": []any{one}})
	w.Admin.Post(w.Path("/accounts/"+one+"/contacts/"+sol+"/grants"), map[string]any{"portal": w.Portal, "role": supplier}).OK()
	eva := contact(w, map[string]any{"name": "Eva", "address": "eva@client.example", "accounts": []any{one}})
	invite(w, map[string]any{"contact": eva})
	is := func(query, want string) {
		t.Helper()
		got := strings.Split(names(w.Admin.Get(w.Path("/contacts?"+query)).OK(), "name"), ", ")
		if slices.Sort(got); strings.Join(got, ", ") != want { // by identifier, which follows no name
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	is("role="+supplier, "Luz")
	is("role="+w.Role, "Eva")
	is("role="+supplier+"&account="+one, "Luz, Sol") // who was granted it there, sent to or not
	is("role="+supplier+"&account="+two, "Luz")
	t.Run("who gives the seat up is gone with the next request", func(t *testing.T) {
		w.Admin.Post(w.Path("/grants/batch"), map[string]any{"lines": []any{map[string]any{"account": two, "contact": luz}}, "sign_in": false}).OK()
		is("role="+supplier, "Luz")
		w.Admin.Post(w.Path("/grants/batch"), map[string]any{"lines": []any{map[string]any{"account": one, "contact": luz}}, "role": w.Role}).OK()
		is("role="+supplier, "")
	})
	other := *w
	other.Seed("Another Firm", "boss@other.example")
	if r := other.Admin.Get(other.Path("/contacts?role=" + w.Role)).OK(); r.Len("items") != 0 {
		t.Errorf("%s", r.Body)
	}
}
