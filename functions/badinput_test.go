package functions_test

import (
	"strings"
	"testing"

	"portero/shared/testkit"
)

// TestOneFaultHasOneCodeAndNamesItsField sends the same faults to every row that
// can meet them: wherever one is found, by its form or by its rule, it is called
// the same and the field is named.
func TestOneFaultHasOneCodeAndNamesItsField(t *testing.T) {
	w := testkit.New(t)
	account := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Sol"}).OK().String("id")
	contact := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Eva", "accounts": []string{account}}).OK().String("id")
	joinlink := w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal}).OK().String("joinlink.id")
	long, lines := strings.Repeat("x", 81), make([]map[string]any, 1001)
	for i := range lines {
		lines[i] = map[string]any{"address": "a@b.example"}
	}
	invite := func(name string, v any) map[string]any {
		body := map[string]any{"portal": w.Portal, "lines": lines[:1]}
		body[name] = v
		return body
	}
	settings := func(name string, v any) map[string]any { return map[string]any{"settings": map[string]any{name: v}} }
	plan := func(days any, at string) map[string]any { return map[string]any{"days": days, "at": at} }
	eleven := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	for _, c := range []struct {
		says, method, path string
		body               any
		code, field        string
	}{
		{"no lines", "POST", "/invitations", invite("lines", []any{}), "lines_missing", "lines"},
		{"too many lines", "POST", "/invitations", invite("lines", lines), "too_many_lines", "lines"},
		{"lines that are no list", "POST", "/invitations", invite("lines", nil), "invalid", "lines"},
		{"no lines to look at", "POST", "/invitations/preview", invite("lines", []any{}), "lines_missing", "lines"},
		{"no ids", "POST", "/invitations/batch", map[string]any{"action": "resend", "ids": []string{}}, "lines_missing", "ids"},
		{"an action nobody knows", "POST", "/invitations/batch", map[string]any{"action": "burn", "ids": []string{"x"}}, "action_unknown", "action"},
		{"a note that is too long", "POST", "/invitations", invite("note", strings.Repeat("x", 1001)), "note_malformed", "note"},
		{"a note with a bell in it", "POST", "/invitations", invite("note", "a\ab"), "note_malformed", "note"},
		{"a source that is too long", "POST", "/invitations", invite("source", strings.Repeat("x", 201)), "source_malformed", "source"},
		{"a source in two lines", "POST", "/invitations", invite("source", "a\nb"), "source_malformed", "source"},
		{"a source in two lines, of a contact", "PATCH", "/contacts/" + contact, map[string]any{"source": "a\nb"}, "source_malformed", "source"},
		{"a source that is too long, of a contact", "PATCH", "/contacts/" + contact, map[string]any{"source": strings.Repeat("x", 201)}, "source_malformed", "source"},
		{"a validity of a year and a day", "POST", "/invitations", invite("validity", "P366D"), "validity_malformed", "validity"},
		{"a validity of a year and a day, in settings", "PATCH", "", settings("validity", "P366D"), "validity_malformed", "settings.validity"},
		{"a validity of a year and a day, of staff", "POST", "/staff/invitations", map[string]any{"address": "luis@firm.example", "level": "member", "validity": "P366D"}, "validity_malformed", "validity"},
		{"a validity that is too long a word", "POST", "/staff/invitations", map[string]any{"address": "luis@firm.example", "level": "member", "validity": "P000000014D"}, "validity_malformed", "validity"},
		{"the 366th day", "POST", "/invitations", invite("reminders", plan([]int{366}, "09:00")), "reminders_malformed", "reminders.days"},
		{"eleven days", "POST", "/invitations", invite("reminders", plan(eleven, "09:00")), "reminders_malformed", "reminders.days"},
		{"days that go back", "POST", "/invitations", invite("reminders", plan([]int{2, 1}, "09:00")), "reminders_malformed", "reminders.days"},
		{"an hour no clock shows", "POST", "/invitations", invite("reminders", plan([]int{1}, "25:00")), "reminders_malformed", "reminders.at"},
		{"the 366th day, in settings", "PATCH", "", settings("reminders", plan([]int{366}, "09:00")), "reminders_malformed", "settings.reminders.days"},
		{"eleven days, in settings", "PATCH", "", settings("reminders", plan(eleven, "09:00")), "reminders_malformed", "settings.reminders.days"},
		{"an hour no clock shows, in settings", "PATCH", "", settings("reminders", plan([]int{1}, "25:00")), "reminders_malformed", "settings.reminders.at"},
		{"days that are no list, in settings", "PATCH", "", settings("reminders", plan(nil, "09:00")), "invalid", "settings.reminders.days"},
		{"days that are no list", "POST", "/invitations", invite("reminders", plan(nil, "09:00")), "invalid", "reminders.days"},
		{"a day nobody knows", "PATCH", "", settings("policy", map[string]any{"workdays": "fun", "quiet_from": "20:00", "quiet_to": "08:00"}), "policy_malformed", "settings.policy.workdays"},
		{"a zone nobody knows, in settings", "PATCH", "", settings("zone", "Mars/Phobos"), "zone_unknown", "settings.zone"},
		{"a zone nobody knows, of oneself", "PATCH", "/me", map[string]any{"profile": map[string]any{"zone": "Mars/Phobos"}}, "zone_unknown", "profile.zone"},
		{"a zone that is too long a word, of oneself", "PATCH", "/me", map[string]any{"profile": map[string]any{"zone": long}}, "zone_unknown", "profile.zone"},
		{"a zone nobody knows, of a contact", "PATCH", "/contacts/" + contact, map[string]any{"zone": "Mars/Phobos"}, "zone_unknown", "zone"},
		{"a country nobody knows, in settings", "PATCH", "", settings("country", "es"), "country_unknown", "settings.country"},
		{"a country of three letters, in settings", "PATCH", "", settings("country", "ESP"), "country_unknown", "settings.country"},
		{"a country that is nobody's, in settings", "PATCH", "", settings("country", "XX"), "country_unknown", "settings.country"},
		{"a country that is nobody's, of oneself", "PATCH", "/me", map[string]any{"profile": map[string]any{"country": "ZZ"}}, "country_unknown", "profile.country"},
		{"a country of three letters, of oneself", "PATCH", "/me", map[string]any{"profile": map[string]any{"country": "ESP"}}, "country_unknown", "profile.country"},
		{"a language nobody speaks, in settings", "PATCH", "", settings("language", "xx"), "language_unknown", "settings.language"},
		{"a language nobody speaks", "POST", "/invitations", invite("language", "xx"), "language_unknown", "language"},
		{"a language that is too long a word, of a contact", "PATCH", "/contacts/" + contact, map[string]any{"language": long}, "language_unknown", "language"},
		{"a level nobody has", "POST", "/staff/invitations", map[string]any{"address": "luis@firm.example", "level": "king"}, "level_unknown", "level"},
		{"a name that is too long, of an account", "POST", "/accounts", map[string]any{"name": long}, "name_malformed", "name"},
		{"a blank name, of an account", "POST", "/accounts", map[string]any{"name": " "}, "name_malformed", "name"},
		{"a name that is read backwards, of an account", "POST", "/accounts", map[string]any{"name": "Sol \u202e.L.S"}, "name_malformed", "name"},
		{"a name with a space that nobody sees, of a contact", "PATCH", "/contacts/" + contact, map[string]any{"name": "Eva\u200bSol"}, "name_malformed", "name"},
		{"a name that is read backwards, of a role", "POST", "/roles", map[string]any{"portal": w.Portal, "name": "a\u202eb"}, "name_malformed", "name"},
		{"a name that is read backwards, of the firm", "PATCH", "", map[string]any{"name": "a\u202eb"}, "name_malformed", "name"},
		{"a name that is read backwards, of oneself", "PATCH", "/me", map[string]any{"name": "a\u202eb"}, "name_malformed", "name"},
		{"a label that is read backwards", "PATCH", "/joinlinks/" + joinlink, map[string]any{"label": "a\u202eb"}, "label_malformed", "label"},
		{"a title that is read backwards", "POST", "/portals", map[string]any{"title": "a\u202eb"}, "title_malformed", "title"},
		{"a name that is too long, of a contact", "PATCH", "/contacts/" + contact, map[string]any{"name": long}, "name_malformed", "name"},
		{"a name that is too long, of a role", "POST", "/roles", map[string]any{"portal": w.Portal, "name": long}, "name_malformed", "name"},
		{"a blank name, of the firm", "PATCH", "", map[string]any{"name": " "}, "name_malformed", "name"},
		{"a link for a name, of the firm", "PATCH", "", map[string]any{"name": "Vega www.evil.example"}, "name_has_link", "name"},
		{"a link for a name, of an account", "POST", "/accounts", map[string]any{"name": "http://evil"}, "name_has_link", "name"},
		{"a link for a name, of an account that is there", "PATCH", "/accounts/" + account, map[string]any{"name": "evil.example/login"}, "name_has_link", "name"},
		{"a link for a name, of oneself", "PATCH", "/me", map[string]any{"name": "evil.example/login"}, "name_has_link", "name"},
		{"a link for a title", "POST", "/portals", map[string]any{"title": "https://evil.example"}, "name_has_link", "title"},
		{"a title that is too long", "POST", "/portals", map[string]any{"title": long}, "title_malformed", "title"},
		{"a title in two lines", "POST", "/portals", map[string]any{"title": "a\nb"}, "title_malformed", "title"},
		{"no body", "POST", "/portals", "", "body_missing", "body"},
		{"a label that is too long", "PATCH", "/joinlinks/" + joinlink, map[string]any{"label": long}, "label_malformed", "label"},
		{"a label in two lines", "PATCH", "/joinlinks/" + joinlink, map[string]any{"label": "a\nb"}, "label_malformed", "label"},
		{"51 domains", "PATCH", "/joinlinks/" + joinlink, map[string]any{"domains": make([]string, 51)}, "too_many_domains", "domains"},
		{"a domain that is none", "PATCH", "/joinlinks/" + joinlink, map[string]any{"domains": []string{"client.example", "x"}}, "domain_malformed", "domains[1]"},
		{"an end that is past", "PATCH", "/joinlinks/" + joinlink, map[string]any{"until": "2001-01-01T00:00:00Z"}, "until_before_from", "until"},
		{"an instant that is none", "PATCH", "/joinlinks/" + joinlink, map[string]any{"until": long}, "instant_malformed", "until"},
		{"a day that is none", "POST", "/accounts/" + account + "/contacts/" + contact + "/grants", map[string]any{"portal": w.Portal, "from": "2026-02-30"}, "date_malformed", "from"},
		{"31 accounts", "PATCH", "/contacts/" + contact, map[string]any{"accounts": make([]string, 31)}, "too_many_accounts", "accounts"},
		{"half a character", "POST", "/accounts", `{"name":"\ud800"}`, "invalid", "name"},
		{"half a character in a list", "POST", "/invitations", `{"portal":"` + w.Portal + `","lines":[{"address":"a\udc00@b.example"}]}`, "invalid", "lines[0].address"},
		{"a password with a zero byte", "POST", "/me/password", map[string]any{"old": testkit.Password, "new": "correct horse\x00battery staple"}, "password_malformed", "new"},
	} {
		t.Run(c.says, func(t *testing.T) {
			r := w.Admin.Do(c.method, w.Path(c.path), c.body)
			if r.Status != 422 || r.String("code") != c.code || r.String("errors.0.name") != c.field || r.String("errors.0.code") != c.code {
				t.Errorf("want 422 %s on %s, got %d: %s", c.code, c.field, r.Status, r.Body)
			}
		})
	}
	if r := w.Admin.Get(w.Path("/portals")).OK(); r.Len("items") != 1 {
		t.Errorf("something was made all the same: %s", r.Body)
	}
	if r := w.Admin.Get(w.Path("/audit?subject=%00")); r.Status != 422 || r.String("code") != "subject_malformed" || r.String("errors.0.name") != "subject" {
		t.Errorf("a subject that is no identifier: %d %s", r.Status, r.Body)
	}
	two := map[string]any{"profile": map[string]any{"zone": "Mars/Phobos", "country": "ESP"}}
	if r := w.Admin.Patch(w.Path("/me"), two); r.Status != 422 || r.Len("errors") < 1 {
		t.Errorf("two faults: %d %s", r.Status, r.Body)
	}
}

func TestNobodySignsInWithAnAddressThatHasNoPassword(t *testing.T) {
	w := testkit.New(t)
	w.Invite("eva@client.example")
	token := w.TokenIn(w.LastMailTo("eva@client.example"))
	body := map[string]any{"token": token, "password": testkit.Password, "sign_in": true}
	w.Anonymous().Post("/v1/invitations/accept", body).Problem(409, "no_password_yet")
	if r := w.Admin.Get(w.Path("/members")).OK(); r.Len("items") != 0 {
		t.Errorf("an identity was made: %s", r.Body)
	}
	w.AcceptMailed("eva@client.example", testkit.Password)
}
