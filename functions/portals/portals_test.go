package portals_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

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

func TestZ8APortalsWholeConfigurationInOneAnswer(t *testing.T) {
	w := testkit.New(t)
	w.Advance(time.Second) // what is made within one instant has no order
	lead := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Prospect", "for": "leads", "seats": 7}).OK().String("id")
	gone := w.Admin.Post(w.Path("/roles"), map[string]any{"portal": w.Portal, "name": "Gone"}).OK().String("id")
	w.Admin.Post(w.Path("/roles/"+gone+"/delete"), map[string]any{}).OK()
	w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"lead_roles": map[string]any{lead: w.Role}, "own_domains": []string{"vega.example"}, "members_invite": true}}).OK()
	w.Invite("rosa@client.example")
	link := func(label string) string {
		return w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal, "label": label}).OK().String("joinlink.id")
	}
	link("Spring")
	w.Admin.Patch(w.Path("/joinlinks/"+link("Old")), map[string]any{"off": true}).OK()
	other := w.Admin.Post(w.Path("/portals"), map[string]any{"name": "vega-suppliers"}).OK().String("id")

	r := w.Admin.Get(w.Path("/portals/" + w.Portal + "/summary")).OK()
	for path, want := range map[string]string{
		"portal.name": "garrigues-vega", "portal.default_role": w.Role, "roles.0.id": w.Role, "roles.0.default": "true", "roles.0.seats": "10000", "roles.0.seats_used": "1",
		"roles.0.may.0": "own.profile", "roles.1.id": lead, "roles.1.for": "leads", "roles.1.seats": "7", "roles.1.seats_used": "0", "roles.1.converts_to": w.Role,
		"join_links.on": "1", "join_links.more": "false", "join_links.items.0.label": "Spring", "join_links.items.0.role": w.Role,
		"settings.firm": "Garrigues & Vega", "settings.members_invite": "true", "settings.own_domains.0": "vega.example", "settings.access_by": "link", "settings.validity": "P14D", "settings.paused": "false",
	} {
		if got := fmt.Sprint(r.At(path)); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if r.Len("roles") != 2 || r.Len("join_links.items") != 1 || strings.Contains(string(r.Body), "#") {
		t.Errorf("%s", r.Body)
	}
	if r := w.Admin.Get(w.Path("/portals/" + other + "/summary")).OK(); r.Len("roles") != 1 || r.At("join_links.on") != 0.0 {
		t.Errorf("%s", r.Body)
	}
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "mia@firm.example", "level": "member"}).OK()
	w.Settle()
	w.AcceptMailed("mia@firm.example", testkit.Password).Get(w.Path("/portals/" + w.Portal + "/summary")).OK()
	client := w.AcceptMailed("rosa@client.example", testkit.Password)
	client.Get(w.Path("/portals/"+w.Portal+"/summary")).Problem(403, "not_allowed")
	w.Admin.Get(w.Path("/portals/por_01jd0h5m3w8q4v9x2c6k7n1t5z/summary")).Problem(404, "not_found")
	foreign := *w
	foreign.Seed("Other firm", "boss@other.example")
	foreign.Admin.Get(foreign.Path("/portals/"+w.Portal+"/summary")).Problem(404, "not_found")
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
