package joinrequests_test

import (
	"strings"
	"testing"

	"portero/shared/testkit"
)

const lucia = "lucia@client.example"

// waiting is somebody who joined by a link with approval.
type waiting struct {
	*testkit.World
	token, request string
}

func asked(t *testing.T) waiting {
	w := testkit.New(t)
	r := w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal, "approval": true, "create_contact": true}).OK()
	_, token, _ := strings.Cut(r.String("url"), "#")
	g := waiting{World: w, token: token}
	if r := g.join().OK(); r.String("state") != "waiting" || r.At("session") != nil || r.At("token") != nil {
		t.Fatalf("confirm: %s", r.Body)
	}
	w.Settle()
	list := w.Admin.Get(w.Path("/joinrequests?state=waiting")).OK()
	if list.Len("items") != 1 || list.String("items.0.address") != lucia || list.String("items.0.name") != "Lucía" {
		t.Fatalf("requests: %s", list.Body)
	}
	g.request = list.String("items.0.id")
	return g
}

func (g waiting) join() testkit.Response {
	g.T.Helper()
	r := g.Anonymous().Post("/v1/joinlinks/join", map[string]any{"token": g.token, "address": lucia, "password": testkit.Password, "name": "Lucía"}).OK()
	g.Settle()
	return g.Anonymous().Post("/v1/verifications/confirm", map[string]any{"workspace": r.String("workspace"),
		"verification": r.String("verification"), "binding": r.String("binding"), "code": g.CodeIn(g.LastMailTo(lucia))})
}

func (g waiting) signIn() testkit.Response {
	g.T.Helper()
	return g.Anonymous().Post(g.Path("/sessions"), map[string]any{"address": lucia, "password": testkit.Password})
}

func TestF5WithApprovalNobodySeesAnythingBeforeStaffSayYes(t *testing.T) {
	g := asked(t)
	g.signIn().Problem(403, "access_waiting")
	if notice := g.LastMailTo(testkit.AdminAddress); !strings.Contains(notice.Text, "lucia") {
		t.Errorf("the link's creator is not told: %s", notice.Text)
	}
	if g.Admin.Get(g.Path("/members")).OK().Len("items") != 0 || g.Admin.Get(g.Path("/contacts")).OK().Len("items") != 0 {
		t.Error("something was granted before")
	}
	if r := g.join().OK(); r.String("state") != "waiting" {
		t.Errorf("asking twice: %s", r.Body)
	}
	if got := g.Admin.Get(g.Path("/joinlinks")).OK().String("items.0.uses"); got != "1" {
		t.Errorf("uses %s after asking twice", got)
	}
	before := len(g.MailTo(lucia))
	r := g.Admin.Post(g.Path("/joinrequests/"+g.request+"/approve"), map[string]any{}).OK()
	if r.String("state") != "approved" {
		t.Errorf("approve: %s", r.Body)
	}
	g.Settle()
	if got := g.MailTo(lucia)[before:]; len(got) != 1 || !strings.Contains(got[0].Text, "/p/"+g.PortalName) {
		t.Errorf("the person is not told: %v", got)
	}
	in := g.signIn().OK()
	me := g.Bearer(in.String("token")).Get(g.Path("/sessions/current")).OK()
	if me.String("grant.owner.address") != testkit.AdminAddress || me.String("grant.contact.name") != "Lucía" {
		t.Errorf("signed in to: %s", me.Body)
	}
	g.Admin.Post(g.Path("/joinrequests/"+g.request+"/approve"), map[string]any{}).Problem(409, "joinrequest_approved")
	g.Admin.Post(g.Path("/joinrequests/"+g.request+"/refuse"), map[string]any{}).Problem(409, "joinrequest_approved")
	if r := g.join().OK(); r.String("state") != "accepted" {
		t.Errorf("following the link as a member: %s", r.Body)
	}
	if g.Admin.Get(g.Path("/members")).OK().Len("items") != 1 {
		t.Error("not one member")
	}
}

