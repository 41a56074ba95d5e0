package invitations_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

const nora = "nora@client.example"

func TestF6ACancelledLinkIsDeadAtOnce(t *testing.T) {
	w := testkit.New(t)
	inv := w.Invite(nora)[0]
	token := w.TokenIn(w.LastMailTo(nora))
	w.Advance(time.Minute)
	if got := w.Admin.Post(w.Path("/invitations/"+inv+"/cancel"), one{}).OK().String("state"); got != "cancelled" {
		t.Errorf("state %s", got)
	}
	if got := open(w, token).OK().String("state"); got != "cancelled" {
		t.Errorf("the page says %s", got)
	}
	w.Anonymous().Post("/v1/invitations/accept", one{"token": token, "password": testkit.Password}).Problem(409, "invitation_cancelled")
	w.Admin.Post(w.Path("/invitations/"+inv+"/cancel"), one{}).OK() // again is no fault
	w.Admin.Post(w.Path("/invitations/"+inv+"/resend"), one{}).Problem(409, "invitation_cancelled")
	w.Admin.Post(w.Path("/invitations/"+inv+"/link"), one{}).Problem(409, "invitation_cancelled")
	if got := audited(w, inv); !slices.Equal(got, []string{"invitation.cancelled", "invitation.created"}) {
		t.Errorf("audit: %v", got)
	}
	again := w.Invite(nora)[0]
	if again == inv {
		t.Error("the cancelled invitation was reused")
	}
}

func TestF6AResentInvitationWorksAndSoDoItsOlderMails(t *testing.T) {
	w := testkit.New(t)
	inv := w.Invite(nora)[0]
	first := w.TokenIn(w.LastMailTo(nora))
	before := w.Admin.Get(w.Path("/invitations/" + inv)).OK().String("expires_at")
	w.Advance(3 * 24 * time.Hour)
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	r := w.Admin.Post(w.Path("/invitations/"+inv+"/resend"), one{}).OK()
	w.Settle()
	if r.String("sends") != "2" || r.String("expires_at") <= before || len(w.MailTo(nora)) != 2 {
		t.Errorf("resent: %s, %d mails", r.Body, len(w.MailTo(nora)))
	}
	if older := open(w, first).OK(); older.String("state") != "pending" || older.At("newer") != true {
		t.Errorf("the older link: %s", older.Body)
	}
	if newer := open(w, w.TokenIn(w.LastMailTo(nora))).OK(); newer.At("newer") != false {
		t.Errorf("the newer link: %s", newer.Body)
	}
	w.Anonymous().Post("/v1/invitations/accept", one{"token": first, "password": testkit.Password}).OK()
	w.Admin.Post(w.Path("/invitations/"+inv+"/resend"), one{}).Problem(409, "invitation_accepted")
	w.Admin.Post(w.Path("/invitations/"+inv+"/cancel"), one{}).Problem(409, "invitation_accepted")
}

func TestF6AnExpiredInvitationIsReopenedWithItsHistory(t *testing.T) {
	w := testkit.New(t)
	b := body(w, address(nora))
	b["validity"] = "PT1H"
	inv := w.Admin.Post(w.Path("/invitations"), b).OK().String("lines.0.invitation")
	w.Settle()
	token := w.TokenIn(w.LastMailTo(nora))
	w.Advance(time.Hour - time.Second)
	if got := state(w, inv); got != "pending" {
		t.Errorf("a second before its end: %s", got)
	}
	w.Advance(time.Second)
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	if got := state(w, inv); got != "expired" {
		t.Errorf("at its end, the job being late: %s", got)
	}
	if r := w.Admin.Get(w.Path("/invitations?state=pending&kind=client")).OK(); r.String("items.0.state") != "expired" {
		t.Errorf("the list shows %s", r.Body)
	}
	w.Admin.Post(w.Path("/invitations/"+inv+"/link"), one{}).Problem(409, "invitation_expired")
	w.Anonymous().Post("/v1/invitations/accept", one{"token": token, "password": testkit.Password}).Problem(410, "invitation_expired")
	w.Tick("jobs/expire")
	w.Settle()
	if got := listed(w, "state=expired"); !slices.Equal(got, []string{nora}) {
		t.Errorf("expired: %v", got)
	}
	w.Admin.Post(w.Path("/invitations/"+inv+"/resend"), one{}).OK()
	w.Settle()
	got := w.Admin.Get(w.Path("/invitations/" + inv)).OK()
	if got.String("state") != "pending" || got.Len("history") < 3 || got.String("history.0.action") != "invitation.created" {
		t.Errorf("reopened: %s", got.Body)
	}
	if r := w.Admin.Post(w.Path("/invitations"), body(w, address(nora))).OK(); verdicts(r) != "already_pending" {
		t.Errorf("it holds its door again: %s", r.Body)
	}
	w.Anonymous().Post("/v1/invitations/accept", one{"token": token, "password": testkit.Password}).OK()
}

