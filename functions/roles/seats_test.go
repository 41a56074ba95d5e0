package roles_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

type m = map[string]any

// hall is a workspace with a role of so many seats.
type hall struct {
	*testkit.World
	t    *testing.T
	role string
}

func newHall(t *testing.T, seats int) hall {
	w := testkit.New(t)
	w.Advance(time.Second) // what is made within one instant has no order
	return hall{w, t, w.Admin.Post(w.Path("/roles"), m{"portal": w.Portal, "name": "Supplier", "seats": seats}).OK().String("id")}
}

// invite invites lines to the role and returns the verdicts.
func (h hall) invite(lines ...m) string {
	h.t.Helper()
	r := h.Admin.Post(h.Path("/invitations"), m{"portal": h.Portal, "role": h.role, "lines": lines}).OK()
	var verdicts []string
	for n := range lines {
		verdicts = append(verdicts, r.String(fmt.Sprintf("lines.%d.verdict", n)))
	}
	h.Settle()
	return strings.Join(verdicts, " ")
}

// one invites an address, which must be good, and returns the invitation.
func (h hall) one(address string) string {
	h.t.Helper()
	r := h.Admin.Post(h.Path("/invitations"), m{"portal": h.Portal, "role": h.role, "lines": []m{{"address": address}}}).OK()
	if r.String("lines.0.verdict") != "invited" && r.String("lines.0.verdict") != "offered" {
		h.t.Fatalf("%s", r.Body)
	}
	h.Settle()
	return r.String("lines.0.invitation")
}

func (h hall) used() string {
	h.t.Helper()
	return h.Admin.Get(h.Path("/roles/" + h.role)).OK().String("seats_used")
}

// expect fails unless so many seats are taken.
func (h hall) expect(used int, what string) {
	h.t.Helper()
	if got := h.used(); got != fmt.Sprint(used) {
		h.t.Errorf("%s: %s seats taken, want %d", what, got, used)
	}
}

// later is when every invitation is over, and nobody is signed in any more.
func (h hall) later() {
	h.t.Helper()
	h.Advance(16 * 24 * time.Hour)
	h.Admin = h.SignIn(testkit.AdminAddress, testkit.Password)
}

// expire lets the clock record what is over: the reminders that are due go first.
func (h hall) expire() {
	h.t.Helper()
	h.Tick("jobs/remind")
	h.Tick("jobs/expire")
}

// grantOf is the path of the grant of whoever an invitation is for.
func (h hall) grantOf(account, contact string) string {
	return h.Path("/accounts/" + account + "/contacts/" + contact + "/grants/" + h.Portal)
}

