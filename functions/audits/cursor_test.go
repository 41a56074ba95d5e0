package audits_test

import (
	"fmt"
	"strings"
	"testing"

	"portero/shared/domain/page"
	"portero/shared/testkit"
)

// TestACursorIsOfOneListOnly follows cursors of one list in all others, and made-up
// ones everywhere.
func TestACursorIsOfOneListOnly(t *testing.T) {
	w := testkit.New(t)
	one := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bodegas Sol"}).OK().String("id")
	other := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bodegas Luna"}).OK().String("id")
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"first_week_mails": 1, "daily_mails": 1}}).OK()
	var lines []map[string]any
	for n := range 55 {
		w.Admin.Post(w.Path("/contacts"), map[string]any{"name": fmt.Sprintf("Eva %d", n), "accounts": []string{one}}).OK()
		w.Admin.Post(w.Path("/accounts"), map[string]any{"name": fmt.Sprintf("Casa %d", n)}).OK()
		lines = append(lines, map[string]any{"address": fmt.Sprintf("c%d@client.example", n)})
	}
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": lines}).OK()
	lists := []string{"/accounts", "/accounts?name=casa", "/accounts?state=pending", "/accounts/" + one, "/accounts/" + other, "/contacts", "/contacts?name=eva", "/contacts?account=" + one,
		"/staff", "/members", "/roles", "/sessions", "/audit", "/audit?subject=" + one, "/invitations", "/invitations?order=oldest", "/invitations?state=pending",
		"/invitations?state=pending&order=oldest", "/invitations?state=expired", "/pending", "/pending?order=newest", "/joinlinks", "/joinrequests?state=waiting"}
	at := func(list string, cursor string) testkit.Response {
		return w.Admin.Get(w.Path(list + map[bool]string{true: "&", false: "?"}[strings.Contains(list, "?")] + "cursor=" + cursor))
	}
	cursors := map[string]string{}
	for _, list := range lists {
		r := w.Admin.Get(w.Path(list))
		if r.Status != 200 {
			t.Fatalf("%s: %d %s", list, r.Status, r.Body)
		}
		if r.At("next") != nil {
			cursors[list] = r.String("next")
		}
	}
	if len(cursors) < 8 {
		t.Fatalf("only %d lists go on: %v", len(cursors), cursors)
	}
	for _, list := range lists {
		for of, cursor := range cursors {
			if r := at(list, cursor); of == list && r.Status != 200 || of != list && (r.Status != 422 || r.String("code") != "cursor_invalid" || r.String("errors.0.name") != "cursor") {
				t.Errorf("%s with a cursor of %s: %d %s", list, of, r.Status, r.Body)
			}
		}
		for _, sort := range []string{"@", "x", "#", "a#b#c", "\x00", "ñ", strings.Repeat("z", 1024), "2026-11-23T08:00:00Z#inv_01jd0h5m3w8q4v9x2c6k7n1t5z"} {
			at(list, string(page.List(list).CursorAt(sort, w.Now()))).Problem(422, "cursor_invalid")
		}
	}
}
