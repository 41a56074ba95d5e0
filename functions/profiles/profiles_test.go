package profiles_test

import (
	"testing"

	"portero/shared/testkit"
)

func TestZ9PeopleChooseForThemselves(t *testing.T) {
	w := testkit.New(t)
	w.Invite("eva@client.example")
	eva := w.AcceptMailed("eva@client.example", testkit.Password)
	change := func(body map[string]any) testkit.Response { return eva.Patch(w.Path("/me"), body) }

	r := change(map[string]any{"name": "Eva Sol", "profile": map[string]any{"language": "en", "time_format": "12h", "zone": "America/Lima", "country": "PE"}}).OK()
	if r.String("name") != "Eva Sol" || r.String("profile.zone") != "America/Lima" || r.At("profile.chosen") != true || r.At("profile.quiet") != false {
		t.Fatalf("%s", r.Body)
	}
	t.Run("what is left out stays, and empty is the firm's", func(t *testing.T) {
		r := change(map[string]any{"profile": map[string]any{"quiet": true, "country": ""}}).OK()
		if r.String("profile.country") != "" || r.String("profile.language") != "en" || r.At("profile.quiet") != true || r.String("name") != "Eva Sol" {
			t.Fatalf("%s", r.Body)
		}
		if now := eva.Get(w.Path("/sessions/current")).OK(); now.String("identity.profile.language") != "en" {
			t.Errorf("%s", now.Body)
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		r := change(map[string]any{"profile": map[string]any{"zone": "Mars"}}).Problem(422, "zone_unknown")
		if r.String("errors.0.name") != "profile.zone" || r.String("errors.0.code") != "zone_unknown" {
			t.Errorf("%s", r.Body)
		}
		change(map[string]any{"name": "two\nlines"}).Problem(422, "name_malformed")
		change(map[string]any{"level": "admin"}).Problem(422, "invalid")
		change(map[string]any{"profile": map[string]any{"chosen": 1}}).Problem(422, "invalid")
		w.Anonymous().Patch(w.Path("/me"), map[string]any{"name": "X"}).Problem(401, "sign_in_required")
	})
}