func TestZ19ASeatIsOneContactInOneRoleHoweverManyAccounts(t *testing.T) {
	h := newHall(t, 2)
	acme := h.Admin.Post(h.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	sol := h.Admin.Post(h.Path("/accounts"), m{"name": "Sol"}).OK().String("id")
	marta := h.Admin.Post(h.Path("/contacts"), m{"name": "Marta", "address": "marta@client.example", "accounts": []string{acme, sol}}).OK().String("id")
	if got := h.invite(m{"contact": marta, "account": acme}, m{"contact": marta, "account": sol}); got != "invited added_to_open" {
		t.Fatal(got)
	}
	h.expect(1, "two accounts of one contact")
	h.AcceptMailed("marta@client.example", testkit.Password)
	h.expect(1, "accepting takes no other")
	if got := h.invite(m{"address": "leo@client.example"}, m{"address": "eva@client.example"}); got != "invited no_seat" {
		t.Errorf("the last seat: %s", got)
	}
	h.expect(2, "full")
	if all := h.Admin.Get(h.Path("/contacts")).OK(); all.Len("items") != 2 {
		t.Errorf("something was half done: %s", all.Body)
	}
	if len(h.MailTo("eva@client.example")) != 0 {
		t.Error("who got no seat was written to")
	}
	line := h.Admin.Post(h.Path("/invitations/preview"), m{"portal": h.Portal, "role": h.role, "lines": []m{{"address": "eva@client.example"}}}).OK()
	if line.String("lines.0.verdict") != "no_seat" || line.String("lines.0.code") != "no_seat" || line.String("lines.0.detail") == "" {
		t.Errorf("preview: %s", line.Body)
	}
	h.Admin.Patch(h.grantOf(acme, marta), m{"sign_in": false}).OK()
	h.expect(2, "one of two accounts switched off")
	h.Admin.Patch(h.grantOf(sol, marta), m{"sign_in": false}).OK()
	h.expect(1, "the other, too")
	h.one("eva@client.example")
	h.Admin.Patch(h.grantOf(sol, marta), m{"sign_in": true}).Problem(409, "no_seat")
	r := h.Admin.Post(h.Path("/grants/batch"), m{"sign_in": true, "lines": []m{{"account": acme}, {"account": sol}}}).OK()
	if r.String("lines.0.code") != "no_seat" || r.String("lines.1.code") != "no_seat" {
		t.Errorf("batch: %s", r.Body)
	}
}

func TestZ19WhatReservesASeatGivesItUpWhenItEnds(t *testing.T) {
	h := newHall(t, 3)
	one := h.one("one@client.example")
	h.expect(1, "a pending invitation reserves")
	h.Admin.Post(h.Path("/invitations/"+one+"/cancel"), m{}).OK()
	h.expect(0, "cancel")
	h.Admin.Post(h.Path("/invitations/"+one+"/cancel"), m{"withdraw": true}).OK()
	h.expect(0, "cancel again")
	h.one("two@client.example")
	h.Anonymous().Post("/v1/invitations/decline", m{"token": h.TokenIn(h.LastMailTo("two@client.example"))}).OK()
	h.expect(0, "decline")
	h.one("three@client.example")
	h.Anonymous().Post("/v1/invitations/optout", m{"token": h.TokenIn(h.LastMailTo("three@client.example"))}).OK()
	h.expect(0, "an opt-out declines")

	four, five := h.one("four@client.example"), h.one("five@client.example")
	h.later()
	h.expect(2, "until the expiry is recorded")
	h.expire()
	h.expect(0, "expired")
	h.Admin.Post(h.Path("/invitations/"+four+"/resend"), m{}).OK()
	h.expect(1, "reopened")
	h.one("six@client.example")
	h.one("seven@client.example")
	h.Admin.Post(h.Path("/invitations/"+five+"/resend"), m{}).Problem(409, "no_seat")
	if r := h.Admin.Post(h.Path("/invitations/batch"), m{"action": "resend", "ids": []string{four, five}}).OK(); r.String("lines.0.verdict") != "done" || r.String("lines.1.code") != "no_seat" {
		t.Errorf("batch: %s", r.Body)
	}
	h.Admin.Patch(h.Path("/invitations/"+four), m{"role": h.Role}).OK()
	h.expect(2, "another role is put into the invitation")
	if r := h.Admin.Post(h.Path("/invitations/batch"), m{"action": "cancel", "ids": []string{four}}).OK(); r.String("lines.0.verdict") != "done" {
		t.Errorf("batch: %s", r.Body)
	}
	if got := h.Admin.Get(h.Path("/roles/" + h.Role)).OK().String("seats_used"); got != "0" {
		t.Errorf("default role: %s", got)
	}
}

func TestZ19AnExpiryLeavesTheSeatsOfTheInvitationThatCameAfter(t *testing.T) {
	h := newHall(t, 9)
	acme := h.Admin.Post(h.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	sol := h.Admin.Post(h.Path("/accounts"), m{"name": "Sol"}).OK().String("id")
	lia := h.Admin.Post(h.Path("/contacts"), m{"name": "Lia", "address": "lia@client.example", "accounts": []string{acme, sol}}).OK().String("id")
	teo := h.Admin.Post(h.Path("/contacts"), m{"name": "Teo", "address": "lia@client.example", "accounts": []string{acme}}).OK().String("id")
	if got := h.invite(m{"contact": lia, "account": acme}, m{"contact": lia, "account": sol}, m{"contact": teo}); got != "invited added_to_open added_to_open" {
		t.Fatal(got)
	}
	h.expect(2, "two contacts of one address")
	h.later()
	if got := h.invite(m{"contact": lia, "account": acme}); got != "invited" {
		t.Fatal(got)
	}
	h.expire()
	h.expect(1, "what the newer one does not offer is given up")
}

func TestZ19WhoGoesElsewhereGivesTheSeatUp(t *testing.T) {
	h := newHall(t, 2)
	h.one("rosa@client.example")
	h.AcceptMailed("rosa@client.example", testkit.Password)
	acc := h.Admin.Get(h.Path("/accounts")).OK().String("items.0.id")
	con := h.Admin.Get(h.Path("/contacts")).OK().String("items.0.id")
	h.Admin.Patch(h.grantOf(acc, con), m{"role": h.Role}).OK()
	h.expect(0, "another role")
	if r := h.Admin.Post(h.Path("/grants/batch"), m{"role": h.role, "lines": []m{{"account": acc}}}).OK(); r.String("lines.0.verdict") != "changed" {
		t.Fatalf("%s", r.Body)
	}
	h.expect(1, "and back, in bulk")
	who := h.Admin.Get(h.Path("/members")).OK().String("items.0.id")
	h.Admin.Post(h.Path("/members/"+who+"/deactivate"), m{}).OK()
	h.expect(1, "who is deactivated keeps the seat")
	h.Admin.Post(h.Path("/members/"+who+"/reactivate"), m{}).OK()
	h.Admin.Post(h.Path("/members/"+who+"/promote"), m{"level": "member"}).OK()
	h.expect(0, "who becomes staff")
	h.one("nora@client.example")
	h.AcceptMailed("nora@client.example", testkit.Password)
	nora := ""
	for n, all := 0, h.Admin.Get(h.Path("/contacts")).OK(); n < all.Len("items"); n++ {
		if all.String(fmt.Sprintf("items.%d.address", n)) == "nora@client.example" {
			nora = all.String(fmt.Sprintf("items.%d.id", n))
		}
	}
	h.Admin.Patch(h.Path("/contacts/"+nora), m{"address": "nora@other.example"}).OK()
	h.expect(0, "another address must be invited anew")
}

func TestZ19WhatIsSwitchedOnWhileItsInvitationIsOpenTakesTheSeatAgain(t *testing.T) {
	h := newHall(t, 1)
	h.one("rosa@client.example")
	acc := h.Admin.Get(h.Path("/accounts")).OK().String("items.0.id")
	con := h.Admin.Get(h.Path("/contacts")).OK().String("items.0.id")
	grant := h.grantOf(acc, con)
	h.Admin.Patch(grant, m{"sign_in": false}).OK()
	h.expect(0, "off")
	h.Admin.Patch(grant, m{"sign_in": true}).OK()
	h.expect(1, "on")
	batch := func(on bool) {
		h.Admin.Post(h.Path("/grants/batch"), m{"sign_in": on, "lines": []m{{"account": acc}}}).OK()
	}
	batch(false)
	h.expect(0, "off in bulk")
	batch(true)
	h.expect(1, "on in bulk")
	h.Admin.Patch(grant, m{"sign_in": false}).OK()
	h.later()
	h.expire()
	h.Admin.Patch(grant, m{"sign_in": true}).OK()
	h.expect(0, "on, and nothing offers it any more")
}

func TestZ19APortalUserWhoIsSwitchedOffGivesTheSeatUp(t *testing.T) {
	h := newHall(t, 1)
	h.Admin.Patch(h.Path(""), m{"settings": m{"support_dates": true}}).OK()
	h.one("rosa@client.example")
	rosa := h.Path("/contacts/" + h.Admin.Get(h.Path("/contacts")).OK().String("items.0.id"))
	user := func(on bool) testkit.Response { return h.Admin.Patch(rosa, m{"support": m{"portal_user": on}}) }
	user(false).OK()
	h.expect(0, "off while invited")
	user(true).OK()
	h.expect(1, "on again, still invited")
	h.AcceptMailed("rosa@client.example", testkit.Password)
	user(false).OK()
	h.expect(0, "off")
	h.one("nora@client.example")
	user(true).Problem(409, "no_seat")
	h.Admin.Patch(h.Path("/roles/"+h.role), m{"seats": 2}).OK()
	user(true).OK()
	h.expect(2, "on")
	h.Admin.Patch(rosa, m{"address": "rosa@other.example", "support": m{"portal_user": true}}).OK()
	h.expect(1, "another address must be invited anew")
}

func TestZ19ALeadWhoBecomesAContactNeedsASeatThere(t *testing.T) {
	h := newHall(t, 1)
	prospect := h.Admin.Post(h.Path("/roles"), m{"portal": h.Portal, "name": "Prospect", "for": "leads"}).OK().String("id")
	acme := h.Admin.Post(h.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	var leads []string
	for _, name := range []string{"one", "two"} {
		con := h.Admin.Post(h.Path("/contacts"), m{"name": name, "address": name + "@client.example", "accounts": []string{acme}, "lead": true}).OK().String("id")
		if got := h.invite(m{"contact": con, "role": prospect}); got != "invited" {
			t.Fatal(got)
		}
		leads = append(leads, con)
	}
	r := h.Admin.Post(h.Path("/contacts/convert"), m{"contacts": leads, "role": h.role}).OK()
	if r.String("lines.0.verdict") != "changed" || r.String("lines.1.code") != "no_seat" {
		t.Fatalf("%s", r.Body)
	}
	h.expect(1, "one of two")
	if got := h.Admin.Get(h.Path("/roles/" + prospect)).OK().String("seats_used"); got != "1" {
		t.Errorf("the role for leads: %s", got)
	}
	h.Admin.Post(h.Path("/contacts/"+leads[1]+"/convert"), m{"role": h.role}).Problem(409, "no_seat")
}

// join is somebody's way in by a link of their own.
func (h hall) join(address string, approval bool) testkit.Response {
	h.T.Helper()
	url := h.Admin.Post(h.Path("/joinlinks"), m{"portal": h.Portal, "role": h.role, "create_contact": true, "approval": approval}).OK().String("url")
	_, token, _ := strings.Cut(url, "#")
	r := h.Anonymous().Post("/v1/joinlinks/join", m{"token": token, "address": address, "password": testkit.Password, "name": "Lia"}).OK()
	h.Settle()
	return h.Anonymous().Post("/v1/verifications/confirm", m{"workspace": r.String("workspace"), "verification": r.String("verification"),
		"binding": r.String("binding"), "code": h.CodeIn(h.LastMailTo(address))})
}

func TestZ19AJoinLinkNeedsASeat(t *testing.T) {
	h := newHall(t, 1)
	join := h.join
	join("rosa@client.example", true).OK()
	waiting := h.Admin.Get(h.Path("/joinrequests?state=waiting")).OK().String("items.0.id")
	h.expect(0, "who waits has no seat yet")
	join("lia@client.example", false).OK()
	h.expect(1, "joined")
	join("eva@client.example", false).Problem(409, "joinlink_no_seat")
	h.Admin.Post(h.Path("/joinrequests/"+waiting+"/approve"), m{}).Problem(409, "no_seat")
	h.Admin.Patch(h.Path("/roles/"+h.role), m{"seats": 2}).OK()
	h.Admin.Post(h.Path("/joinrequests/"+waiting+"/approve"), m{}).OK()
	h.expect(2, "approved")
}

func TestZ19TheNumberOfSeatsIsASetting(t *testing.T) {
	h := newHall(t, 2)
	if got := h.Admin.Get(h.Path("/roles/" + h.Role)).OK().String("seats"); got != "10000" {
		t.Errorf("the default client role has %s seats", got)
	}
	path := h.Path("/roles/" + h.role)
	h.one("one@client.example")
	h.one("two@client.example")
	h.Admin.Patch(path, m{"seats": 1}).Problem(422, "seats_taken")
	h.Admin.Patch(path, m{"seats": 0}).Problem(422, "seats_malformed")
	h.Admin.Patch(path, m{"seats": 1_000_001}).Problem(422, "seats_malformed")
	h.Admin.Post(h.Path("/roles"), m{"portal": h.Portal, "name": "X", "seats": -1}).Problem(422, "seats_malformed")
	if r := h.Admin.Patch(path, m{"seats": 3}).OK(); r.String("seats") != "3" || r.String("seats_used") != "2" || r.String("name") != "Supplier" {
		t.Errorf("%s", r.Body)
	}
	if got := h.invite(m{"address": "three@client.example"}, m{"address": "four@client.example"}); got != "invited no_seat" {
		t.Error(got)
	}
	if r := h.Admin.Get(h.Path("/roles")).OK(); r.String("items.1.seats_used") != "3" {
		t.Errorf("%s", r.Body)
	}
}

func TestZ19FiftyAtOnceNeverShareTheLastSeat(t *testing.T) {
	for trial := range soak.Trials(t, 20) {
		seats := 1 + trial%2*4
		h := newHall(t, seats)
		h.LiftCaps()
		var mu sync.Mutex
		got := map[string]int{}
		var all sync.WaitGroup
		for n := range 50 {
			all.Go(func() {
				r, err := h.Admin.Try("POST", h.Path("/invitations"), m{"portal": h.Portal, "role": h.role, "lines": []m{{"address": fmt.Sprintf("p%d@client.example", n)}}})
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				got[r.String("lines.0.verdict")+r.String("code")]++
			})
		}
		all.Wait()
		if got["invited"] != seats || got["no_seat"] != 50-seats {
			t.Errorf("%d seats: %v", seats, got)
		}
		h.expect(seats, "after the race")
		h.Close()
	}
}

func TestZ19ABulkTakesTheSeatsThereAreAndSaysWhichLinesGotNone(t *testing.T) {
	h := newHall(t, 30)
	h.LiftCaps()
	var lines []m
	for n := range 100 {
		lines = append(lines, m{"address": fmt.Sprintf("p%d@client.example", n)})
	}
	r := h.Admin.Post(h.Path("/invitations"), m{"portal": h.Portal, "role": h.role, "lines": lines}).OK()
	if r.String("counts.invited") != "30" || r.String("counts.no_seat") != "70" || r.String("lines.29.verdict") != "invited" || r.String("lines.30.verdict") != "no_seat" {
		t.Errorf("%s", r.Body)
	}
	h.expect(30, "a bulk")
}
