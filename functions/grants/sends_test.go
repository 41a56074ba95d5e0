package grants_test

import (
	"fmt"
	"strings"
	"testing"

	"portero/shared/testkit"
)

// waiting is a contact at an account whose access is switched off; it returns the
// account, the contact and the path of the grant.
func waiting(w *testkit.World, address string) (account, contact, path string) {
	w.T.Helper()
	account = w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bodegas Sol"}).OK().String("id")
	body := map[string]any{"name": "Eva", "accounts": []string{account}}
	if address != "" {
		body["address"] = address
	}
	contact = w.Admin.Post(w.Path("/contacts"), body).OK().String("id")
	path = w.Path("/accounts/" + account + "/contacts/" + contact + "/grants")
	w.Admin.Post(path, map[string]any{"portal": w.Portal, "sign_in": false}).OK()
	return account, contact, path + "/" + w.Portal
}

func sends(w *testkit.World, settings map[string]any) {
	w.T.Helper()
	w.Admin.Patch(w.Path(""), map[string]any{"settings": settings}).OK()
}

func TestD2SwitchingAccessOnSendsOnlyWhereTheWorkspaceSaysSo(t *testing.T) {
	w := testkit.New(t)
	on := map[string]any{"sign_in": true, "notify": false}
	_, _, path := waiting(w, "eva@client.example")
	if r := w.Admin.Patch(path, on).OK(); r.At("sent") != nil || r.String("state") != "granted" {
		t.Errorf("from the start nothing is sent: %s", r.Body)
	}
	sends(w, map[string]any{"switch_sends": true})
	_, _, path = waiting(w, "luis@client.example")
	r := w.Admin.Patch(path, on).OK()
	if r.String("sent.verdict") != "sent" || r.String("state") != "invited" || r.At("notify") != false {
		t.Errorf("%s", r.Body)
	}
	if again := w.Admin.Get(path).OK(); again.String("state") != "invited" || again.At("notify") != false {
		t.Errorf("%s", again.Body)
	}
	w.Admin.Patch(path, on).OK()
	sends(w, map[string]any{"access_by": "credentials"})
	_, _, path = waiting(w, "mia@client.example")
	w.Admin.Patch(path, on).OK()
	w.Settle()
	for address, want := range map[string]int{"eva@client.example": 0, "luis@client.example": 1, "mia@client.example": 1} {
		if got := len(w.MailTo(address)); got != want {
			t.Errorf("%s: %d mails", address, got)
		}
	}
	if text := w.LastMailTo("mia@client.example").Text; !strings.Contains(text, "contraseña provisional") {
		t.Errorf("not by credentials: %s", text)
	}
	w.AcceptMailed("luis@client.example", testkit.Password)
	off := map[string]any{"sign_in": false}
	_, _, eva := waiting(w, "")
	if r := w.Admin.Patch(eva, on).OK(); r.String("sent.code") != "contact_without_address" || r.At("sign_in") != true {
		t.Errorf("whoever cannot be mailed is switched on all the same: %s", r.Body)
	}
	if r := w.Admin.Patch(eva, off).OK(); r.At("sent") != nil {
		t.Errorf("%s", r.Body)
	}
}

func TestD2WhoeverCameOnceIsNotInvitedAgainByTheSwitch(t *testing.T) {
	w := testkit.New(t)
	sends(w, map[string]any{"switch_sends": true})
	_, _, path := waiting(w, "eva@client.example")
	w.Admin.Patch(path, map[string]any{"sign_in": true}).OK()
	w.Settle()
	w.AcceptMailed("eva@client.example", testkit.Password)
	w.Admin.Patch(path, map[string]any{"sign_in": false}).OK()
	if r := w.Admin.Patch(path, map[string]any{"sign_in": true}).OK(); r.At("sent") != nil || r.String("state") != "active" {
		t.Errorf("%s", r.Body)
	}
	w.SignIn("eva@client.example", testkit.Password)
}

func TestD2ManySwitchesSendOnceEach(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	sends(w, map[string]any{"switch_sends": true})
	var lines []map[string]any
	for n := range 60 {
		a, c, _ := waiting(w, fmt.Sprintf("p%d@client.example", n%50)) // ten of them at two accounts
		lines = append(lines, map[string]any{"account": a, "contact": c, "portal": w.Portal})
	}
	a, c, _ := waiting(w, "")
	lines = append(lines, map[string]any{"account": a, "contact": c, "portal": w.Portal}, lines[0])
	keyed := w.Admin.With("Idempotency-Key", "many")
	r := keyed.Post(w.Path("/grants/batch"), map[string]any{"lines": lines, "sign_in": true}).OK()
	if r.At("counts.changed") != float64(61) || r.String("lines.0.sent.verdict") != "sent" || r.String("lines.60.sent.code") != "contact_without_address" ||
		r.String("lines.61.code") != "twice" {
		t.Errorf("%s", r.Body)
	}
	keyed.Post(w.Path("/grants/batch"), map[string]any{"lines": lines, "sign_in": true}).OK()
	w.Settle()
	for n := range 50 {
		if got := len(w.MailTo(fmt.Sprintf("p%d@client.example", n))); got != 1 {
			t.Errorf("p%d: %d mails", n, got)
		}
	}
	if r := w.Admin.Get(w.Path("/invitations?state=pending")).OK(); r.Len("items") != 50 {
		t.Errorf("%d", r.Len("items"))
	}
}
