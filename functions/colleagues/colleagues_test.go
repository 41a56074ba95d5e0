package colleagues_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

type m = map[string]any

// firm is a workspace where clients may invite: Lia is a member at Bodegas Sol.
type firm struct {
	*testkit.World
	account string
	lia     *testkit.Client
}

func with(t *testing.T) firm {
	t.Helper()
	w := testkit.New(t)
	w.LiftCaps()
	account := w.Admin.Post(w.Path("/accounts"), m{"name": "Bodegas Sol"}).OK().String("id")
	f := firm{World: w, account: account}
	f.lia = f.member("lia@client.example", account)
	f.lia.Patch(w.Path("/me"), m{"name": "Lia Sol"}).OK()
	f.allow(true)
	w.Admin.Patch(w.Path("/roles/"+w.Role), m{"may": []string{"own.profile", "colleague.invite"}}).OK()
	return f
}

// member is somebody whom staff invited to an account and who came.
func (f firm) member(address, account string) *testkit.Client {
	f.T.Helper()
	f.staffInvite(address, account)
	f.Settle()
	return f.AcceptMailed(address, testkit.Password)
}

func (f firm) staffInvite(address, account string) string {
	f.T.Helper()
	return f.Admin.Post(f.Path("/invitations"), m{"portal": f.Portal, "lines": []m{{"address": address, "account": account}}}).OK().String("lines.0.invitation")
}

func (f firm) allow(on bool) {
	f.T.Helper()
	f.Admin.Patch(f.Path(""), m{"settings": m{"colleagues": on}}).OK()
}

func (f firm) invite(c *testkit.Client, address string) testkit.Response {
	f.T.Helper()
	return c.Post(f.Path("/colleagues"), m{"address": address, "name": "Luis"})
}

func (f firm) states(c *testkit.Client) string {
	f.T.Helper()
	r := c.Get(f.Path("/colleagues")).OK()
	var all []string
	for n := range r.Len("items") {
		at := "items." + string(rune('0'+n))
		all = append(all, r.String(at+".address")+" "+r.String(at+".state"))
	}
	return strings.Join(all, ", ")
}

func TestT14AMemberInvitesAColleague(t *testing.T) {
	f := with(t)
	r := f.invite(f.lia, "luis@client.example").OK()
	if r.Status != 201 || r.String("contact") == "" {
		t.Fatalf("%s", r.Body)
	}
	f.Settle()
	mail := f.LastMailTo("luis@client.example")
	if text := mail.Text; !strings.Contains(text, "Lia Sol, de Bodegas Sol, le invita") || !strings.Contains(text, "Lia Sol introdujo") {
		t.Errorf("the mail does not say who of which account invites: %s", text)
	}
	if got := f.states(f.lia); got != "luis@client.example pending" {
		t.Errorf("%q", got)
	}
	opened := f.Anonymous().Post("/v1/invitations/open", m{"token": f.TokenIn(mail)}).OK()
	if opened.String("inviter_name") != "Lia Sol" || opened.String("inviter_at") != "Bodegas Sol" {
		t.Errorf("%s", opened.Body)
	}
	luis := f.AcceptMailed("luis@client.example", testkit.Password)
	in := luis.Get(f.Path("/sessions/current")).OK()
	if in.String("grant.account.id") != f.account || in.String("grant.role.id") != f.Role || in.At("grant.invites") != true {
		t.Errorf("%s", in.Body)
	}
	mine := f.lia.Get(f.Path("/sessions/current")).OK()
	if in.String("grant.owner.name") != mine.String("grant.owner.name") {
		t.Errorf("Z11: the owner is the member's: %s, not %s", in.String("grant.owner.name"), mine.String("grant.owner.name"))
	}
	if got := f.states(f.lia); got != "luis@client.example accepted" {
		t.Errorf("%q", got)
	}
	if got := f.states(luis); got != "" {
		t.Errorf("luis sees what he did not send: %q", got)
	}
	trail := f.Admin.Get(f.Path("/audit?account=" + f.account)).OK()
	if !strings.Contains(string(trail.Body), mine.String("identity.id")) || strings.Contains(string(trail.Body), "luis@") {
		t.Errorf("%s", trail.Body)
	}
	if r := f.Admin.Get(f.Path("/invitations?state=accepted&address=luis@")).OK(); r.String("items.0.inviter.id") != mine.String("identity.id") {
		t.Errorf("%s", r.Body)
	}
	f.invite(f.lia, "luis@client.example").Problem(409, "already_member")
	f.lia.Post(f.Path("/colleagues/"+r.String("contact")+"/cancel"), m{}).Problem(409, "invitation_accepted")
}

