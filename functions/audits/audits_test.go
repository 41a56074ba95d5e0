package audits_test

import (
	"fmt"
	"strings"
	"testing"

	"portero/shared/testkit"
)

func TestB4TheTrail(t *testing.T) {
	w := testkit.New(t)
	var last string
	for i := range 55 {
		last = w.Admin.Post(w.Path("/accounts"), map[string]any{"name": fmt.Sprintf("Secreta %d", i)}).OK().String("id")
	}
	first := w.Admin.Get(w.Path("/audit")).OK()
	if first.Len("items") != 50 || first.At("next") == nil {
		t.Fatalf("%d items", first.Len("items"))
	}
	second := w.Admin.Get(w.Path("/audit?cursor=" + first.String("next"))).OK()
	if second.Len("items") < 6 || second.String("items.0.id") == first.String("items.49.id") {
		t.Fatalf("%s", second.Body)
	}
	all := string(first.Body) + string(second.Body)
	for _, personal := range []string{"Secreta", "@", testkit.Password, "Vega"} {
		if strings.Contains(all, personal) {
			t.Errorf("the trail says %q", personal)
		}
	}
	t.Run("of one thing: who, when, from where, what", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + last)).OK()
		who := w.Admin.Get(w.Path("/sessions/current")).OK().String("identity.id")
		if r.Len("items") != 1 || r.String("items.0.action") != "account.created" || r.String("items.0.actor") != who ||
			r.String("items.0.from") != "127.0.0.1" || r.String("items.0.at") != "2026-11-23T08:00:00Z" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("ops made the workspace", func(t *testing.T) {
		r := w.Admin.Get(w.Path("/audit?subject=" + w.Workspace)).OK()
		if r.String("items.0.action") != "workspace.created" || r.String("items.0.actor") != "ops" {
			t.Fatalf("%s", r.Body)
		}
	})
	t.Run("of another firm's thing there is nothing", func(t *testing.T) {
		other := *w
		other.Seed("Another Firm", "boss@other.example")
		if r := other.Admin.Get(other.Path("/audit?subject=" + last)).OK(); r.Len("items") != 0 {
			t.Errorf("%s", r.Body)
		}
		if r := other.Admin.Get(other.Path("/audit?cursor=" + first.String("next"))).OK(); strings.Contains(string(r.Body), last) || strings.Contains(string(r.Body), w.Workspace) {
			t.Errorf("a foreign cursor shows foreign things: %s", r.Body)
		}
	})
	t.Run("what is refused", func(t *testing.T) {
		w.Admin.Get(w.Path("/audit?subject="+strings.Repeat("x", 65))).Problem(422, "subject_malformed")
		w.Admin.Get(w.Path("/audit?cursor=%00")).Problem(422, "cursor_invalid")
		w.Admin.Get(w.Path("/audit?subject=a&subject=b")).Problem(400, "duplicate_parameter")
		w.Admin.Delete(w.Path("/audit"))
		if r := w.Admin.Get(w.Path("/audit")).OK(); r.Len("items") != 50 {
			t.Error("the trail was changed")
		}
	})
}
