package joinlinks_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
	"portero/shared/testkit/soak"
)

const (
	lucia   = "lucia@client.example"
	joining = "/v1/joinlinks/join"
	opening = "/v1/joinlinks/open"
	confirm = "/v1/verifications/confirm"
)

// shared is a join link as staff hold it.
type shared struct {
	*testkit.World
	id, token string
}

// linkOf makes a join link with more fields than the portal.
func linkOf(w *testkit.World, more map[string]any) shared {
	w.T.Helper()
	body := map[string]any{"portal": w.Portal}
	for n, v := range more {
		body[n] = v
	}
	r := w.Admin.Post(w.Path("/joinlinks"), body).OK()
	l := shared{w, r.String("joinlink.id"), ""}
	return l.with(r.String("url"))
}

func (l shared) with(url string) shared {
	l.T.Helper()
	base, token, ok := strings.Cut(url, "#")
	if !ok || base != l.System.URL()+"/join" {
		l.T.Fatalf("url %q", url)
	}
	l.token = token
	return l
}

func (l shared) ask(c *testkit.Client, address string) testkit.Response {
	l.T.Helper()
	return c.Post(joining, map[string]any{"token": l.token, "address": address, "password": testkit.Password, "name": "Lucía Ortega"})
}

// code joins up to the code, and returns the confirmation's body.
func (l shared) code(address string) map[string]any {
	l.T.Helper()
	r := l.ask(l.Anonymous(), address).OK()
	if r.Status != http.StatusAccepted || r.String("state") != "code_sent" || r.At("session") != nil {
		l.T.Fatalf("join: %d %s", r.Status, r.Body)
	}
	l.Settle()
	return map[string]any{"workspace": r.String("workspace"), "verification": r.String("verification"), "binding": r.String("binding"),
		"code": l.CodeIn(l.LastMailTo(address))}
}

func (l shared) join(address string) testkit.Response {
	l.T.Helper()
	return l.Anonymous().Post(confirm, l.code(address))
}

func (l shared) get() testkit.Response {
	l.T.Helper()
	return l.Admin.Get(l.Path("/joinlinks/" + l.id)).OK()
}

func (l shared) members() int {
	l.T.Helper()
	return l.Admin.Get(l.Path("/members")).OK().Len("items")
}

