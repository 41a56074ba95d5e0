package verifications_test

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"portero/shared/testkit"
)

const lucia = "lucia@client.example"

// copied returns the token of a copied link for a fresh invitation.
func copied(w *testkit.World, address string) string {
	w.T.Helper()
	id := w.Invite(address)[0]
	r := w.Admin.Post(w.Path("/invitations/"+id+"/link"), map[string]any{}).OK()
	_, token, _ := strings.Cut(r.String("url"), "#")
	return token
}

// begun accepts by a copied link and returns what the browser keeps, as the body
// of a confirmation without its code.
func begun(w *testkit.World, token string) map[string]any {
	w.T.Helper()
	r := w.Anonymous().Post("/v1/invitations/accept", map[string]any{"token": token, "password": testkit.Password, "name": "Lucía Ortega"}).OK()
	if r.Status != http.StatusAccepted || r.String("state") != "code_sent" || r.At("session") != nil || len(r.Header.Values("Set-Cookie")) > 0 {
		w.T.Fatalf("accepting by a copied link: %d %s", r.Status, r.Body)
	}
	w.Settle()
	return map[string]any{"workspace": r.String("workspace"), "verification": r.String("verification"), "binding": r.String("binding")}
}

func with(body map[string]any, name string, value any) map[string]any {
	out := map[string]any{name: value}
	for n, v := range body {
		if n != name {
			out[n] = v
		}
	}
	return out
}

const confirm = "/v1/verifications/confirm"

// wrong is a code that is not this one.
func wrong(code string) string {
	n, _ := strconv.Atoi(code)
	return strconv.Itoa(10_000_000 + (n+1)%90_000_000)
}

func TestACopiedLinkProvesNoMailboxAndTheCodeDoes(t *testing.T) {
	w := testkit.New(t)
	token := copied(w, lucia)
	if r := w.Anonymous().Post("/v1/invitations/open", map[string]any{"token": token}).OK(); r.At("proves_mailbox") != false || r.String("portal.name") != w.PortalName {
		t.Errorf("open: %s", r.Body)
	}
	body := begun(w, token)
	if w.Admin.Get(w.Path("/members")).OK().Len("items") != 0 {
		t.Fatal("a member before the code")
	}
	code := w.CodeIn(w.LastMailTo(lucia))
	r := w.Anonymous().Post(confirm, with(body, "code", code[:4]+" "+code[4:])).OK()
	if r.String("state") != "accepted" || r.String("home") != "portal" || r.String("portal") != w.PortalName {
		t.Errorf("confirm: %s", r.Body)
	}
	me := w.Bearer(r.String("token")).Get(w.Path("/sessions/current")).OK()
	if me.String("identity.address") != lucia || me.String("identity.name") != "Lucía Ortega" {
		t.Errorf("signed in as: %s", me.Body)
	}
	w.Anonymous().Post(confirm, with(body, "code", code)).Problem(410, "code_over")
	w.Anonymous().Post(w.Path("/sessions"), map[string]any{"address": lucia, "password": testkit.Password}).OK()
}

func TestACodeMayBeMistypedFiveTimes(t *testing.T) {
	w := testkit.New(t)
	body := begun(w, copied(w, lucia))
	code := w.CodeIn(w.LastMailTo(lucia))
	for left := 4; left >= 1; left-- {
		r := w.Anonymous().Post(confirm, with(body, "code", wrong(code))).Problem(422, "code_wrong")
		if r.String("tries_left") != strconv.Itoa(left) || r.Len("errors") != 1 {
			t.Errorf("tries left: %s", r.Body)
		}
	}
	w.Anonymous().Post(confirm, with(body, "code", wrong(code))).Problem(410, "code_over")
	w.Anonymous().Post(confirm, with(body, "code", code)).Problem(410, "code_over")
}

func TestGuessesInParallelAreCountedToo(t *testing.T) {
	w := testkit.New(t)
	body := begun(w, copied(w, lucia))
	code := w.CodeIn(w.LastMailTo(lucia))
	var mu sync.Mutex
	answers := map[string]int{}
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			r, err := w.Anonymous().Try("POST", confirm, with(body, "code", wrong(code)))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			answers[r.String("code")]++
		})
	}
	all.Wait()
	if answers["code_wrong"] > 4 || answers["code_wrong"]+answers["code_over"]+answers["changed_meanwhile"] != 30 {
		t.Errorf("answers: %v", answers)
	}
	w.Anonymous().Post(confirm, with(body, "code", code)).Problem(410, "code_over")
}

func TestACodeIsOverAfterTenMinutesAndBeginsAnew(t *testing.T) {
	w := testkit.New(t)
	token := copied(w, lucia)
	body := begun(w, token)
	first := w.CodeIn(w.LastMailTo(lucia))
	w.Advance(10 * time.Minute)
	w.Anonymous().Post(confirm, with(body, "code", first)).Problem(410, "code_over")
	again := begun(w, token)
	w.Anonymous().Post(confirm, with(again, "code", w.CodeIn(w.LastMailTo(lucia)))).OK()
}