func TestPain17AnInvitationIsCorrectedInPlace(t *testing.T) {
	w := testkit.New(t)
	inv := w.Invite("nroa@client.example")[0]
	path := w.Path("/invitations/" + inv)
	old := w.TokenIn(w.LastMailTo("nroa@client.example"))
	vip := w.Admin.Post(w.Path("/roles"), one{"portal": w.Portal, "name": "VIP"}).OK().String("id")
	w.Admin.Patch(path, one{"role": vip, "language": "en", "validity": "P30D", "note": "See you"}).OK()
	w.Settle()
	if got := len(w.MailTo("nroa@client.example")); got != 1 {
		t.Errorf("%d mails: a correction of words mails nothing", got)
	}
	w.Admin.Patch(path, one{"address": nora}).OK()
	w.Settle()
	open(w, old).Problem(404, "link_unknown")
	w.Anonymous().Post("/v1/invitations/accept", one{"token": old, "password": testkit.Password}).Problem(404, "link_unknown")
	mail := w.LastMailTo(nora)
	if !strings.HasPrefix(mail.Subject, "Invitation") || !strings.Contains(mail.Text, "See you") {
		t.Errorf("the new mail: %s\n%s", mail.Subject, mail.Text)
	}
	got := w.Admin.Get(path).OK()
	if got.String("address") != nora || got.String("roles.0") != vip || got.String("validity") != "P30D" || got.String("sends") != "2" {
		t.Errorf("corrected: %s", got.Body)
	}
	history := fmt.Sprint(got.At("history"))
	for _, want := range []string{"nroa@client.example", nora, "See you", vip} {
		if !strings.Contains(history, want) {
			t.Errorf("the history lacks %q: %s", want, history)
		}
	}
	trail := string(w.Admin.Get(w.Path("/audit?subject=" + inv)).OK().Body)
	if strings.Contains(trail, "@") || strings.Contains(trail, "See you") {
		t.Errorf("something personal stands in the audit trail: %s", trail)
	}
	member := w.AcceptMailed(nora, testkit.Password)
	me := member.Get(w.Path("/sessions/current")).OK()
	if me.String("grant.role.id") != vip || me.String("identity.address") != nora {
		t.Errorf("the member: %s", me.Body)
	}
	w.Admin.Patch(path, one{"language": "es"}).Problem(409, "invitation_accepted")
	if got := w.Admin.Get(w.Path("/contacts")).OK(); got.Len("items") != 1 || got.String("items.0.address") != nora {
		t.Errorf("the contact: %s", got.Body)
	}
}

func TestB1ABouncedAddressIsCorrectedOrConfirmed(t *testing.T) {
	w := testkit.New(t)
	const dead = "bounce@simulator.amazonses.com"
	inv := w.Invite(dead)[0]
	path := w.Path("/invitations/" + inv)
	if got := listed(w, "state=pending&delivery=bounced"); !slices.Equal(got, []string{dead}) {
		t.Fatalf("bounced: %v", got)
	}
	w.Admin.Post(path+"/resend", one{}).Problem(409, "bounced")
	if r := w.Admin.Post(w.Path("/invitations"), body(w, address(dead))).OK(); verdicts(r) != "suppressed" || r.String("lines.0.code") != "bounced" {
		t.Errorf("inviting it again: %s", r.Body)
	}
	sent := len(w.MailTo(dead))
	w.Admin.Patch(path, one{"address": dead}).OK()
	w.Settle()
	if got := len(w.MailTo(dead)); got != sent+1 {
		t.Errorf("%d mails after confirming, want %d", got, sent+1)
	}
	w.Admin.Patch(path, one{"address": nora}).OK()
	w.Settle()
	if got := w.Admin.Get(path).OK(); got.String("delivery") != "delivered" || len(w.MailTo(nora)) != 1 {
		t.Errorf("corrected: %s", got.Body)
	}
}

