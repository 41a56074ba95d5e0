package members_test

import (
	"testing"

	"portero/shared/testkit"
)

func TestF4WhoAcceptedShowsUpHere(t *testing.T) {
	w := testkit.New(t)
	w.Invite("eva@client.example", "luz@client.example")
	if r := w.Admin.Get(w.Path("/members")).OK(); r.Len("items") != 0 {
		t.Fatalf("%s", r.Body)
	}
	client := w.AcceptMailed("eva@client.example", testkit.Password)
	if r := w.Admin.Get(w.Path("/members")).OK(); r.Len("items") != 1 || r.String("items.0.address") != "eva@client.example" || r.At("items.0.deactivated") != false {
		t.Fatalf("%s", r.Body)
	}
	client.Get(w.Path("/members")).Problem(403, "not_allowed")
	w.Anonymous().Get(w.Path("/members")).Problem(401, "sign_in_required")
	w.Admin.Get(w.Path("/members?cursor=nonsense")).Problem(422, "cursor_invalid")
}
