package roles_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

// role makes another role of the portal.
func (h hall) another(name, kind string, seats int) string {
	h.t.Helper()
	return h.Admin.Post(h.Path("/roles"), m{"portal": h.Portal, "name": name, "for": kind, "seats": seats}).OK().String("id")
}

// end deletes a role.
func (h hall) end(role, to string) testkit.Response {
	body := m{}
	if to != "" {
		body["move_to"] = to
	}
	return h.Admin.Post(h.Path("/roles/"+role+"/delete"), body)
}

func TestZ16AnEmptyRoleIsDeleted(t *testing.T) {
	h := newHall(t, 5)
	other := h.another("Partner", "contacts", 5)
	acme := h.Admin.Post(h.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	rosa := h.Admin.Post(h.Path("/contacts"), m{"name": "Rosa", "address": "rosa@client.example", "accounts": []string{acme}}).OK().String("id")
	h.Admin.Post(h.Path("/accounts/"+acme+"/contacts/"+rosa+"/grants"), m{"portal": h.Portal, "role": h.role}).OK()

	h.end(h.role, "").Problem(409, "role_in_use") // granted, never sent
	h.Admin.Patch(h.grantOf(acme, rosa), m{"role": h.Role}).OK()
	h.end(h.role, "").OK()
	h.Admin.Get(h.Path("/roles/"+h.role)).Problem(404, "not_found")
	h.Admin.Patch(h.Path("/roles/"+h.role), m{"name": "X"}).Problem(404, "not_found")
	h.end(h.role, "").Problem(404, "not_found")
	if all := h.Admin.Get(h.Path("/roles")).OK(); all.Len("items") != 2 {
		t.Errorf("%s", all.Body)
	}
	for path, body := range map[string]m{
		"/invitations": {"portal": h.Portal, "role": h.role, "lines": []m{{"address": "ana@client.example"}}},
		"/joinlinks":   {"portal": h.Portal, "role": h.role},
	} {
		h.Admin.Post(h.Path(path), body).Problem(422, "role_unknown")
	}
	h.Admin.Patch(h.grantOf(acme, rosa), m{"role": h.role}).Problem(422, "role_unknown")
	if e := h.Admin.Get(h.Path("/audit?subject=" + h.role)).OK(); !strings.Contains(string(e.Body), "role.deleted") {
		t.Errorf("%s", e.Body)
	}

	h.end(h.Role, "").Problem(409, "role_default")
	h.end(h.Role, other).Problem(409, "role_default")
	h.Admin.Post(h.Path("/joinlinks"), m{"portal": h.Portal, "role": other}).OK()
	h.end(other, "").Problem(409, "role_in_use")
	lead := h.another("Prospect", "leads", 5)
	h.Admin.Patch(h.Path(""), m{"settings": m{"lead_roles": m{lead: h.Role}}}).OK()
	h.end(lead, "").Problem(409, "role_in_use")
	h.end(lead, h.Role).Problem(422, "move_to_unfit")
	h.end(other, other).Problem(422, "move_to_unfit")
	h.end(other, "rol_01jd0h5m3w8q4v9x2c6k7n1t5z").Problem(422, "move_to_unfit")
	elsewhere := h.Admin.Post(h.Path("/portals"), m{"name": "vega-suppliers"}).OK().String("default_role")
	h.end(other, elsewhere).Problem(422, "move_to_unfit")
	foreign := *h.World
	foreign.Seed("Other firm", "boss@other.example")
	foreign.Admin.Post(foreign.Path("/roles/"+other+"/delete"), m{}).Problem(404, "not_found")
	foreign.Admin.Post(h.Path("/roles/"+other+"/delete"), m{}).Problem(401, "sign_in_required")
}

func TestZ15DeletingARoleMovesItsUsersAtOnce(t *testing.T) {
	h := newHall(t, 9)
	to := h.another("Partner", "contacts", 5)
	h.one("rosa@client.example")
	rosa := h.AcceptMailed("rosa@client.example", testkit.Password)
	h.one("lia@client.example")
	open := h.one("mar@client.example")
	acme := h.Admin.Post(h.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	teo := h.Admin.Post(h.Path("/contacts"), m{"name": "Teo", "address": "teo@client.example", "accounts": []string{acme}}).OK().String("id")
	h.Admin.Post(h.Path("/accounts/"+acme+"/contacts/"+teo+"/grants"), m{"portal": h.Portal, "role": h.role}).OK()
	url := h.Admin.Post(h.Path("/joinlinks"), m{"portal": h.Portal, "role": h.role, "create_contact": true}).OK()
	h.join("nadia@client.example", true).OK()
	waiting := h.Admin.Get(h.Path("/joinrequests?state=waiting")).OK().String("items.0.id")

	r := h.end(h.role, to).OK()
	if r.String("moved_to") != to || r.String("job") == "" {
		t.Fatalf("%s", r.Body)
	}
	// Nothing is rewritten yet, and everybody has the other role already.
	if me := rosa.Get(h.Path("/sessions/current")).OK(); !strings.Contains(string(me.Body), to) || strings.Contains(string(me.Body), h.role) {
		t.Errorf("%s", me.Body)
	}
	h.Admin.Get(h.Path("/roles/"+h.role)).Problem(404, "not_found")
	if got := h.Admin.Get(h.Path("/roles/" + to)).OK().String("seats_used"); got != "3" {
		t.Errorf("%s seats", got)
	}
	h.end(to, h.Role).Problem(409, "role_moving")
	summary := func() string { return string(h.Admin.Get(h.Path("/portals/" + h.Portal + "/summary")).OK().Body) }
	if got := summary(); !strings.Contains(got, `"arriving":["`+r.String("job")+`"]`) {
		t.Errorf("%s", got)
	}
	h.Stick(r.String("job")) // it fails and fails: the target is marked until staff let it go on
	h.Settle()
	h.end(to, h.Role).Problem(409, "role_moving")
	h.Admin.Post(h.Path("/jobs/"+r.String("job")+"/resume"), nil).OK()
	lia := h.AcceptMailed("lia@client.example", testkit.Password)
	h.Admin.Post(h.Path("/invitations"), m{"portal": h.Portal, "role": h.role, "lines": []m{{"contact": teo}}}).OK()

	h.Settle()
	h.Tick("jobs/advance")
	if j := h.Admin.Get(h.Path("/jobs/" + r.String("job"))).OK(); j.String("state") != "done" || j.String("counts.moved") != "3" || j.String("kind") != "role_move" {
		t.Errorf("%s", j.Body)
	}
	if got := summary(); strings.Contains(got, "arriving") {
		t.Errorf("%s", got)
	}
	for _, c := range [][3]string{
		{"/invitations/" + open, "roles.0", to}, {"/joinlinks/" + url.String("joinlink.id"), "role", to}, {"/roles/" + to, "seats_used", "4"},
	} {
		if got := h.Admin.Get(h.Path(c[0])).OK(); got.String(c[1]) != c[2] {
			t.Errorf("%s: %s", c[0], got.Body)
		}
	}
	h.Admin.Post(h.Path("/joinrequests/"+waiting+"/approve"), m{}).OK()
	if got := h.Admin.Get(h.Path("/roles/" + to)).OK().String("seats_used"); got != "5" {
		t.Errorf("%s seats, once the one who waited sits in the new role", got)
	}
	rosa.Get(h.Path("/sessions/current")).OK()
	lia.Get(h.Path("/sessions/current")).OK()
	h.end(to, h.Role).OK() // on from there, once they have arrived
	h.Settle()
	h.Tick("jobs/advance")
	if me := rosa.Get(h.Path("/sessions/current")).OK(); !strings.Contains(string(me.Body), h.Role) {
		t.Errorf("%s", me.Body)
	}
}

func TestZ15WhoSitsInBothSitsOnceThen(t *testing.T) {
	h := newHall(t, 9)
	to := h.another("Partner", "contacts", 2)
	var accounts []string
	for _, name := range []string{"Acme", "Sol", "Mar"} {
		accounts = append(accounts, h.Admin.Post(h.Path("/accounts"), m{"name": name}).OK().String("id"))
	}
	lia := h.Admin.Post(h.Path("/contacts"), m{"name": "Lia", "address": "lia@client.example", "accounts": accounts}).OK().String("id")
	h.invite(m{"contact": lia, "account": accounts[0]}, m{"contact": lia, "account": accounts[1]})
	h.Admin.Post(h.Path("/invitations"), m{"portal": h.Portal, "role": to, "lines": []m{{"contact": lia, "account": accounts[2]}}}).OK()
	h.Settle()
	h.end(h.role, to).OK()
	if got := h.Admin.Get(h.Path("/roles/" + to)).OK().String("seats_used"); got != "2" {
		t.Errorf("until the job comes by: %s", got)
	}
	h.Settle()
	h.Tick("jobs/advance")
	if got := h.Admin.Get(h.Path("/roles/" + to)).OK().String("seats_used"); got != "1" {
		t.Errorf("then: %s", got)
	}
}

func TestZ15WithoutRoomNothingMoves(t *testing.T) {
	h := newHall(t, 9)
	to := h.another("Partner", "contacts", 1)
	h.one("one@client.example")
	h.one("two@client.example")
	h.end(h.role, to).Problem(409, "no_seat")
	h.expect(2, "nothing half done")
	h.Admin.Patch(h.Path("/roles/"+to), m{"seats": 2}).OK()
	h.end(h.role, to).OK()
	h.Settle()
	h.Tick("jobs/advance")
}

func TestZ15ALeadsMappingGoesAlong(t *testing.T) {
	h := newHall(t, 9)
	cold, warm := h.another("Cold", "leads", 9), h.another("Warm", "leads", 9)
	h.Admin.Patch(h.Path(""), m{"settings": m{"lead_roles": m{cold: h.role}}}).OK()
	partner := h.another("Partner", "contacts", 9)
	acme := h.Admin.Post(h.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	con := h.Admin.Post(h.Path("/contacts"), m{"name": "Lia", "address": "lia@client.example", "accounts": []string{acme}, "lead": true}).OK().String("id")
	h.Admin.Post(h.Path("/accounts/"+acme+"/contacts/"+con+"/grants"), m{"portal": h.Portal, "role": cold}).OK()
	h.end(cold, warm).OK()
	h.end(h.role, partner).OK()
	if got := h.Admin.Get(h.Path("")).OK().String("settings.lead_roles." + warm); got != partner {
		t.Errorf("%q", got)
	}
	h.Admin.Post(h.Path("/contacts/"+con+"/convert"), m{}).OK()
	h.Settle()
	h.Tick("jobs/advance")
	if g := h.Admin.Get(h.Path("/accounts/" + acme)).OK(); !strings.Contains(string(g.Body), partner) {
		t.Errorf("%s", g.Body)
	}
}

// TestZ16OfADeletionAndAGrantOneLoses deletes an empty role while others are given
// it by every way there is: nobody is left with a role that is not there (the
// world's invariants say so at its end).
func TestZ16OfADeletionAndAGrantOneLoses(t *testing.T) {
	for trial := range soak.Trials(t, 20) {
		h := newHall(t, 50)
		h.LiftCaps()
		acme := h.Admin.Post(h.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
		con := h.Admin.Post(h.Path("/contacts"), m{"name": "Rosa", "address": "rosa@client.example", "accounts": []string{acme}}).OK().String("id")
		to := ""
		if trial%2 == 1 {
			to = h.Role
		}
		var all sync.WaitGroup
		try := func(path string, body m) {
			all.Go(func() {
				if r, err := h.Admin.Try("POST", h.Path(path), body); err != nil || r.Status >= 500 && r.String("code") != "changed_meanwhile" {
					t.Errorf("%s: %v %s", path, err, r.Body)
				}
			})
		}
		try("/accounts/"+acme+"/contacts/"+con+"/grants", m{"portal": h.Portal, "role": h.role})
		try("/joinlinks", m{"portal": h.Portal, "role": h.role})
		for n := range 3 {
			try("/invitations", m{"portal": h.Portal, "role": h.role, "lines": []m{{"address": fmt.Sprintf("p%d@client.example", n)}}})
		}
		body := m{}
		if to != "" {
			body["move_to"] = to
		}
		try("/roles/"+h.role+"/delete", body)
		all.Wait()
		h.Settle()
		h.Tick("jobs/advance")
		h.Close()
	}
}
