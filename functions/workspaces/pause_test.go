package workspaces_test

import (
	"fmt"
	"testing"
	"time"

	"portero/shared/testkit"
)

// bounced invites so many addresses that do not exist.
func bounced(w *testkit.World, from, n int) {
	lines := make([]any, n)
	for i := range lines {
		lines[i] = map[string]any{"address": fmt.Sprintf("bounce+%d@simulator.amazonses.com", from+i)}
	}
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": lines}).OK()
	w.Settle()
}

func TestD15AWorkspaceWhoseMailComesBackStopsBeforeTheAccountDoes(t *testing.T) {
	w := testkit.New(t)
	pending := w.Invite("lucia@client.example", "marta@client.example")[0]
	bounced(w, 0, 4)
	if r := w.Admin.Get(w.Path("")).OK(); r.At("paused") != nil {
		t.Fatalf("held back after four: %s", r.Body)
	}
	bounced(w, 4, 1)
	r := w.Admin.Get(w.Path("")).OK()
	if r.String("paused.reason") != "bounces" || r.String("paused.count") != "5" || r.String("paused.since") == "" {
		t.Fatalf("%s", r.Body)
	}
	one := map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": "new@client.example"}}}
	t.Run("nobody is invited or mailed again without an override", func(t *testing.T) {
		w.Admin.Post(w.Path("/invitations"), one).Problem(409, "mail_paused")
		w.Admin.Post(w.Path("/invitations/preview"), one).Problem(409, "mail_paused")
		w.Admin.Post(w.Path("/invitations/"+pending+"/resend"), map[string]any{}).Problem(409, "mail_paused")
		w.Admin.Patch(w.Path("/invitations/"+pending), map[string]any{"address": "other@client.example"}).Problem(409, "mail_paused")
		if r := w.Admin.Post(w.Path("/invitations/batch"), map[string]any{"action": "resend", "ids": []any{pending}}).OK(); r.String("lines.0.code") != "mail_paused" {
			t.Fatalf("%s", r.Body)
		}
		w.Admin.Post(w.Path("/invitations/"+pending+"/resend"), map[string]any{"override_pause": true}).OK()
		one["override_pause"] = true
		w.Admin.Post(w.Path("/invitations"), one).OK()
	})
	t.Run("reminders stop, and go on within a day when the mail may go again", func(t *testing.T) {
		w.Advance(3*24*time.Hour + time.Hour)
		if got := w.Tick("jobs/remind"); got["done"] != 0.0 {
			t.Fatalf("%v", got)
		}
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		w.Admin.Patch(w.Path(""), map[string]any{"paused": false}).OK()
		if r := w.Admin.Get(w.Path("")).OK(); r.At("paused") != nil {
			t.Fatalf("%s", r.Body)
		}
		w.Advance(24 * time.Hour)
		if got := w.Tick("jobs/remind"); got["done"] != 3.0 {
			t.Fatalf("%v", got)
		}
	})
	t.Run("staff may hold it back themselves", func(t *testing.T) {
		w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
		if r := w.Admin.Patch(w.Path(""), map[string]any{"paused": true}).OK(); r.String("paused.reason") != "staff" {
			t.Fatalf("%s", r.Body)
		}
		delete(one, "override_pause")
		w.Admin.Post(w.Path("/invitations"), one).Problem(409, "mail_paused")
	})
	t.Run("B4 all of it is in the trail", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + w.Workspace)).OK()
		seen := map[string]int{}
		for i := range r.Len("items") {
			seen[r.String(fmt.Sprintf("items.%d.action", i))]++
		}
		if seen["workspace.paused"] != 1 || seen["workspace.changed"] != 2 {
			t.Fatalf("%s", r.Body)
		}
	})
}

func TestD15TwoComplaintsAmongFewMailsStopAWorkspace(t *testing.T) {
	w := testkit.New(t)
	w.Invite("complaint+1@simulator.amazonses.com")
	if r := w.Admin.Get(w.Path("")).OK(); r.At("paused") != nil {
		t.Fatalf("one complaint stops nobody: %s", r.Body)
	}
	w.Invite("complaint+2@simulator.amazonses.com")
	if r := w.Admin.Get(w.Path("")).OK(); r.String("paused.reason") != "complaints" || r.String("paused.count") != "2" {
		t.Fatalf("%s", r.Body)
	}
}
