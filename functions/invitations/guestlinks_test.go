package invitations_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

func TestF6EveryMailOfAnInvitationWorksAndOneCancelKillsThemAll(t *testing.T) {
	w := testkit.New(t)
	id := w.Invite(lucia)[0]
	for range 4 {
		w.Advance(8 * 24 * time.Hour) // beyond an address's week
		admin(w).Post(w.Path("/invitations/"+id+"/resend"), map[string]any{}).OK()
		w.Settle()
	}
	mails := w.MailTo(lucia)
	if len(mails) != 5 {
		t.Fatalf("%d mails", len(mails))
	}
	for i, m := range mails {
		r := invitee{w, lucia, w.TokenIn(m)}.ask(w.Anonymous(), "open").OK()
		if r.String("state") != "pending" || r.At("newer") != (i < 4) {
			t.Errorf("mail %d: %s", i, r.Body)
		}
	}
	admin(w).Post(w.Path("/invitations/"+id+"/cancel"), map[string]any{}).OK()
	for i, m := range mails {
		g := invitee{w, lucia, w.TokenIn(m)}
		if g.state() != "cancelled" {
			t.Errorf("mail %d is not cancelled", i)
		}
		g.ask(w.Anonymous(), "accept", "password", testkit.Password).Problem(409, "invitation_cancelled")
		g.ask(w.Anonymous(), "decline").Problem(409, "invitation_cancelled")
	}
	over := invitee{w, lucia, w.TokenIn(mails[0])}.ask(w.Anonymous(), "open").OK()
	if over.String("role") != "" || over.Len("accounts") != 0 {
		t.Errorf("a cancelled link still shows what it was for: %s", over.Body)
	}
	if admin(w).Get(w.Path("/members")).OK().Len("items") != 0 {
		t.Error("somebody got in")
	}
}

func TestF6TheOldestMailOfAResentInvitationLetsThePersonIn(t *testing.T) {
	w := testkit.New(t)
	id := w.Invite(lucia)[0]
	w.Admin.Post(w.Path("/invitations/"+id+"/resend"), map[string]any{}).OK()
	w.Settle()
	g := invitee{w, lucia, w.TokenIn(w.MailTo(lucia)[0])}
	g.enter()
	if g.members() != 1 {
		t.Error("the person is not in")
	}
	newest := invitee{w, lucia, w.TokenIn(w.LastMailTo(lucia))}
	if newest.state() != "accepted" {
		t.Error("the newer mail does not show that it was accepted")
	}
}

func TestACorrectedAddressVoidsTheOldLinks(t *testing.T) {
	g := invited(t)
	list := g.Admin.Get(g.Path("/invitations?state=pending")).OK()
	g.Admin.Patch(g.Path("/invitations/"+list.String("items.0.id")), map[string]any{"address": "lucia.ortega@client.example"}).OK()
	g.Settle()
	for _, verb := range []string{"open", "accept", "decline", "optout", "renew"} {
		g.ask(g.Anonymous(), verb).Problem(404, "link_unknown")
	}
	right := invitee{g.World, "lucia.ortega@client.example", g.TokenIn(g.LastMailTo("lucia.ortega@client.example"))}
	right.enter()
	if g.members() != 1 {
		t.Error("the corrected address is not in")
	}
}

// altered changes the first character of a token's secret.
func altered(token string) string {
	at := strings.LastIndex(token, ".") + 1
	if token[at] == 'A' {
		return token[:at] + "B" + token[at+1:]
	}
	return token[:at] + "A" + token[at+1:]
}