func TestACopiedLinkIsShownOnceAndAsksForACode(t *testing.T) {
	w := testkit.New(t)
	inv := w.Invite(nora)[0]
	keyed := w.Admin.With("Idempotency-Key", "copy-1")
	first := keyed.Post(w.Path("/invitations/"+inv+"/link"), one{}).OK()
	again := keyed.Post(w.Path("/invitations/"+inv+"/link"), one{}).OK()
	w.Settle()
	if got := len(w.MailTo(nora)); got != 1 {
		t.Errorf("%d mails: a copied link is never mailed", got)
	}
	if first.String("message") != again.String("message") || first.String("url") == again.String("url") {
		t.Errorf("a repeat: %s then %s", first.Body, again.Body)
	}
	token := func(r testkit.Response) string { _, t, _ := strings.Cut(r.String("url"), "/accept#"); return t }
	open(w, token(first)).Problem(404, "link_unknown")
	seen := open(w, token(again)).OK()
	if seen.At("proves_mailbox") != false || seen.String("state") != "pending" || seen.At("newer") != false {
		t.Errorf("open: %s", seen.Body)
	}
	r := w.Anonymous().Post("/v1/invitations/accept", one{"token": token(again), "password": testkit.Password})
	if r.Status != 202 || r.String("state") != "code_sent" {
		t.Errorf("accept: %d %s", r.Status, r.Body)
	}
	w.Admin.Post(w.Path("/invitations/"+inv+"/cancel"), one{}).OK()
	if got := open(w, token(again)).OK().String("state"); got != "cancelled" {
		t.Errorf("a copied link outlives a cancel: %s", got)
	}
}

func TestManyAtOnceEachWithAVerdict(t *testing.T) {
	w := testkit.New(t)
	ids := w.Invite("a@client.example", "b@client.example", "c@client.example")
	w.Admin.Post(w.Path("/invitations/"+ids[2]+"/cancel"), one{}).OK()
	foreign := testkit.New(t).Invite("z@client.example")[0]
	batch := func(action string, all ...string) testkit.Response {
		return w.Admin.Post(w.Path("/invitations/batch"), one{"action": action, "ids": all}).OK()
	}
	r := batch("resend", ids[0], ids[2], "nonsense", foreign, ids[0], ids[1])
	if got := verdicts(r); got != "done refused refused refused refused done" {
		t.Errorf("verdicts: %s", got)
	}
	for line, code := range map[string]string{"1": "invitation_cancelled", "2": "not_found", "3": "not_found", "4": "twice"} {
		if got := r.String("lines." + line + ".code"); got != code {
			t.Errorf("line %s: %s, want %s", line, got, code)
		}
	}
	w.Settle()
	if got := len(w.MailTo("a@client.example")); got != 2 {
		t.Errorf("%d mails, want the resend as the second", got)
	}
	links := batch("link", ids[0], ids[1])
	for n := range 2 {
		_, token, ok := strings.Cut(links.String(fmt.Sprintf("lines.%d.url", n)), "/accept#")
		if seen := open(w, token).OK(); !ok || seen.String("state") != "pending" {
			t.Errorf("link %d: %s", n, seen.Body)
		}
	}
	if got := verdicts(batch("cancel", ids...)); got != "done done done" {
		t.Errorf("cancel: %s", got)
	}
	if got := listed(w, "state=pending&kind=client"); len(got) != 0 {
		t.Errorf("still pending: %v", got)
	}
	for code, all := range map[string][]one{
		"action_unknown": {{"action": "delete", "ids": ids}}, "invalid": {{"action": "cancel", "ids": ids, "id": "x"}},
		"lines_missing":  {{"action": "cancel", "ids": []string{}}},
		"too_many_lines": {{"action": "cancel", "ids": make([]string, 1001)}},
	} {
		for _, bad := range all {
			w.Admin.Post(w.Path("/invitations/batch"), bad).Problem(422, code)
		}
	}
}

