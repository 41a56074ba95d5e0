package workspaces_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

func TestF1OpsMakeAWorkspace(t *testing.T) {
	w := testkit.Empty(t)
	var first, again, other map[string]any
	event := map[string]any{"name": "Vega & Partners", "admin": "ana@firm.example", "language": "en", "key": "vega", "time_format": "12h"}
	w.Invoke("workspaces/create", event, &first)
	if first["portal_name"] != "vega-partners" || !strings.HasSuffix(first["portal_url"].(string), "/p/vega-partners") ||
		!strings.HasSuffix(first["console"].(string), "/console/"+first["workspace"].(string)) {
		t.Fatalf("%v", first)
	}

	t.Run("invoked twice under one key it is the same workspace, and one mail", func(t *testing.T) {
		w.Invoke("workspaces/create", event, &again)
		if again["workspace"] != first["workspace"] || again["portal"] != first["portal"] || again["portal_name"] != first["portal_name"] {
			t.Fatalf("%v", again)
		}
		w.Settle()
		if got := len(w.MailTo("ana@firm.example")); got != 1 {
			t.Fatalf("%d mails", got)
		}
		event["name"] = "Another"
		if _, err := w.System.Invoke(context.Background(), "workspaces/create", event); err == nil || !strings.Contains(err.Error(), "idempotency_key_reused") {
			t.Fatalf("another firm under the same key: %v", err)
		}
	})
	t.Run("another firm of the same name gets a numbered portal, and shares nothing", func(t *testing.T) {
		w.Invoke("workspaces/create", map[string]any{"name": "Vega & Partners", "admin": "ana@firm.example"}, &other)
		if other["workspace"] == first["workspace"] || other["portal_name"] != "vega-partners-2" {
			t.Fatalf("%v", other)
		}
		w.Settle()
		if got := len(w.MailTo("ana@firm.example")); got != 2 {
			t.Fatalf("%d mails", got)
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		for want, bad := range map[string]map[string]any{
			"address_malformed": {"name": "X", "admin": "nobody"}, "name_malformed": {"name": "", "admin": "a@b.example"}, "zone_unknown": {"name": "X", "admin": "a@b.example", "zone": "Mars"},
		} {
			if _, err := w.System.Invoke(context.Background(), "workspaces/create", bad); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v: %v", bad, err)
			}
		}
	})
}

func TestSettings(t *testing.T) {
	w := testkit.New(t)
	r := w.Admin.Get(w.Path("")).OK()
	for path, want := range map[string]string{
		"name": "Garrigues & Vega", "settings.language": "es", "settings.validity": "P14D", "settings.reminders.at": "09:00",
		"settings.reminders.days.2": "12", "settings.policy.workdays": "mon,tue,wed,thu,fri", "settings.policy.quiet_from": "20:00",
		"settings.daily_mails": "2000", "settings.first_week_mails": "200", "settings.address_mails": "5", "settings.members_invite": "false",
		"settings.staff_idle_min": "60", "settings.member_life_min": "43200", "settings.min_password": "15",
	} {
		if got := r.String(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if r.String("settings.default_owner") != w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id") {
		t.Error("the first admin is not the default owner")
	}
	change := func(body map[string]any) testkit.Response { return w.Admin.Patch(w.Path(""), body) }
	w.Advance(time.Second) // the trail is in order to the second

	t.Run("what is left out stays", func(t *testing.T) {
		r := change(map[string]any{"name": " Vega ", "settings": map[string]any{"validity": "PT36H", "reminders": map[string]any{"days": []int{1, 2}, "at": "10:30"}, "min_password": 20}}).OK()
		if r.String("name") != "Vega" || r.String("settings.validity") != "PT36H" || r.String("settings.reminders.at") != "10:30" || r.String("settings.language") != "es" {
			t.Fatalf("%s", r.Body)
		}
		w.Admin.Post(w.Path("/me/password"), map[string]any{"old": testkit.Password, "new": "seventeen letters"}).Problem(422, "password_too_short")
	})
	t.Run("each that is refused is named", func(t *testing.T) {
		r := change(map[string]any{"settings": map[string]any{"zone": "Mars", "staff_idle_min": 0, "min_password": 8}}).Problem(422, "invalid")
		if r.Len("errors") != 3 || r.String("errors.0.name") != "settings.zone" {
			t.Errorf("%s", r.Body)
		}
		for _, bad := range []map[string]any{
			{"validity": "P0D"}, {"validity": "two weeks"}, {"reminders": map[string]any{"days": []int{3, 3}, "at": "09:00"}}, {"policy": map[string]any{"workdays": "", "quiet_from": "20:00", "quiet_to": "08:00"}},
			{"policy": map[string]any{"workdays": "mon", "quiet_from": "25:00", "quiet_to": "08:00"}}, {"sender": "ceo@firm.example"}, {"daily_mails": -1}, {"min_password": 65}, {"language": 3},
		} {
			if r := change(map[string]any{"settings": bad}); r.Status != 422 || !strings.HasPrefix(r.String("errors.0.name"), "settings.") {
				t.Errorf("%v: %d %s", bad, r.Status, r.Body)
			}
		}
		change(map[string]any{"settings": map[string]any{"default_owner": "idn_01jd0h5m3w8q4v9x2c6k7n1t5z"}}).Problem(422, "owner_unknown")
		change(map[string]any{"name": "two\nlines"}).Problem(422, "name_malformed")
		if w.Admin.Get(w.Path("")).OK().String("settings.zone") != "Europe/Madrid" {
			t.Error("half of it was done")
		}
	})
	t.Run("B4 it is in the trail with before and after", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + w.Workspace)).OK()
		if r.String("items.0.action") != "workspace.changed" || r.String("items.0.after.min_password") != "20" || r.String("items.0.before.min_password") != "15" ||
			r.String("items.0.after.validity") != "PT36H" || r.String("items.0.after.changed") != "name" {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestWhoeverStandsAtTheConsolesDoor(t *testing.T) {
	w := testkit.New(t)
	r := w.Anonymous().Get(w.Path("/public")).OK()
	if r.String("firm") != "Garrigues & Vega" || r.String("language") != "es" || r.String("portals.0.name") != w.PortalName || strings.Contains(string(r.Body), "@") {
		t.Errorf("%s", r.Body)
	}
	w.Anonymous().Get("/v1/workspaces/ws_01jd0h5m3w8q4v9x2c6k7n1t5z/public").Problem(404, "not_found")
	w.Anonymous().Get("/v1/workspaces/nonsense/public").Problem(404, "not_found")
}