func TestEveryWrongTokenIsAnsweredWithTheSameBytes(t *testing.T) {
	g := invited(t)
	parts := strings.Split(g.token, ".")
	stop := stopToken(g)
	foreign := testkit.New(t)
	alien := invitedOf(foreign, "somebody@else.example")
	wrong := map[string]string{
		"empty": "", "one part": "x", "another secret": parts[0] + "." + parts[1] + "." + strings.Repeat("A", 43),
		"altered": altered(g.token), "no such message": parts[0] + ".msg_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[2],
		"no such workspace":         "ws_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[1] + "." + parts[2],
		"of another system":         alien.token,
		"the unsubscribe secret":    stop,
		"a join link's form":        parts[0] + ".jln_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[2],
		"a verification's form":     parts[0] + ".ver_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[2],
		"padding":                   g.token + "=",
		"another message's secret":  parts[0] + "." + strings.Split(g.TokenIn(g.MailTo(testkit.AdminAddress)[0]), ".")[1] + "." + parts[2],
		"a quote and a line break":  "'\n\"",
		"a token in another script": "ｗｓ" + g.token[2:],
	}
	want := ""
	for name, token := range wrong {
		for _, verb := range []string{"open", "accept", "decline", "optout", "renew"} {
			r := invitee{g.World, "", token}.ask(g.Anonymous(), verb).Problem(404, "link_unknown")
			bytes := strings.Replace(string(r.Body), r.String("request_id"), "", 1)
			if want == "" {
				want = bytes
			}
			if bytes != want {
				t.Errorf("%s, %s: %s", name, verb, bytes)
			}
		}
	}
	if g.state() != "pending" {
		t.Error("a wrong token changed something")
	}
}

func TestAnExpiredLinkOffersToAskForANewOneOnceADay(t *testing.T) {
	g := invited(t)
	g.Advance(15 * 24 * time.Hour)
	if g.state() != "expired" {
		t.Fatal("not over")
	}
	g.ask(g.Anonymous(), "accept", "password", testkit.Password).Problem(410, "invitation_expired")
	g.ask(g.Anonymous(), "decline").Problem(410, "invitation_expired")
	before := len(g.MailTo(testkit.AdminAddress))
	for range 3 {
		r := g.ask(g.Anonymous(), "renew")
		if r.Status != 202 || string(r.Body) != "{}" {
			t.Errorf("renew: %d %s", r.Status, r.Body)
		}
	}
	g.Settle()
	if got := len(g.MailTo(testkit.AdminAddress)) - before; got != 1 {
		t.Errorf("%d mails to the inviter on one day", got)
	}
	if text := g.LastMailTo(testkit.AdminAddress).Text; !strings.Contains(text, "lucia") {
		t.Errorf("the inviter does not learn who asks: %s", text)
	}
	g.Advance(24 * time.Hour)
	g.ask(g.Anonymous(), "renew")
	g.Settle()
	if got := len(g.MailTo(testkit.AdminAddress)) - before; got != 2 {
		t.Errorf("%d mails to the inviter on two days", got)
	}
}

func TestAskingForANewLinkOfAnOpenInvitationSaysTheSameAndTellsNobody(t *testing.T) {
	g := invited(t)
	before := len(g.MailTo(testkit.AdminAddress))
	if r := g.ask(g.Anonymous(), "renew"); r.Status != 202 || string(r.Body) != "{}" {
		t.Errorf("renew: %d %s", r.Status, r.Body)
	}
	g.Settle()
	if len(g.MailTo(testkit.AdminAddress)) != before {
		t.Error("somebody was told")
	}
}

func TestDecliningTellsTheInviterOnceAndEndsIt(t *testing.T) {
	g := invited(t)
	before := len(g.MailTo(testkit.AdminAddress))
	for range 2 {
		if r := g.ask(g.Anonymous(), "decline", "reason", "We have <b>another</b> accountant."); r.OK().String("state") != "declined" {
			t.Errorf("decline: %s", r.Body)
		}
	}
	g.Settle()
	mails := g.MailTo(testkit.AdminAddress)[before:]
	if len(mails) != 1 || !strings.Contains(mails[0].Text, "another") || strings.Contains(mails[0].HTML, "<b>another") {
		t.Errorf("%d notices: %+v", len(mails), mails)
	}
	g.ask(g.Anonymous(), "accept", "password", testkit.Password).Problem(409, "invitation_declined")
	g.ask(g.Anonymous(), "decline", "reason", strings.Repeat("x", 301)).Problem(422, "reason_malformed")
	if g.state() != "declined" || g.members() != 0 {
		t.Error("not declined")
	}
	w := g.World
	if v := w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"address": lucia}}}).OK().String("lines.0.verdict"); v != "invited" {
		t.Errorf("invited again after declining: %s", v)
	}
}