func TestForeignInvitationsAreNotThere(t *testing.T) {
	w, other := testkit.New(t), testkit.New(t)
	theirs := other.Invite(nora)[0]
	missing := "inv_01jd0h5m3w8q4v9x2c6k7n1t5z"
	for _, id := range []string{theirs, missing, "nonsense", "con_01jd0h5m3w8q4v9x2c6k7n1t5z"} {
		path := w.Path("/invitations/" + id)
		w.Admin.Get(path).Problem(404, "not_found")
		w.Admin.Patch(path, one{"language": "en"}).Problem(404, "not_found")
		for _, deed := range []string{"resend", "cancel", "link"} {
			w.Admin.Post(path+"/"+deed, one{}).Problem(404, "not_found")
		}
	}
	if got := state(other, theirs); got != "pending" {
		t.Errorf("it is %s", got)
	}
}

func TestBadCorrectionsAreRefusedWithTheFieldsName(t *testing.T) {
	w := testkit.New(t)
	path := w.Path("/invitations/" + w.Invite(nora)[0])
	for name, c := range map[string]struct {
		body one
		code string
	}{
		"address":   {one{"address": "nobody"}, "address_malformed"},
		"address 2": {one{"address": "ñ@client.example"}, "address_unsupported"},
		"role":      {one{"role": "rol_01jd0h5m3w8q4v9x2c6k7n1t5z"}, "role_unknown"},
		"role 2":    {one{"role": "por_01jd0h5m3w8q4v9x2c6k7n1t5z"}, "id_malformed"},
		"role 3":    {one{"role": ""}, "id_malformed"},
		"language":  {one{"language": "fr"}, "language_unknown"},
		"validity":  {one{"validity": ""}, "validity_malformed"},
		"note":      {one{"note": strings.Repeat("x", 1001)}, "note_malformed"},
		"state":     {one{"state": "accepted"}, "invalid"},
	} {
		field, _, _ := strings.Cut(name, " ")
		if r := w.Admin.Patch(path, c.body).Problem(422, c.code); r.String("errors.0.name") != field {
			t.Errorf("%s: %s", name, r.Body)
		}
	}
	w.Advance(2 * time.Hour)
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	w.Admin.Patch(path, one{"validity": "PT1H"}).Problem(422, "validity_over")
	w.Invite("busy@client.example")
	w.Admin.Patch(path, one{"address": "busy@client.example"}).Problem(409, "already_pending")
}

func TestRepeatedCopiesOfLinksAreTheSameWithNewSecrets(t *testing.T) {
	w := testkit.New(t)
	ids := w.Invite("a@client.example", "b@client.example")
	keyed := w.Admin.With("Idempotency-Key", "links-1")
	ask := func() testkit.Response {
		return keyed.Post(w.Path("/invitations/batch"), one{"action": "link", "ids": ids}).OK()
	}
	first, again := ask(), ask()
	for _, line := range []string{"lines.0", "lines.1"} {
		if first.String(line+".message") != again.String(line+".message") || first.String(line+".url") == again.String(line+".url") {
			t.Errorf("%s, then %s", first.Body, again.Body)
		}
	}
}

func TestReopeningOffersAgainWhatWasSwitchedOffMeanwhile(t *testing.T) {
	w := testkit.New(t)
	inv := w.Invite(nora)[0]
	contact := w.Admin.Get(w.Path("/contacts")).OK().String("items.0.id")
	account := w.Admin.Get(w.Path("/accounts")).OK().String("items.0.id")
	grant := w.Path("/accounts/" + account + "/contacts/" + contact + "/grants/" + w.Portal)
	w.Admin.Patch(grant, one{"sign_in": false}).OK()
	w.Advance(20 * 24 * time.Hour)
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	w.Tick("jobs/expire")
	w.Settle()
	w.Admin.Post(w.Path("/invitations/"+inv+"/resend"), one{}).OK()
	if r := w.Admin.Get(grant).OK(); r.At("sign_in") != true {
		t.Errorf("%s", r.Body)
	}
}