func TestF5WhoeverFollowsALinkRegistersAndJoins(t *testing.T) {
	l := linkOf(testkit.New(t), map[string]any{"label": "Boletín", "create_contact": true})
	seen := l.Anonymous().Post(opening, map[string]any{"token": l.token}).OK()
	for path, want := range map[string]string{"state": "open", "firm": "Garrigues & Vega", "portal.name": l.PortalName, "approval": "false",
		"min_password": "15", "language": "es", "zone": "Europe/Madrid", "workspace": l.Workspace} {
		if got := seen.String(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	r := l.join(lucia).OK()
	if r.String("state") != "accepted" || r.String("portal") != l.PortalName {
		t.Errorf("confirm: %s", r.Body)
	}
	me := l.Bearer(r.String("token")).Get(l.Path("/sessions/current")).OK()
	if me.String("identity.address") != lucia || me.String("grant.owner.address") != testkit.AdminAddress || me.String("grant.role.name") == "" {
		t.Errorf("signed in to: %s", me.Body)
	}
	if got := l.get(); got.String("uses") != "1" || got.String("label") != "Boletín" || strings.Contains(string(got.Body), "hash") {
		t.Errorf("the link: %s", got.Body)
	}
	contacts := l.Admin.Get(l.Path("/contacts")).OK()
	if contacts.Len("items") != 1 || contacts.String("items.0.name") != "Lucía Ortega" {
		t.Errorf("contacts: %s", contacts.Body)
	}
	if l.members() != 1 {
		t.Error("not a member")
	}
}

func TestF5WhoIsAMemberAlreadyJustGetsIn(t *testing.T) {
	w := testkit.New(t)
	w.Invite(lucia)
	me := w.AcceptMailed(lucia, testkit.Password)
	l := linkOf(w, nil)
	if r := l.Anonymous().Post(opening, map[string]any{"token": l.token}).OK(); r.At("signed_in") != nil {
		t.Errorf("open: %s", r.Body)
	}
	if r := me.Post(opening, map[string]any{"token": l.token}).OK(); r.String("signed_in.address") != lucia {
		t.Errorf("open signed in: %s", r.Body)
	}
	in := me.Post(joining, map[string]any{"token": l.token}).OK()
	if in.Status != 200 || in.String("state") != "accepted" || in.String("token") == "" {
		t.Errorf("join signed in: %s", in.Body)
	}
	if r := l.join(lucia).OK(); r.String("state") != "accepted" {
		t.Errorf("join by code: %s", r.Body)
	}
	me.Post(joining, map[string]any{"token": l.token, "address": "other@client.example"}).Problem(409, "signed_in_as_other")
	if l.get().String("uses") != "0" || l.members() != 1 || w.Admin.Get(w.Path("/contacts")).OK().Len("items") != 1 {
		t.Error("a member was counted, or made twice")
	}
}

func TestF5AResetKillsTheOldLinkAndItsCodesAtOnce(t *testing.T) {
	l := linkOf(testkit.New(t), nil)
	pending := l.code(lucia)
	r := l.Admin.Post(l.Path("/joinlinks/"+l.id+"/reset"), nil).OK()
	fresh := l.with(r.String("url"))
	l.Anonymous().Post(opening, map[string]any{"token": l.token}).Problem(404, "link_unknown")
	l.ask(l.Anonymous(), lucia).Problem(404, "link_unknown")
	l.Anonymous().Post(confirm, pending).Problem(404, "link_unknown")
	fresh.join(lucia).OK()
	if l.members() != 1 {
		t.Error("the new link does not work")
	}
}

func TestF5ALinkHasAnEndABeginningASwitchAndACount(t *testing.T) {
	w := testkit.New(t)
	now := w.Now()
	later, end := now.Add(time.Hour).Format(time.RFC3339), now.Add(2*time.Hour).Format(time.RFC3339)
	l := linkOf(w, map[string]any{"from": later, "until": end, "max_uses": 1})
	state := func(want string) {
		t.Helper()
		if got := l.Anonymous().Post(opening, map[string]any{"token": l.token}).OK().String("state"); got != want {
			t.Errorf("state %s, want %s", got, want)
		}
		if got := admin(w).Get(w.Path("/joinlinks/" + l.id)).OK().String("state"); got != want {
			t.Errorf("staff see %s, want %s", got, want)
		}
	}
	state("not_yet")
	l.ask(l.Anonymous(), lucia).Problem(409, "joinlink_not_yet")
	w.Advance(time.Hour)
	state("open")
	first, second := l.code(lucia), l.code("pepe@client.example")
	l.Anonymous().Post(confirm, first).OK()
	state("full")
	l.Anonymous().Post(confirm, second).Problem(410, "joinlink_full")
	l.ask(l.Anonymous(), "pepe@client.example").Problem(410, "joinlink_full")
	admin(w).Patch(w.Path("/joinlinks/"+l.id), map[string]any{"max_uses": 2, "off": true}).OK()
	state("off")
	l.Anonymous().Post(confirm, second).Problem(410, "joinlink_off")
	admin(w).Patch(w.Path("/joinlinks/"+l.id), map[string]any{"off": false}).OK()
	state("open")
	w.Advance(time.Hour)
	state("over")
	l.ask(l.Anonymous(), "pepe@client.example").Problem(410, "joinlink_over")
	admin(w).Patch(w.Path("/joinlinks/"+l.id), map[string]any{"until": ""}).OK()
	state("open")
}

// admin signs the admin in anew: after hours their session is over.
func admin(w *testkit.World) *testkit.Client {
	w.T.Helper()
	r := w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": testkit.AdminAddress, "password": testkit.Password}).OK()
	return w.Bearer(r.String("token"))
}

func TestF5OnlyAddressesOfTheNamedDomainsJoin(t *testing.T) {
	l := linkOf(testkit.New(t), map[string]any{"domains": []string{"Client.Example", "@acme.example"}})
	if got := l.get().At("domains"); fmt.Sprint(got) != "[acme.example client.example]" {
		t.Errorf("domains: %v", got)
	}
	for _, address := range []string{"lucia@other.example", "lucia@sub.client.example", "lucia@client.example.evil.example"} {
		if r := l.ask(l.Anonymous(), address).Problem(422, "domain_refused"); r.String("errors.0.name") != "address" {
			t.Errorf("%s: %s", address, r.Body)
		}
	}
	l.join("lucia@CLIENT.example").OK()
}

func TestF5WrongFieldsOfALinkAreNamed(t *testing.T) {
	w := testkit.New(t)
	for code, more := range map[string]map[string]any{
		"portal_unknown":     {"portal": "por_01jd0h5m3w8q4v9x2c6k7n1t5z"},
		"role_unknown":       {"role": "rol_01jd0h5m3w8q4v9x2c6k7n1t5z"},
		"label_malformed":    {"label": strings.Repeat("x", 81)},
		"until_before_from":  {"from": "2026-12-02T00:00:00Z", "until": "2026-12-01T00:00:00Z"},
		"max_uses_malformed": {"max_uses": -1},
		"domain_malformed":   {"domains": []string{"not a domain"}},
		"domain_public":      {"domains": []string{"gmail.com"}},
		"instant_malformed":  {"until": "tomorrow"},
	} {
		body := map[string]any{"portal": w.Portal}
		for n, v := range more {
			body[n] = v
		}
		if r := w.Admin.Post(w.Path("/joinlinks"), body).Problem(422, code); r.Len("errors") == 0 {
			t.Errorf("%s names no field: %s", code, r.Body)
		}
	}
	w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal, "until": "2020-01-01T00:00:00Z"}).Problem(422, "until_before_from")
	if w.Admin.Get(w.Path("/joinlinks")).OK().Len("items") != 0 {
		t.Error("something was made")
	}
}