func TestAskingNotToBeInvitedAgainIsHeard(t *testing.T) {
	g := invited(t)
	for range 2 {
		if r := g.ask(g.Anonymous(), "optout").OK(); string(r.Body) != "{}" {
			t.Errorf("optout: %s", r.Body)
		}
	}
	if g.state() != "declined" {
		t.Error("what was open was not declined")
	}
	r := g.Admin.Post(g.Path("/invitations"), map[string]any{"portal": g.Portal, "lines": []any{map[string]any{"address": lucia}}}).OK()
	if r.String("lines.0.verdict") != "suppressed" || r.String("lines.0.code") != "opted_out" {
		t.Errorf("invited again: %s", r.Body)
	}
}

// stopToken is what stands behind ?u= in the newest mail's List-Unsubscribe.
func stopToken(g invitee) string {
	g.T.Helper()
	head := strings.Join(g.LastMailTo(g.address).Header["List-Unsubscribe"], "")
	_, token, ok := strings.Cut(head, "?u=")
	if !ok {
		g.T.Fatalf("no List-Unsubscribe: %q", head)
	}
	token, _, _ = strings.Cut(token, ">")
	return token
}

func TestC2AMailProgramsUnsubscribeStopsMailAndNothingElse(t *testing.T) {
	g := invited(t)
	token := stopToken(g)
	if got := g.LastMailTo(lucia).Header["List-Unsubscribe-Post"]; len(got) != 1 || got[0] != "List-Unsubscribe=One-Click" {
		t.Errorf("List-Unsubscribe-Post: %v", got)
	}
	post := func(token string) testkit.Response {
		return g.Anonymous().With("Content-Type", "application/x-www-form-urlencoded").Do("POST", "/v1/unsubscribe?u="+token, "List-Unsubscribe=One-Click")
	}
	for range 3 {
		if r := post(token).OK(); string(r.Body) != "{}" {
			t.Errorf("unsubscribe: %s", r.Body)
		}
	}
	post(g.token).Problem(404, "link_unknown")
	post(altered(token)).Problem(404, "link_unknown")
	r := g.Admin.Post(g.Path("/invitations"), map[string]any{"portal": g.Portal, "lines": []any{map[string]any{"address": lucia}}}).OK()
	if r.String("lines.0.verdict") != "suppressed" {
		t.Errorf("written to again: %s", r.Body)
	}
	g.Advance(4 * 24 * time.Hour)
	g.Tick("jobs/remind")
	g.Settle()
	if got := len(g.MailTo(lucia)); got != 1 {
		t.Errorf("%d mails after the stop", got)
	}
	if g.state() != "pending" {
		t.Error("a mail program ended the invitation")
	}
	g.enter()
}

func TestACopiedLinkDeclinesOptsOutAndAsksForANewOneAsAMailedOneDoes(t *testing.T) {
	w := testkit.New(t)
	for _, verb := range []string{"decline", "optout", "renew"} {
		g := invitedOf(w, verb+"@client.example")
		made := w.Admin.Get(w.Path("/invitations?state=pending&kind=client")).OK().String("items.0.id")
		_, token, _ := strings.Cut(w.Admin.Post(w.Path("/invitations/"+made+"/link"), one{}).OK().String("url"), "#")
		g.token = token
		if verb == "renew" {
			w.Admin.Post(w.Path("/invitations/"+made+"/cancel"), one{}).OK()
		}
		g.ask(w.Anonymous(), verb).OK()
		w.Settle()
		if notice := w.LastMailTo(testkit.AdminAddress); !strings.Contains(notice.Text, verb) {
			t.Errorf("%s: the inviter is not told: %s", verb, notice.Text)
		}
	}
}
