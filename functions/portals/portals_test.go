package portals_test

import (
	"regexp"
	"sync"
	"testing"

	"portero/shared/testkit"
)

// requestID is the one part of a problem that is never the same.
var requestID = regexp.MustCompile(`,"request_id":"[^"]*"`)

// bytesOf are an answer's bytes but for the request's own identifier.
func bytesOf(r testkit.Response) string { return requestID.ReplaceAllString(string(r.Body), "") }

func TestF1AWorkspaceHasAPortalFromTheStart(t *testing.T) {
	w := testkit.New(t)
	if w.PortalName != "garrigues-vega" {
		t.Errorf("the portal is called %q", w.PortalName)
	}
	r := w.Anonymous().Get("/v1/portals/garrigues-vega").OK()
	if r.String("firm") != "Garrigues & Vega" || r.String("workspace") != w.Workspace || r.String("portal") != w.Portal ||
		r.String("language") != "es" || r.String("zone") != "Europe/Madrid" || r.String("country") != "ES" || r.String("time_format") != "24h" {
		t.Fatalf("%s", r.Body)
	}
	none := w.Anonymous().Get("/v1/portals/no-such-portal").Problem(404, "not_found")
	for _, name := range []string{"x", "UPPER", "%2e%2e", "a%23b", "ws_01jd0h5m3w8q4v9x2c6k7n1t5z"} {
		if r := w.Anonymous().Get("/v1/portals/"+name).Problem(404, "not_found"); bytesOf(r) != bytesOf(none) {
			t.Errorf("%s: %s", name, r.Body)
		}
	}
}

func TestZ1UpToFivePortals(t *testing.T) {
	w := testkit.New(t)
	create := func(body map[string]any) testkit.Response { return w.Admin.Post(w.Path("/portals"), body) }

	t.Run("a taken name is refused with free ones beside it", func(t *testing.T) {
		r := create(map[string]any{"name": "garrigues-vega"}).Problem(409, "portal_name_taken")
		if r.String("suggestions.0") != "garrigues-vega-2" || r.Len("suggestions") != 3 || r.String("errors.0.name") != "name" {
			t.Fatalf("%s", r.Body)
		}
		create(map[string]any{"name": "garrigues-vega-2"}).OK()
		if r := create(map[string]any{"name": "garrigues-vega"}); r.String("suggestions.0") != "garrigues-vega-3" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("so is another firm's", func(t *testing.T) {
		other := *w
		other.Seed("Garrigues & Vega", "boss@other.example")
		if other.PortalName != "garrigues-vega-3" {
			t.Errorf("the other firm's portal is called %q", other.PortalName)
		}
		create(map[string]any{"name": "garrigues-vega-3"}).Problem(409, "portal_name_taken")
		other.Admin.Get(other.Path("/portals/"+w.Portal)).Problem(404, "not_found")
		other.Admin.Patch(other.Path("/portals/"+w.Portal), map[string]any{"title": "Mine"}).Problem(404, "not_found")
		other.Admin.Get(w.Path("/portals")).Problem(401, "sign_in_required")
	})
	t.Run("the name comes from the title, and has its own default client role", func(t *testing.T) {
		r := create(map[string]any{"title": "Vega für Lieferanten"}).OK()
		if r.Status != 201 || r.String("name") != "vega-fur-lieferanten" {
			t.Fatalf("%s", r.Body)
		}
		roles := w.Admin.Get(w.Path("/roles?portal=" + r.String("id"))).OK()
		if roles.Len("items") != 1 || roles.String("items.0.id") != r.String("default_role") || roles.At("items.0.default") != true || roles.String("items.0.name") != "Cliente" {
			t.Fatalf("%s", roles.Body)
		}
	})
	t.Run("what cannot be a name or title", func(t *testing.T) {
		create(map[string]any{"name": "No Spaces"}).Problem(422, "portal_name_malformed")
		create(map[string]any{"title": "two\nlines"}).Problem(422, "title_malformed")
		create(map[string]any{"name": "abc", "url": "x"}).Problem(422, "invalid")
	})
	t.Run("name and URL never change, the title does", func(t *testing.T) {
		w.Admin.Patch(w.Path("/portals/"+w.Portal), map[string]any{"name": "another"}).Problem(422, "invalid")
		r := w.Admin.Patch(w.Path("/portals/"+w.Portal), map[string]any{"title": "Bienvenidos"}).OK()
		if r.String("title") != "Bienvenidos" || r.String("name") != "garrigues-vega" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("the sixth is refused, whatever races", func(t *testing.T) {
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				r, err := w.Admin.Try("POST", w.Path("/portals"), map[string]any{"name": "race-" + string(rune('a'+i))})
				if err != nil || r.Status != 201 && r.Status != 409 {
					t.Errorf("%d %s %v", r.Status, r.Body, err)
				}
			})
		}
		wg.Wait()
		if r := w.Admin.Get(w.Path("/portals")).OK(); r.Len("items") != 5 {
			t.Errorf("%d portals", r.Len("items"))
		}
		create(map[string]any{"name": "one-more"}).Problem(409, "portals_full")
	})
	t.Run("they stand on the console's door", func(t *testing.T) {
		r := w.Anonymous().Get(w.Path("/public")).OK()
		if r.String("firm") != "Garrigues & Vega" || r.Len("portals") != 5 {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestZ2TheDefaultRole(t *testing.T) {
	w := testkit.New(t)
	supplier := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Supplier"}).OK().String("id")
	lead := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Prospect", "for": "leads"}).OK().String("id")
	second := w.Admin.Post(w.Path("/portals"), map[string]any{"title": "Another"}).OK()
	change := func(role string) testkit.Response {
		return w.Admin.Patch(w.Path("/portals/"+w.Portal), map[string]any{"default_role": role})
	}
	change(lead).Problem(422, "role_unknown")
	change(second.String("default_role")).Problem(422, "role_unknown")
	change("rol_01jd0h5m3w8q4v9x2c6k7n1t5z").Problem(422, "role_unknown")
	change("nonsense").Problem(422, "id_malformed")
	if r := change(supplier).OK(); r.String("default_role") != supplier {
		t.Fatalf("%s", r.Body)
	}
	for role, want := range map[string]bool{supplier: true, w.Role: false} {
		if r := w.Admin.Get(w.Path("/roles/" + role)).OK(); r.At("default") != want {
			t.Errorf("%s", r.Body)
		}
	}
}