func TestJoiningSaysNothingAboutWhetherAnAddressIsKnown(t *testing.T) {
	w := testkit.New(t)
	w.Invite(lucia)
	w.AcceptMailed(lucia, "lucia knows another one 9")
	l := linkOf(w, nil)
	known, unknown := l.ask(l.Anonymous(), lucia), l.ask(l.Anonymous(), "nobody@client.example")
	shape := func(r testkit.Response) string {
		s := string(r.Body)
		for _, path := range []string{"binding", "verification"} {
			s = strings.ReplaceAll(s, r.String(path), "")
		}
		return fmt.Sprint(r.Status, s)
	}
	if shape(known) != shape(unknown) {
		t.Errorf("known %s\nunknown %s", known.Body, unknown.Body)
	}
	// The wrong password of a known address shows with the code only.
	body := l.code(lucia)
	l.Anonymous().Post(confirm, body).Problem(401, "sign_in_failed")
	l.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": lucia, "password": testkit.Password}).Problem(401, "sign_in_failed")
	l.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": lucia, "password": "lucia knows another one 9"}).OK()
	for password, code := range map[string]string{"short": "password_too_short", "passwordpassword": "password_common"} {
		for _, address := range []string{lucia, "nobody@client.example"} {
			w.Anonymous().Post(joining, map[string]any{"token": l.token, "address": address, "password": password}).Problem(422, code)
		}
	}
	for address, code := range map[string]string{"x": "address_malformed", "": "address_malformed", "lucía@client.example": "address_unsupported"} {
		l.ask(l.Anonymous(), address).Problem(422, code)
	}
}

func TestWhoWasInvitedAndFollowsALinkAcceptsTheInvitation(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Acme"}).OK()
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": lucia, "account": acme.String("id")}}}).OK()
	w.Settle()
	l := linkOf(w, map[string]any{"approval": true})
	r := l.join(lucia).OK()
	me := l.Bearer(r.String("token")).Get(w.Path("/sessions/current")).OK()
	if r.String("state") != "accepted" || me.String("grant.account.name") != "Acme" || me.Len("grants") != 1 {
		t.Errorf("confirm %s\nsigned in to %s", r.Body, me.Body)
	}
	if all := w.Admin.Get(w.Path("/invitations?state=accepted&kind=client")).OK(); all.Len("items") != 1 {
		t.Errorf("the invitation is still open: %s", all.Body)
	}
	if l.get().String("uses") != "0" {
		t.Error("the link was counted")
	}
}

func TestALinkNeverLeadsIntoACompanysRecordsByItself(t *testing.T) {
	w := testkit.New(t)
	acme := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Acme"}).OK()
	w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Lucía", "address": lucia, "accounts": []string{acme.String("id")}}).OK()
	l := linkOf(w, map[string]any{"create_contact": true})
	r := l.join(lucia).OK()
	me := l.Bearer(r.String("token")).Get(w.Path("/sessions/current")).OK()
	if me.String("grant.account.name") == "Acme" || me.Len("grants") != 1 {
		t.Errorf("signed in to: %s", me.Body)
	}
	if w.Admin.Get(w.Path("/contacts")).OK().Len("items") != 1 {
		t.Error("the contact was made twice")
	}
}

