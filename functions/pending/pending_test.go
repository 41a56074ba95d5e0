package pending_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"portero/shared/testkit"
)

type m = map[string]any

// account makes one; contact a person there.
func account(w *testkit.World, name string) string {
	return w.Admin.Post(w.Path("/accounts"), m{"name": name}).OK().String("id")
}

func contact(w *testkit.World, name, address string, accounts ...string) string {
	return w.Admin.Post(w.Path("/contacts"), m{"name": name, "address": address, "accounts": accounts}).OK().String("id")
}

// grant grants access without sending (row T3).
func grant(w *testkit.World, account, contact string) m {
	w.Admin.Post(w.Path("/accounts/"+account+"/contacts/"+contact+"/grants"), m{"portal": w.Portal}).OK()
	return m{"account": account, "contact": contact, "portal": w.Portal}
}

// names are the people of a list, in its order.
func names(r testkit.Response) []string {
	all := []string{}
	for n := range r.Len("items") {
		all = append(all, r.String(fmt.Sprintf("items.%d.name", n)))
	}
	return all
}

// entry is where a person stands in a list.
func entry(r testkit.Response, name string) string {
	return fmt.Sprintf("items.%d.", slices.Index(names(r), name))
}

func want(t *testing.T, w *testkit.World, query string, people ...string) testkit.Response {
	t.Helper()
	r := w.Admin.Get(w.Path("/pending" + query)).OK()
	got := names(r)
	slices.Sort(got) // those never sent to stand in the order of their identifiers
	slices.Sort(people)
	if !slices.Equal(got, people) {
		t.Errorf("%q: %v, want %v", query, got, people)
	}
	return r
}

func batch(w *testkit.World, action string, lines ...m) testkit.Response {
	w.T.Helper()
	return w.Admin.Post(w.Path("/pending/batch"), m{"action": action, "lines": lines}).OK()
}