func TestT14NobodyInvitesUnlessRoleAndWorkspaceAllowIt(t *testing.T) {
	f := with(t)
	f.allow(false)
	f.invite(f.lia, "luis@client.example").Problem(403, "not_allowed")
	f.lia.Get(f.Path("/colleagues")).Problem(403, "not_allowed")
	if f.lia.Get(f.Path("/sessions/current")).OK().At("grant.invites") != false {
		t.Error("the page would offer it")
	}
	f.allow(true)
	r := f.invite(f.lia, "luis@client.example").OK()
	f.Admin.Patch(f.Path("/roles/"+f.Role), m{"may": []string{"own.profile"}}).OK()
	f.invite(f.lia, "eva@client.example").Problem(403, "not_allowed")
	f.lia.Post(f.Path("/colleagues/"+r.String("contact")+"/cancel"), m{}).Problem(403, "not_allowed")
	f.Admin.Get(f.Path("/colleagues")).Problem(403, "not_allowed") // it is nothing for staff
	f.Anonymous().Get(f.Path("/colleagues")).Problem(401, "sign_in_required")
	f.Settle()
	if got := len(f.MailTo("eva@client.example")); got != 0 {
		t.Errorf("%d mails", got)
	}
}

func TestT14WhatIsRefused(t *testing.T) {
	f := with(t)
	f.Admin.Patch(f.Path(""), m{"settings": m{"own_domains": []string{"firm.example"}}}).OK()
	f.invite(f.lia, "no address").Problem(422, "address_malformed")
	f.invite(f.lia, "boss@firm.example").Problem(422, "address_own_domain")
	f.lia.Post(f.Path("/colleagues"), m{"address": "luis@client.example", "name": "see http://evil.example"}).Problem(422, "name_has_link")
	f.lia.Post(f.Path("/colleagues"), m{"address": "luis@client.example", "role": f.Role}).Problem(422, "invalid")
	f.invite(f.lia, "luis@client.example").OK()
	f.invite(f.lia, "luis@client.example").Problem(409, "already_pending")
	f.Admin.Patch(f.Path("/roles/"+f.Role), m{"seats": 2}).OK()
	f.invite(f.lia, "eva@client.example").Problem(409, "colleague_refused") // no seat, which is the firm's business
	f.Admin.Patch(f.Path("/roles/"+f.Role), m{"seats": 10}).OK()
	f.Admin.Patch(f.Path(""), m{"paused": true}).OK()
	f.invite(f.lia, "eva@client.example").Problem(409, "colleague_refused")
	f.lia.Post(f.Path("/colleagues/con_01jd0h5m3w8q4v9x2c6k7n1t5z/resend"), m{}).Problem(404, "not_found")
}

func TestT14AnswersDoNotTellWhetherAnAddressIsKnownElsewhere(t *testing.T) {
	f := with(t)
	other := f.Admin.Post(f.Path("/accounts"), m{"name": "Casa Nora"}).OK().String("id")
	f.member("member@client.example", other)
	f.staffInvite("Pending@client.example", other)
	f.Admin.Post(f.Path("/contacts"), m{"name": "Known", "address": "contact@client.example", "accounts": []string{other}}).OK()
	out := f.member("out@client.example", other).Get(f.Path("/sessions/current")).OK().String("identity.id")
	f.Admin.Post(f.Path("/members/"+out+"/deactivate"), m{}).OK()
	f.staffInvite("bounce@simulator.amazonses.com", other)
	f.Settle()
	before := len(f.MailTo("bounce@simulator.amazonses.com"))
	plain := f.invite(f.lia, "new@client.example").OK()
	for _, address := range []string{"member@client.example", "pending@client.example", "contact@client.example", "out@client.example", "bounce@simulator.amazonses.com"} {
		r := f.invite(f.lia, address).OK()
		if len(r.Body)-len(address) != len(plain.Body)-len("new@client.example") {
			t.Errorf("%s: %s", address, r.Body)
		}
	}
	f.Settle()
	if got := f.states(f.lia); strings.Count(got+",", " pending,") != 6 {
		t.Errorf("%q", got)
	}
	if got := f.states(f.lia); !strings.Contains(got, "pending@client.example pending") {
		t.Errorf("the address is not as the member wrote it: %q", got)
	}
	if after := len(f.MailTo("bounce@simulator.amazonses.com")); after != before {
		t.Errorf("a stopped address got %d more mails", after-before)
	}
}

