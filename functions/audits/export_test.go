package audits_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

func TestB4TheTrailIsExported(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Acme"}).OK().String("id")
	w.Advance(time.Second) // what happens at once has no order
	w.Admin.Patch(w.Path("/accounts/"+acme), map[string]any{"name": "=Acme"}).OK()

	w.Advance(time.Second)
	t.Run("as CSV, a line for each entry", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit/export?account=" + acme)).OK()
		rows, err := csv.NewReader(strings.NewReader(string(r.Body))).ReadAll()
		if err != nil || len(rows) != 3 || rows[0][4] != "action" || rows[1][4] != "account.changed" || rows[2][5] != acme || rows[1][8] != `{"changed":"name"}` {
			t.Fatalf("%v: %s", err, r.Body)
		}
		for name, want := range map[string]string{
			"Content-Type": "text/csv; charset=utf-8; header=present", "Content-Disposition": `attachment; filename="audit-20261123-080002.csv"`,
			"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Link": "",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %q", name, got)
			}
		}
	})
	w.Advance(time.Second)
	t.Run("as JSON lines, as the list shows them", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit/export?format=jsonl&account=" + acme)).OK()
		var last struct{ Action, Subject string }
		lines := strings.Split(strings.TrimSpace(string(r.Body)), "\n")
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || len(lines) != 2 || last.Action != "account.created" || last.Subject != acme {
			t.Fatalf("%v: %s", err, r.Body)
		}
		if r.Header.Get("Content-Type") != "application/x-ndjson" {
			t.Error(r.Header)
		}
	})
	t.Run("of one thing, or of what one person did", func(t *testing.T) {
		who := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
		for _, asked := range []string{"subject=" + acme, "actor=" + who} {
			if r := w.Admin.Get(w.Path("/audit/export?format=jsonl&" + asked)).OK(); !strings.Contains(string(r.Body), `"account.changed"`) {
				t.Errorf("%s: %s", asked, r.Body)
			}
			w.Advance(time.Second)
		}
	})
	t.Run("each file is in the trail, with what was asked for", func(t *testing.T) {
		w.Admin.Get(w.Path("/audit/export?format=jsonl&account=" + acme)).OK()
		r := w.Admin.Get(w.Path("/audit?subject=" + w.Workspace)).OK()
		if r.String("items.0.action") != "audit.exported" || r.String("items.0.after.account") != acme || r.String("items.0.after.format") != "jsonl" ||
			r.String("items.0.after.entries") != "2" || r.String("items.1.action") != "audit.exported" {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("nothing is exported, and nothing written, where it is refused", func(t *testing.T) {
		before := w.Count(w.Path("/audit"))
		w.Admin.Get(w.Path("/audit/export?format=xls")).Problem(422, "format_unknown")
		w.Admin.Get(w.Path("/audit/export?cursor=%00")).Problem(422, "cursor_invalid")
		w.Admin.Get(w.Path("/audit/export?actor="+acme+"&account="+acme)).Problem(422, "filters_together")
		w.Anonymous().Get(w.Path("/audit/export")).Problem(401, "sign_in_required")
		w.Invite("eva@client.example")
		client := w.AcceptMailed("eva@client.example", testkit.Password)
		client.Get(w.Path("/audit/export")).Problem(403, "not_allowed")
		if after := w.Count(w.Path("/audit")); after != before+2 { // invited, accepted
			t.Errorf("%d entries, then %d", before, after)
		}
	})
}

func TestB4AThousandEntriesAreAFileAndTheNextFollows(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	for i := range 2 { // a bulk of 500 writes as many entries
		var lines []map[string]any
		for n := range 500 {
			lines = append(lines, map[string]any{"address": fmt.Sprintf("p%d.%d@client.example", i, n)})
		}
		w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": lines}).OK()
	}
	want := w.Count(w.Path("/audit"))
	got, path := 0, w.Path("/audit/export?format=jsonl&from=2026-11-23T00:00:00Z")
	seen := map[string]bool{}
	for files := 1; path != ""; files++ {
		r := w.Admin.Get(path).OK()
		for line := range strings.Lines(string(r.Body)) {
			var e struct{ ID, Action string }
			if err := json.Unmarshal([]byte(line), &e); err != nil || seen[e.ID] {
				t.Fatalf("%v: %s", err, line)
			}
			if seen[e.ID] = true; e.Action != "audit.exported" {
				got++
			}
		}
		path, _, _ = strings.Cut(strings.TrimPrefix(r.Header.Get("Link"), "<"), `>; rel="next"`)
		if files > 3 {
			t.Fatal("it does not end")
		}
	}
	if got != want || want < 1000 {
		t.Errorf("%d of %d entries", got, want)
	}
}
