package staff_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

const (
	marta = "marta@firm.example"
	eva   = "eva@client.example"
	pablo = "pablo@client.example"
	rosa  = "rosa@client.example"
)

type m = map[string]any

// handedOver lets the clock come to the job of whoever left, and to its end.
func handedOver(w *testkit.World) testkit.Response {
	w.T.Helper()
	if r := w.Admin.Get(w.Path("/jobs")).OK(); r.String("items.0.kind") != "handover" || r.String("items.0.state") != "waiting" || r.String("items.0.reason") != "settling" {
		w.T.Fatalf("%s", r.Body)
	}
	w.Advance(2 * time.Minute)
	w.Tick("jobs/advance")
	w.Settle()
	one := w.Admin.Get(w.Path("/jobs")).OK().String("items.0.id")
	r := w.Admin.Get(w.Path("/jobs/" + one)).OK()
	if r.String("state") != "done" {
		w.T.Fatalf("%s", r.Body)
	}
	return r
}

func TestB13WhoIsSentAwayHandsOverWhatBelongsToThem(t *testing.T) {
	w := testkit.New(t)
	luis := colleague(w, "luis@firm.example", "admin")
	one, other := idOf(w, luis), idOf(w, colleague(w, marta, "member"))
	admin := w.Admin
	w.Admin = luis
	open := w.Invite(eva, pablo, rosa)
	client := w.AcceptMailed(eva, testkit.Password)
	link := luis.Post(w.Path("/joinlinks"), m{"portal": w.Portal}).OK().String("joinlink.id")
	key := w.Bearer(luis.Post(w.Path("/apikeys"), m{"name": "CRM", "scopes": []string{"staff.read"}, "expires_at": "2027-11-23T08:00:00Z"}).OK().String("key"))
	key.Get(w.Path("/staff")).OK()
	rosas := w.LastMailTo(rosa)
	luis.Post(w.Path("/invitations/"+open[2]+"/cancel"), m{}).OK()
	w.Admin = admin
	mine := w.Invite("nuria@client.example")

	t.Run("a successor is somebody else who is staff, and only of somebody who leaves", func(t *testing.T) {
		for _, who := range []string{one, "idn_01jd0h5m3w8q4v9x2c6k7n1t5z", client.Get(w.Path("/sessions/current")).OK().String("identity.id")} {
			admin.Patch(w.Path("/staff/"+one), m{"level": "none", "successor": who}).Problem(422, "successor_unknown")
		}
		admin.Patch(w.Path("/staff/"+one), m{"level": "member", "successor": other}).Problem(422, "successor_unneeded")
		luis.Get(w.Path("/staff")).OK()
	})
	admin.Patch(w.Path("/staff/"+one), m{"level": "none", "successor": other}).OK()
	luis.Get(w.Path("/staff")).Problem(401, "sign_in_required")
	key.Get(w.Path("/staff")).Problem(401, "sign_in_required")
	if r := handedOver(w); r.At("counts.handed_over") != 5.0 {
		t.Errorf("%s", r.Body)
	}
	t.Run("grants", func(t *testing.T) {
		if r := client.Get(w.Path("/sessions/current")).OK(); r.String("grant.owner.address") != marta {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("invitations that are open, and nobody else's", func(t *testing.T) {
		for n, want := range map[string]string{open[0]: one, open[1]: other, open[2]: one, mine[0]: idOf(w, admin)} {
			if r := admin.Get(w.Path("/invitations/" + n)).OK(); r.String("inviter.id") != want {
				t.Errorf("%s", r.Body)
			}
		}
		w.AcceptMailed(pablo, testkit.Password)
		w.Settle()
		if got := w.MailTo(marta); !strings.Contains(got[len(got)-1].Text, "pablo") {
			t.Error("the successor does not hear of an answer")
		}
	})
	t.Run("join links", func(t *testing.T) {
		if r := admin.Get(w.Path("/joinlinks/" + link)).OK(); r.String("creator") != other {
			t.Errorf("%s", r.Body)
		}
	})
	t.Run("a link of a cancelled invitation stays dead", func(t *testing.T) {
		w.Anonymous().Post("/v1/invitations/accept", m{"token": w.TokenIn(rosas), "password": testkit.Password}).Problem(409, "invitation_cancelled")
	})
	t.Run("each is in the trail, by identifiers", func(t *testing.T) {
		r := admin.Get(w.Path("/audit?subject=" + open[1])).OK()
		if !strings.Contains(string(r.Body), `"invitation.handed_over"`) || strings.Contains(string(r.Body), "@") {
			t.Errorf("%s", r.Body)
		}
		if r := admin.Get(w.Path("/audit?subject=" + one)).OK(); r.String("items.0.after.successor") != other {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestB13AMemberOfStaffLeavesByThemselves(t *testing.T) {
	w := testkit.New(t)
	w.Invite(eva)
	client := w.AcceptMailed(eva, testkit.Password)
	luis := colleague(w, "luis@firm.example", "member")
	leave := w.Path("/staff/leave")

	luis.Post(leave, m{}).Problem(422, "invalid")
	luis.Post(leave, m{"successor": idOf(w, luis)}).Problem(422, "successor_unknown")
	client.Post(leave, m{"successor": idOf(w, w.Admin)}).Problem(403, "not_allowed")
	w.Anonymous().Post(leave, m{"successor": idOf(w, w.Admin)}).Problem(401, "sign_in_required")
	w.Admin.Post(leave, m{"successor": idOf(w, luis)}).Problem(409, "last_admin")
	luis.Get(w.Path("/staff")).OK()

	if r := luis.Post(leave, m{"successor": idOf(w, w.Admin)}).OK(); r.String("level") != "none" {
		t.Fatalf("%s", r.Body)
	}
	luis.Get(w.Path("/staff")).Problem(401, "sign_in_required")
	if r := handedOver(w); r.String("by_name") != "" || r.At("lines") != 0.0 {
		t.Errorf("%s", r.Body)
	}

	t.Run("with another admin there, an admin may", func(t *testing.T) {
		berta := colleague(w, "berta@firm.example", "admin")
		w.Admin.Post(leave, m{"successor": idOf(w, berta)}).OK()
		w.Admin = berta
		handedOver(w)
		if r := client.Get(w.Path("/sessions/current")).OK(); r.String("grant.owner.address") != "berta@firm.example" {
			t.Errorf("%s", r.Body)
		}
	})
}

func TestB13WhoComesBackKeepsWhatIsTheirs(t *testing.T) {
	w := testkit.New(t)
	luis := colleague(w, "luis@firm.example", "admin")
	one, admin := idOf(w, luis), w.Admin
	w.Admin = luis
	open := w.Invite(eva)[0]
	w.Admin = admin
	admin.Patch(w.Path("/staff/"+one), m{"level": "none"}).OK()
	colleagueAgain(w, "luis@firm.example")
	if r := handedOver(w); r.At("counts.handed_over") != nil {
		t.Errorf("%s", r.Body)
	}
	if r := admin.Get(w.Path("/invitations/" + open)).OK(); r.String("inviter.id") != one {
		t.Errorf("%s", r.Body)
	}
}

// colleagueAgain takes somebody back who has a password.
func colleagueAgain(w *testkit.World, address string) {
	w.Admin.Post(w.Path("/staff/invitations"), m{"address": address, "level": "member"}).OK()
	w.Settle()
	token := w.TokenIn(w.LastMailTo(address))
	w.Anonymous().Post("/v1/invitations/accept", m{"token": token, "password": testkit.Password, "sign_in": true}).OK()
}

func TestB13ASuccessorWhoLeavesTooPassesItOn(t *testing.T) {
	w := testkit.New(t)
	luis := colleague(w, "luis@firm.example", "admin")
	one, second, third := idOf(w, luis), idOf(w, colleague(w, marta, "member")), idOf(w, colleague(w, "berta@firm.example", "member"))
	admin := w.Admin
	w.Admin = luis
	open := w.Invite(eva)[0]
	w.Admin = admin
	admin.Patch(w.Path("/staff/"+one), m{"level": "none", "successor": second}).OK()
	admin.Patch(w.Path("/staff/"+second), m{"level": "none", "successor": third}).OK()
	handedOver(w)
	if r := admin.Get(w.Path("/invitations/" + open)).OK(); r.String("inviter.id") != third {
		t.Errorf("%s", r.Body)
	}
}

// Of two who leave at once and name each other, one must name somebody else.
func TestB13TwoWhoNameEachOther(t *testing.T) {
	w := testkit.New(t)
	for trial := range soak.Trials(t, 50) {
		var both [2]*testkit.Client
		var ids [2]string
		for n := range both {
			both[n] = colleague(w, fmt.Sprintf("pair%d-%d@firm.example", trial, n), "member")
			ids[n] = idOf(w, both[n])
		}
		var answers [2]testkit.Response
		var wg sync.WaitGroup
		for n := range both {
			wg.Go(func() {
				r, err := both[n].Try("POST", w.Path("/staff/leave"), m{"successor": ids[1-n]})
				if err != nil {
					t.Error(err)
				}
				answers[n] = r
			})
		}
		wg.Wait()
		won := 0
		for _, r := range answers {
			switch {
			case r.Status == 200:
				won++
			case r.Status != 422 && r.Status != 409:
				t.Fatalf("%d %s", r.Status, r.Body)
			}
		}
		if won != 1 {
			t.Fatalf("trial %d: %d of 2 left: %s %s", trial, won, answers[0].Body, answers[1].Body)
		}
	}
}