func TestARefusedRequestLetsNobodyInAndSaysSoWhenAskedAgain(t *testing.T) {
	g := asked(t)
	if r := g.Admin.Post(g.Path("/joinrequests/"+g.request+"/refuse"), map[string]any{}).OK(); r.String("state") != "refused" {
		t.Errorf("refuse: %s", r.Body)
	}
	g.signIn().Problem(403, "access_waiting")
	g.join().Problem(403, "joinrequest_refused")
	if g.Admin.Get(g.Path("/joinrequests?state=refused")).OK().Len("items") != 1 || g.Admin.Get(g.Path("/joinrequests")).OK().Len("items") != 0 {
		t.Error("the request is not refused")
	}
}

func TestARequestIsApprovedWithARoleOfItsPortalOnly(t *testing.T) {
	g := asked(t)
	other := g.Admin.Post(g.Path("/portals"), map[string]any{"title": "Otra puerta"}).OK()
	foreign := g.Admin.Get(g.Path("/roles?portal=" + other.String("id"))).OK()
	g.Admin.Post(g.Path("/joinrequests/"+g.request+"/approve"), map[string]any{"role": foreign.String("items.0.id")}).Problem(422, "role_unknown")
	made := g.Admin.Post(g.Path("/roles"), map[string]any{"portal": g.Portal, "name": "VIP"}).OK()
	if r := g.Admin.Post(g.Path("/joinrequests/"+g.request+"/approve"), map[string]any{"role": made.String("id")}).OK(); r.String("role") != made.String("id") {
		t.Errorf("approve: %s", r.Body)
	}
	g.Admin.Post(g.Path("/joinrequests/jrq_01jd0h5m3w8q4v9x2c6k7n1t5z/approve"), map[string]any{}).Problem(404, "not_found")
}

func TestWhoWasInvitedSinceTheyAskedIsApprovedForTheSameContact(t *testing.T) {
	g := asked(t)
	r := g.Admin.Post(g.Path("/invitations"), map[string]any{"portal": g.Portal, "lines": []any{map[string]any{"address": lucia}}}).OK()
	if r.String("lines.0.verdict") != "offered" {
		t.Fatalf("%s", r.Body)
	}
	g.Settle()
	if r := g.Admin.Post(g.Path("/joinrequests/"+g.request+"/approve"), map[string]any{}).OK(); r.String("state") != "approved" {
		t.Errorf("approve: %s", r.Body)
	}
	if g.Admin.Get(g.Path("/contacts")).OK().Len("items") != 1 || g.Admin.Get(g.Path("/members")).OK().Len("items") != 1 {
		t.Error("not one member with one contact")
	}
	g.signIn().OK()
}

func TestB12JoinRequestsAndLinksAreFoundByWhatTheyAreCalled(t *testing.T) {
	g := asked(t)
	g.Admin.Post(g.Path("/joinlinks"), map[string]any{"portal": g.Portal, "label": "Feria de Ávila"}).OK()
	me := g.Admin.Get(g.Path("/sessions/current")).OK().String("identity.id")
	for path, want := range map[string]int{
		"/joinrequests?address=LUC":                         1,
		"/joinrequests?name=luc%C3%ADa":                     1,
		"/joinrequests?name=lucia&role=" + g.Role:           1,
		"/joinrequests?role=" + g.Role:                      1,
		"/joinrequests?role=rol_01jd0h5m3w8q4v9x2c6k7n1t5z": 0,
		"/joinrequests?name=eva":                            0,
		"/joinrequests?address=lucia&state=approved":        0,
		"/joinlinks?label=feria+de+avila":                   1,
		"/joinlinks?label=avila":                            0,
		"/joinlinks?creator=" + me:                          2,
		"/joinlinks?portal=" + g.Portal + "&role=" + g.Role: 2,
		"/joinlinks?creator=idn_01jd0h5m3w8q4v9x2c6k7n1t5z": 0,
	} {
		if r := g.Admin.Get(g.Path(path)).OK(); r.Len("items") != want {
			t.Errorf("%s: %d, want %d", path, r.Len("items"), want)
		}
	}
	g.Admin.Get(g.Path("/joinrequests?address=a&name=b")).Problem(422, "filters_together")
}