func TestACodeWorksInTheBrowserThatAskedOnly(t *testing.T) {
	w := testkit.New(t)
	token := copied(w, lucia)
	mine, theirs := begun(w, token), begun(w, token)
	code := w.CodeIn(w.LastMailTo(lucia)) // theirs is the newest
	w.Anonymous().Post(confirm, with(with(theirs, "binding", mine["binding"]), "code", code)).Problem(410, "code_over")
	w.Anonymous().Post(confirm, with(with(mine, "binding", "x"), "code", code)).Problem(410, "code_over")
	w.Anonymous().Post(confirm, with(with(theirs, "workspace", "ws_01jd0h5m3w8q4v9x2c6k7n1t5z"), "code", code)).Problem(410, "code_over")
	w.Anonymous().Post("/v1/invitations/open", map[string]any{"token": mine["binding"]}).Problem(404, "link_unknown")
	w.Anonymous().Post(confirm, with(theirs, "code", code)).OK()
}

func TestACancelledInvitationIsNotSavedByACode(t *testing.T) {
	w := testkit.New(t)
	id := w.Invite(lucia)[0]
	r := w.Admin.Post(w.Path("/invitations/"+id+"/link"), map[string]any{}).OK()
	_, token, _ := strings.Cut(r.String("url"), "#")
	body := begun(w, token)
	w.Admin.Post(w.Path("/invitations/"+id+"/cancel"), map[string]any{}).OK()
	w.Anonymous().Post(confirm, with(body, "code", w.CodeIn(w.LastMailTo(lucia)))).Problem(409, "invitation_cancelled")
}

func TestADoubleSubmitOfTheCodeGivesTheSameSession(t *testing.T) {
	w := testkit.New(t)
	body := with(begun(w, copied(w, lucia)), "code", w.CodeIn(w.LastMailTo(lucia)))
	c := w.Anonymous().With("Idempotency-Key", "intent")
	first, again := c.Post(confirm, body).OK(), c.Post(confirm, body).OK()
	if first.String("session") != again.String("session") || first.String("token") == again.String("token") {
		t.Errorf("first %s\nagain %s", first.Body, again.Body)
	}
	w.Bearer(first.String("token")).Get(w.Path("/sessions/current")).Problem(401, "sign_in_required")
	w.Bearer(again.String("token")).Get(w.Path("/sessions/current")).OK()
}

func TestARepeatedAcceptByACopiedLinkMailsOneCode(t *testing.T) {
	w := testkit.New(t)
	token := copied(w, lucia)
	c := w.Anonymous().With("Idempotency-Key", "intent")
	ask := map[string]any{"token": token, "password": testkit.Password}
	first, again := c.Post("/v1/invitations/accept", ask).OK(), c.Post("/v1/invitations/accept", ask).OK()
	w.Settle()
	if first.String("verification") != again.String("verification") || first.String("binding") == again.String("binding") || again.Status != 202 {
		t.Errorf("first %s\nagain %s", first.Body, again.Body)
	}
	if got := len(w.MailTo(lucia)); got != 2 { // the invitation and one code
		t.Errorf("%d mails", got)
	}
	body := map[string]any{"workspace": w.Workspace, "verification": again.String("verification"), "code": w.CodeIn(w.LastMailTo(lucia))}
	w.Anonymous().Post(confirm, with(body, "binding", first.String("binding"))).Problem(410, "code_over")
	w.Anonymous().Post(confirm, with(body, "binding", again.String("binding"))).OK()
}

func TestAnAddressIsMailedFiveCodesAnHourAtMost(t *testing.T) {
	w := testkit.New(t)
	token := copied(w, lucia)
	for range 5 {
		begun(w, token)
	}
	ask := map[string]any{"token": token, "password": testkit.Password}
	r := w.Anonymous().Post("/v1/invitations/accept", ask).Problem(429, "too_many_requests")
	if r.Header.Get("Retry-After") == "" {
		t.Error("nobody says when to try again")
	}
	w.Advance(time.Hour)
	begun(w, token)
}

func TestACopiedLinkOfSomebodyWithAPasswordAsksToSignIn(t *testing.T) {
	w := testkit.New(t)
	w.Invite(lucia)
	me := w.AcceptMailed(lucia, testkit.Password)
	acme := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Acme"}).OK()
	made := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{
		map[string]any{"address": lucia, "account": acme.String("id")}}}).OK()
	r := w.Admin.Post(w.Path("/invitations/"+made.String("lines.0.invitation")+"/link"), map[string]any{}).OK()
	_, token, _ := strings.Cut(r.String("url"), "#")
	w.Anonymous().Post("/v1/invitations/accept", map[string]any{"token": token, "password": testkit.Password}).Problem(409, "sign_in_first")
	in := me.Post("/v1/invitations/accept", map[string]any{"token": token}).OK()
	if in.Status != 200 || in.String("state") != "accepted" {
		t.Errorf("signed in: %s", in.Body)
	}
}

func TestACopiedLinkMakesStaffByACodeToo(t *testing.T) {
	w := testkit.New(t)
	made := w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "berta@firm.example", "level": "admin"}).OK()
	w.Settle()
	r := w.Admin.Post(w.Path("/invitations/"+made.String("id")+"/link"), map[string]any{}).OK()
	_, token, _ := strings.Cut(r.String("url"), "#")
	body := begun(w, token)
	in := w.Anonymous().Post(confirm, with(body, "code", w.CodeIn(w.LastMailTo("berta@firm.example")))).OK()
	if in.String("home") != "console" {
		t.Errorf("confirm: %s", in.Body)
	}
	// Two admins now: one of them can leave.
	w.Admin.Patch(w.Path("/staff/"+in.String("identity")), map[string]any{"level": "member"}).OK()
}