func TestFiftyPeopleAtOnceNeverPassTheLinksMost(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	for trial := range soak.Trials(t, 20) {
		most := []int{10, 0}[trial%2]
		l := linkOf(w, map[string]any{"max_uses": most})
		var bodies []map[string]any
		for i := range 50 {
			bodies = append(bodies, l.code(fmt.Sprintf("p%d.%d@client.example", trial, i)))
		}
		var mu sync.Mutex
		answers := map[string]int{}
		var all sync.WaitGroup
		for _, body := range bodies {
			all.Go(func() {
				r, err := w.Anonymous().Try("POST", confirm, body)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				answers[r.String("state")+r.String("code")]++
			})
		}
		all.Wait()
		if most > 0 && (answers["accepted"] != most || answers["joinlink_full"] != 50-most) {
			t.Errorf("most %d: %v", most, answers)
		}
		if most == 0 && answers["accepted"] != 50 {
			t.Errorf("without a most: %v", answers)
		}
		if got := l.get().String("uses"); got != fmt.Sprint(answers["accepted"]) {
			t.Errorf("uses %s, joined %v", got, answers)
		}
		w.Advance(10 * time.Minute)
	}
}

// TestWhoeverIsSignedInJoinsAnotherPortalAtOnce follows links to a second portal
// with the session of the first.
func TestWhoeverIsSignedInJoinsAnotherPortalAtOnce(t *testing.T) {
	w := testkit.New(t)
	w.Invite(lucia)
	me := w.AcceptMailed(lucia, testkit.Password)
	portals := map[string]string{}
	for _, title := range []string{"Open", "Invited", "Approved"} {
		portals[title] = w.Admin.Post(w.Path("/portals"), map[string]any{"title": title}).OK().String("id")
	}
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": portals["Invited"], "lines": []any{map[string]any{"address": lucia}}}).OK()
	w.Settle()
	for title, want := range map[string]string{"Open": "accepted", "Invited": "accepted", "Approved": "waiting"} {
		l := linkOf(w, map[string]any{"portal": portals[title], "approval": title == "Approved"})
		keyed := me.With("Idempotency-Key", "join-"+title)
		in := keyed.Post(joining, map[string]any{"token": l.token}).OK()
		if in.String("state") != want {
			t.Errorf("%s: %s", title, in.Body)
		}
		again := keyed.Post(joining, map[string]any{"token": l.token}).OK()
		if again.String("state") != want || again.String("session") != in.String("session") || want == "accepted" && again.String("token") == in.String("token") {
			t.Errorf("%s, repeated: %s", title, again.Body)
		}
	}
	if who := me.Get(w.Path("/sessions/current")).OK(); who.Len("grants") != 3 {
		t.Errorf("grants: %s", who.Body)
	}
}

func TestStaffWhoFollowALinkBecomeMembersToo(t *testing.T) {
	w := testkit.New(t)
	l := linkOf(w, map[string]any{"create_contact": true})
	if r := w.Admin.Post(joining, map[string]any{"token": l.token}).OK(); r.String("state") != "accepted" {
		t.Errorf("%s", r.Body)
	}
	if w.Admin.Get(w.Path("/sessions/current")).OK().Len("grants") != 1 || w.Admin.Get(w.Path("/contacts")).OK().Len("items") != 1 {
		t.Error("not one grant of one contact")
	}
}

func TestARepeatedRequestForACodeMailsOneCode(t *testing.T) {
	l := linkOf(testkit.New(t), nil)
	browser := l.Anonymous().With("Idempotency-Key", "join-1")
	first, again := l.ask(browser, lucia).OK(), l.ask(browser, lucia).OK()
	l.Settle()
	if first.String("verification") != again.String("verification") || len(l.MailTo(lucia)) != 1 {
		t.Errorf("%d mails: %s, then %s", len(l.MailTo(lucia)), first.Body, again.Body)
	}
}

func TestARepeatedLinkIsTheSameWithANewSecret(t *testing.T) {
	w := testkit.New(t)
	keyed := w.Admin.With("Idempotency-Key", "link-1")
	first := keyed.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal}).OK()
	again := keyed.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal}).OK()
	if first.String("joinlink.id") != again.String("joinlink.id") || first.String("url") == again.String("url") {
		t.Errorf("%s, then %s", first.Body, again.Body)
	}
}