func TestT14AMemberTakesBackOnlyWhatTheyOffered(t *testing.T) {
	f := with(t)
	other := f.Admin.Post(f.Path("/accounts"), m{"name": "Casa Nora"}).OK().String("id")
	staffs := f.staffInvite("both@client.example", other)
	theirs := f.invite(f.lia, "both@client.example").OK().String("contact")
	f.Settle()
	f.lia.Post(f.Path("/colleagues/"+theirs+"/cancel"), m{}).OK()
	if r := f.Admin.Get(f.Path("/invitations/" + staffs)).OK(); r.String("state") != "pending" || r.Len("accounts") != 1 || r.String("accounts.0.id") != other {
		t.Errorf("the firm's own offer is gone: %s", r.Body)
	}
	if got := f.states(f.lia); got != "" {
		t.Errorf("%q", got)
	}
	f.lia.Post(f.Path("/colleagues/"+theirs+"/cancel"), m{}).Problem(404, "not_found")
	f.invite(f.lia, "both@client.example").OK() // what one took back one may offer again

	own := f.invite(f.lia, "luis@client.example").OK().String("contact")
	f.Settle()
	token := f.TokenIn(f.LastMailTo("luis@client.example"))
	f.lia.Post(f.Path("/colleagues/"+own+"/resend"), m{}).OK()
	f.Settle()
	if got := len(f.MailTo("luis@client.example")); got != 2 {
		t.Errorf("%d mails", got)
	}
	eva := f.member("eva@client.example", f.account)
	eva.Post(f.Path("/colleagues/"+own+"/cancel"), m{}).Problem(404, "not_found")
	eva.Post(f.Path("/colleagues/"+own+"/resend"), m{}).Problem(404, "not_found")
	f.lia.Post(f.Path("/colleagues/"+own+"/cancel"), m{}).OK()
	if r := f.Anonymous().Post("/v1/invitations/open", m{"token": token}).OK(); r.String("state") != "cancelled" {
		t.Errorf("%s", r.Body)
	}
	if used := f.Admin.Get(f.Path("/roles/" + f.Role)).OK().At("seats_used"); used != float64(4) {
		t.Errorf("%v seats: lia, eva, and both of each account", used)
	}
	theFirms := f.staffInvite("firms@client.example", f.account)
	f.invite(f.lia, "firms@client.example").Problem(409, "already_pending")
	f.Admin.Post(f.Path("/invitations/"+theFirms+"/cancel"), m{"withdraw": true}).OK()
	f.invite(f.lia, "firms@client.example").Problem(409, "colleague_refused") // what staff switched off stays off
}

func TestT14WhatIsOverIsInvitedAnew(t *testing.T) {
	f := with(t)
	one := f.invite(f.lia, "luis@client.example").OK().String("contact")
	f.Settle()
	f.Advance(15 * 24 * time.Hour)
	f.Tick("jobs/remind")
	f.Tick("jobs/expire")
	f.lia = f.SignIn("lia@client.example", testkit.Password)
	if got := f.states(f.lia); got != "luis@client.example expired" {
		t.Fatalf("%q", got)
	}
	f.lia.Post(f.Path("/colleagues/"+one+"/resend"), m{}).OK()
	f.Settle()
	if got := f.states(f.lia); got != "luis@client.example pending" {
		t.Errorf("%q", got)
	}
	f.Anonymous().Post("/v1/invitations/decline", m{"token": f.TokenIn(f.LastMailTo("luis@client.example"))}).OK()
	if got := f.states(f.lia); got != "luis@client.example declined" {
		t.Errorf("%q", got)
	}
	f.lia.Post(f.Path("/colleagues/"+one+"/resend"), m{}).Problem(409, "invitation_declined")
}

func TestT14InvitingIsCountedAndARepeatIsTheFirstAnswer(t *testing.T) {
	f := with(t)
	keyed := f.lia.With("Idempotency-Key", "one")
	first, again := f.invite(keyed, "a@client.example").OK(), f.invite(keyed, "a@client.example").OK()
	if string(first.Body) != string(again.Body) {
		t.Errorf("%s\n%s", first.Body, again.Body)
	}
	for n := range 25 {
		if r := f.invite(f.lia, "x"+string(rune('a'+n))+"@client.example"); r.Status == 429 {
			return
		}
	}
	t.Error("nothing bounds it")
}
