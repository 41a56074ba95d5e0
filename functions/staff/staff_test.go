package staff_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

const luis = "luis@firm.example"

// colleague invites somebody to staff and returns them signed in.
func colleague(w *testkit.World, address, level string) *testkit.Client {
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": address, "level": level}).OK()
	w.Settle()
	return w.AcceptMailed(address, testkit.Password)
}

func idOf(w *testkit.World, c *testkit.Client) string {
	return c.Get(w.Path("/sessions/current")).OK().String("identity.id")
}

func TestF7StaffAreInvitedAndListed(t *testing.T) {
	w := testkit.New(t)
	r := w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": luis, "level": "member", "name": "Luis Gil", "note": "Welcome", "validity": "P3D"}).OK()
	if r.Status != 201 || r.String("kind") != "staff" || r.String("state") != "pending" || r.String("level") != "member" || r.String("expires_at") != "2026-11-26T22:59:59Z" {
		t.Fatalf("%s", r.Body)
	}
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": luis, "level": "admin"}).Problem(409, "already_pending")
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": testkit.AdminAddress, "level": "admin"}).Problem(409, "already_staff")
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "no address", "level": "admin"}).Problem(422, "address_malformed")
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "x@firm.example", "level": "boss"}).Problem(422, "level_unknown")
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "x@firm.example", "level": "admin", "validity": "P0D"}).Problem(422, "validity_malformed")
	w.Settle()
	w.AcceptMailed(luis, testkit.Password)
	list := w.Admin.Get(w.Path("/staff")).OK()
	if list.Len("items") != 2 || list.String("items.1.address") != luis || list.String("items.1.level") != "member" || list.String("items.0.level") != "admin" {
		t.Fatalf("%s", list.Body)
	}
}

func TestZ18MembersSeeAndChangeNothing(t *testing.T) {
	w := testkit.New(t)
	member := colleague(w, luis, "member")
	member.Get(w.Path("/staff")).OK()
	member.Get(w.Path("")).OK()
	member.Post(w.Path("/staff/invitations"), map[string]any{"address": "x@firm.example", "level": "admin"}).Problem(403, "not_allowed")
	member.Patch(w.Path("/staff/"+idOf(w, member)), map[string]any{"level": "admin"}).Problem(403, "not_allowed")
	member.Patch(w.Path(""), map[string]any{"name": "Mine"}).Problem(403, "not_allowed")
	member.Get(w.Path("/audit")).Problem(403, "not_allowed")
	w.Anonymous().Get(w.Path("/staff")).Problem(401, "sign_in_required")
}

func TestLevels(t *testing.T) {
	w := testkit.New(t)
	member := colleague(w, luis, "member")
	path := func(c *testkit.Client) string { return w.Path("/staff/" + idOf(w, c)) }
	self, them := path(w.Admin), path(member)

	t.Run("the last admin cannot leave, nor become a member", func(t *testing.T) {
		w.Admin.Patch(self, map[string]any{"level": "member"}).Problem(409, "last_admin")
		w.Admin.Patch(self, map[string]any{"level": "none"}).Problem(409, "last_admin")
		w.Admin.Patch(self, map[string]any{"level": "admin"}).OK()
	})
	t.Run("another level ends the person's sessions", func(t *testing.T) {
		w.Admin.Patch(them, map[string]any{"level": "admin"}).OK()
		member.Get(w.Path("/staff")).Problem(401, "sign_in_required")
		member = w.Bearer(w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": luis, "password": testkit.Password}).OK().String("token"))
		member.Get(w.Path("/audit")).OK()
	})
	t.Run("who leaves hands over what falls to them by default", func(t *testing.T) {
		w.Admin.Patch(self, map[string]any{"level": "none"}).Problem(422, "successor_missing")
		member.Patch(self, map[string]any{"level": "none"}).OK()
		w.Admin.Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
		if owner := member.Get(w.Path("")).OK().String("settings.default_owner"); owner != idOf(w, member) {
			t.Errorf("the default owner is %s", owner)
		}
		r := w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": testkit.AdminAddress, "password": testkit.Password})
		r.Problem(403, "access_waiting")
		if list := member.Get(w.Path("/staff")).OK(); list.Len("items") != 1 {
			t.Errorf("%s", list.Body)
		}
		member.Patch(self, map[string]any{"level": "admin"}).Problem(404, "not_found")
		member.Patch(w.Path("/staff/idn_01jd0h5m3w8q4v9x2c6k7n1t5z"), map[string]any{"level": "admin"}).Problem(404, "not_found")
	})
	t.Run("it is in the trail, without a name", func(t *testing.T) {
		r := member.Get(w.Path("/audit?subject=" + them[len(them)-30:])).OK()
		if r.String("items.0.action") == "" {
			t.Fatalf("%s", r.Body)
		}
	})
}

func TestTwoAdminsWhoSendEachOtherAwayLeaveOne(t *testing.T) {
	w := testkit.New(t)
	for trial := range soak.Trials(t, 100) {
		address := fmt.Sprintf("luis%d@firm.example", trial)
		other := colleague(w, address, "admin")
		w.Admin.Patch(w.Path(""), map[string]any{"settings": map[string]any{"default_owner": idOf(w, w.Admin)}}).OK()
		paths := [2]string{w.Path("/staff/" + idOf(w, w.Admin)), w.Path("/staff/" + idOf(w, other))}
		clients := [2]*testkit.Client{other, w.Admin}
		var answers [2]testkit.Response
		var wg sync.WaitGroup
		for i := range 2 {
			wg.Go(func() {
				r, err := clients[i].Try("PATCH", paths[i], map[string]any{"level": "member"})
				if err != nil {
					t.Error(err)
				}
				answers[i] = r
			})
		}
		wg.Wait()
		won := 0
		for _, r := range answers {
			switch {
			case r.Status == 200:
				won++
			case r.Status != 409 && r.Status != 401:
				t.Fatalf("%d %s", r.Status, r.Body)
			}
		}
		if won != 1 {
			t.Fatalf("trial %d: %d of 2 won: %s %s", trial, won, answers[0].Body, answers[1].Body)
		}
		if answers[0].Status == 200 { // the other is the admin now
			w.Admin = other
		}
		w.Advance(time.Second)
	}
}