func TestT10WhoIsPendingUntilTheFirstSignIn(t *testing.T) {
	w := testkit.New(t)
	sol, luna := account(w, "Bodegas Sol"), account(w, "Bodegas Luna")
	eva := contact(w, "Eva", "eva@client.example", sol, luna)
	ana := contact(w, "Ana", "ana@client.example", sol)
	silent := contact(w, "Sin correo", "", sol)
	grant(w, sol, ana)
	grant(w, sol, silent)
	first := w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": eva, "account": sol}, {"contact": eva, "account": luna}}}).OK().String("lines.0.invitation")
	w.Advance(20 * time.Minute)
	w.Invite("bounce@simulator.amazonses.com")
	w.Settle()

	r := want(t, w, "?order=newest", "", "Eva", "Sin correo", "Ana")
	if r.String("items.0.stopped") != "bounced" || r.String("items.0.address") != "bounce@simulator.amazonses.com" {
		t.Errorf("an address that came back is flagged: %s", r.Body)
	}
	if r.String("items.1.invitation") != first || r.String("items.1.state") != "pending" || r.Len("items.1.grants") != 2 || r.At("items.1.sent_at") == nil ||
		r.String("items.1.invited_by.address") != testkit.AdminAddress {
		t.Errorf("with all accounts, when and by whom: %s", r.Body)
	}
	accounts := []string{r.String("items.1.grants.0.name"), r.String("items.1.grants.1.name")}
	if slices.Sort(accounts); !slices.Equal(accounts, []string{"Bodegas Luna", "Bodegas Sol"}) {
		t.Errorf("%v", accounts)
	}
	if ana := entry(r, "Ana"); r.At(ana+"sent_at") != nil || r.At(ana+"invitation") != nil || r.String(ana+"state") != "never_sent" || r.At(entry(r, "Sin correo")+"address") != nil {
		t.Errorf("never sent is a state of its own (T3): %s", r.Body)
	}
	want(t, w, "", "Ana", "Sin correo", "Eva", "")
	if r := w.Admin.Get(w.Path("/pending")).OK(); r.String("items.0.state") != "never_sent" || r.String("items.2.name") != "Eva" {
		t.Errorf("those never sent to come first: %s", r.Body)
	}
	want(t, w, "?sent=never", "Ana", "Sin correo")

	t.Run("T10 resending moves them to the newest", func(t *testing.T) {
		w.Advance(20 * time.Minute)
		if r := batch(w, "resend", m{"invitation": first}); r.String("lines.0.verdict") != "resent" {
			t.Errorf("%s", r.Body)
		}
		if r := want(t, w, "?order=newest", "Eva", "", "Sin correo", "Ana"); r.String("items.0.name") != "Eva" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("T10 whoever has come is no longer there", func(t *testing.T) {
		w.Settle()
		w.AcceptMailed("eva@client.example", testkit.Password)
		want(t, w, "?order=newest", "", "Sin correo", "Ana")
	})
	t.Run("T10 a member who is offered more is marked", func(t *testing.T) {
		mas := account(w, "Bodegas Más")
		w.Admin.Patch(w.Path("/contacts/"+eva), m{"accounts": []string{sol, luna, mas}}).OK()
		grant(w, mas, eva)
		r := w.Admin.Get(w.Path("/pending?sent=never")).OK()
		if r.At(entry(r, "Eva")+"member") != true {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("T10 what is refused", func(t *testing.T) {
		w.Anonymous().Get(w.Path("/pending")).Problem(401, "sign_in_required")
		w.SignIn("eva@client.example", testkit.Password).Get(w.Path("/pending")).Problem(403, "not_allowed")
		w.Admin.Get(w.Path("/pending?cursor=nonsense")).Problem(422, "cursor_invalid")
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		other.Admin.Get(w.Path("/pending")).Problem(401, "sign_in_required")
		if r := other.Admin.Get(other.Path("/pending")).OK(); r.Len("items") != 0 {
			t.Errorf("%s", r.Body)
		}
		if r := batch(&other, "resend", m{"invitation": first}); r.String("lines.0.code") != "not_found" {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestT10ASelectionIsSentOrGivenUp(t *testing.T) {
	w := testkit.New(t)
	sol := account(w, "Bodegas Sol")
	never := grant(w, sol, contact(w, "Ana", "ana@client.example", sol))
	unmailed := grant(w, sol, contact(w, "Sin correo", "", sol))
	twice := grant(w, sol, contact(w, "Luz", "luz@client.example", sol))
	sent := w.Invite("eva@client.example")[0]
	w.Settle()

	t.Run("T10 those never sent to are invited, beside the others", func(t *testing.T) {
		r := batch(w, "resend", m{"invitation": sent}, never, unmailed, never, m{"account": "nonsense"})
		for n, verdict := range []string{"resent", "invited", "refused", "refused", "refused"} {
			if r.String(fmt.Sprintf("lines.%d.verdict", n)) != verdict {
				t.Errorf("line %d: %s", n, r.Body)
			}
		}
		if r.String("lines.2.code") != "contact_without_address" || r.String("lines.3.code") != "twice" || r.String("lines.4.code") != "not_found" || r.At("counts.refused") != 3.0 {
			t.Errorf("%s", r.Body)
		}
		w.Settle()
		if len(w.MailTo("ana@client.example")) != 1 || len(w.MailTo("eva@client.example")) != 2 {
			t.Errorf("%d and %d mails", len(w.MailTo("ana@client.example")), len(w.MailTo("eva@client.example")))
		}
		want(t, w, "?sent=never", "Sin correo", "Luz")
	})
	t.Run("T10 the same request again mails nobody twice", func(t *testing.T) {
		again := w.Admin.With("Idempotency-Key", "k")
		body := m{"action": "resend", "note": "Hola", "lines": []m{twice}}
		one, two := again.Post(w.Path("/pending/batch"), body).OK(), again.Post(w.Path("/pending/batch"), body).OK()
		w.Settle()
		if string(one.Body) != string(two.Body) || len(w.MailTo("luz@client.example")) != 1 {
			t.Errorf("%s\n%s", one.Body, two.Body)
		}
	})
	t.Run("T10 cancelling leaves granted, never sent; cancelling that switches sign-in off", func(t *testing.T) {
		if r := batch(w, "cancel", m{"invitation": sent}, unmailed); r.String("lines.0.verdict") != "cancelled" || r.String("lines.1.verdict") != "withdrawn" {
			t.Fatalf("%s", r.Body)
		}
		w.Anonymous().Post("/v1/invitations/accept", m{"token": w.TokenIn(w.LastMailTo("eva@client.example")), "password": testkit.Password}).Problem(409, "invitation_cancelled")
		r := w.Admin.Get(w.Path("/pending?sent=never")).OK()
		if r.Len("items") != 1 || r.String("items.0.address") != "eva@client.example" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("T10 a request that is wrong as a whole changes nothing", func(t *testing.T) {
		w.Admin.Post(w.Path("/pending/batch"), m{"action": "forget", "lines": []m{never}}).Problem(422, "action_unknown")
		w.Admin.Post(w.Path("/pending/batch"), m{"action": "resend", "lines": []m{}}).Problem(422, "lines_missing")
	})
}

func TestT10StaffWhoOnlySeeMaySeeIt(t *testing.T) {
	w := testkit.New(t)
	sol := account(w, "Bodegas Sol")
	never := grant(w, sol, contact(w, "Ana", "ana@client.example", sol))
	w.Admin.Post(w.Path("/staff/invitations"), m{"address": "berta@firm.example", "level": "member"}).OK()
	w.Settle()
	berta := w.AcceptMailed("berta@firm.example", testkit.Password)
	if r := berta.Get(w.Path("/pending")).OK(); r.Len("items") != 1 {
		t.Errorf("%s", r.Body)
	}
	path := w.Path("/pending/batch")
	berta.Post(path, m{"action": "resend", "lines": []m{never}}).Problem(403, "not_allowed")
	w.Admin.Patch(w.Path(""), m{"settings": m{"members_invite": true}}).OK()
	if r := berta.Post(path, m{"action": "cancel", "lines": []m{never}}).OK(); r.String("lines.0.code") != "not_allowed" {
		t.Errorf("Z18: members invite and do not take access away: %s", r.Body)
	}
	if r := berta.Post(path, m{"action": "resend", "lines": []m{never}}).OK(); r.String("lines.0.verdict") != "invited" {
		t.Errorf("Z18: the switch lets members invite: %s", r.Body)
	}
}

func TestB12WhoIsPendingByRoleAndInviter(t *testing.T) {
	w := testkit.New(t)
	sol := account(w, "Bodegas Sol")
	supplier := w.Admin.Post(w.Path("/roles"), m{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	w.Admin.Patch(w.Path(""), m{"settings": m{"members_invite": true}}).OK()
	w.Admin.Post(w.Path("/staff/invitations"), m{"address": "luis@firm.example", "level": "member"}).OK()
	w.Settle()
	luis := w.AcceptMailed("luis@firm.example", testkit.Password)
	who := luis.Get(w.Path("/sessions/current")).OK().String("identity.id")
	grant(w, sol, contact(w, "Ana", "ana@client.example", sol))
	send := func(c *testkit.Client, name, role string) {
		c.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": contact(w, name, name+"@client.example", sol), "role": role}}}).OK()
	}
	send(w.Admin, "eva", w.Role)
	send(luis, "luz", w.Role)
	send(luis, "zoe", supplier)

	want(t, w, "?role="+supplier, "zoe")
	want(t, w, "?role="+w.Role, "Ana", "eva", "luz")
	want(t, w, "?role="+w.Role+"&sent=never", "Ana")
	want(t, w, "?inviter="+who+"&order=newest", "luz", "zoe")
	want(t, w, "?inviter="+who+"&role="+w.Role, "luz")
	w.Admin.Get(w.Path("/pending?sent=never&inviter="+who)).Problem(422, "filters_together")
	w.Admin.Get(w.Path("/pending?role=nonsense")).Problem(422, "id_malformed")

	t.Run("pages are full, and their cursors go on", func(t *testing.T) {
		lines := []m{}
		for n := range 130 {
			line := m{"address": fmt.Sprintf("p%d@client.example", n), "account": sol}
			if n%2 == 0 {
				line["role"] = supplier
			}
			lines = append(lines, line)
		}
		w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": lines}).OK()
		seen, next := map[string]bool{}, ""
		for _, most := range []int{50, 16} {
			r := w.Admin.Get(w.Path("/pending?role=" + supplier + next)).OK()
			if r.Len("items") != most {
				t.Errorf("a page of %d, want %d", r.Len("items"), most)
			}
			for n := range r.Len("items") {
				seen[r.String(fmt.Sprintf("items.%d.invitation", n))] = true
			}
			next = "&cursor=" + r.String("next")
		}
		if len(seen) != 66 || next != "&cursor=" {
			t.Errorf("%d, then %s", len(seen), next)
		}
	})
}
