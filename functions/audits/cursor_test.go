package audits_test

import (
	"strings"
	"testing"

	"portero/shared/domain/page"
	"portero/shared/testkit"
)

// Cursors are not signed: whoever makes one up sees a page of their own things
// or is told that it is not one of ours.
func TestMadeUpCursorsShowNothingForeignAndBreakNothing(t *testing.T) {
	w := testkit.New(t)
	w.Invite("eva@client.example")
	one := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Bodegas Sol"}).OK().String("id")
	for _, path := range []string{"/accounts", "/contacts", "/staff", "/members", "/roles", "/sessions", "/audit", "/audit?subject=" + one,
		"/accounts/" + one, "/invitations?state=pending", "/joinlinks", "/joinrequests?state=waiting"} {
		for _, sort := range []string{"@", "x", "#", "a#b#c", "\x00", "ñ", strings.Repeat("x", 1024), "2026-11-23T08:00:00Z#inv_01jd0h5m3w8q4v9x2c6k7n1t5z"} {
			cursor := string(page.CursorAt(sort, w.Now()))
			glue := "?"
			if strings.Contains(path, "?") {
				glue = "&"
			}
			if r := w.Admin.Get(w.Path(path + glue + "cursor=" + cursor)); r.Status != 200 && r.Status != 422 {
				t.Errorf("%s, sort key %.20q: %d %s", path, sort, r.Status, r.Body)
			}
		}
	}
}
