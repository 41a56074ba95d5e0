package workspaces_test

import (
	"strings"
	"testing"

	"portero/shared/testkit"
)

func TestZ2AddressesOfTheFirmsOwnDomainsAreNotForClients(t *testing.T) {
	type m = map[string]any
	w := testkit.New(t)
	own := func(domains ...string) testkit.Response {
		return w.Admin.Patch(w.Path(""), m{"settings": m{"own_domains": append([]string{}, domains...)}})
	}
	invite := func(address string) testkit.Response {
		r := w.Admin.Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"address": address}}}).OK()
		w.Settle()
		return r
	}
	apply := func(address string, approval bool) (url string, r testkit.Response) {
		url = w.Admin.Post(w.Path("/joinlinks"), m{"portal": w.Portal, "create_contact": true, "approval": approval}).OK().String("url")
		_, token, _ := strings.Cut(url, "#")
		r = w.Anonymous().Post("/v1/joinlinks/join", m{"token": token, "address": address, "password": testkit.Password, "name": "Lia"})
		w.Settle()
		return url, r
	}
	confirm := func(r testkit.Response, address string) testkit.Response {
		return w.Anonymous().Post("/v1/verifications/confirm", m{"workspace": r.String("workspace"), "verification": r.String("verification"),
			"binding": r.String("binding"), "code": w.CodeIn(w.LastMailTo(address))})
	}

	// What was there before the domain was listed.
	in := invite("in@vega.example").String("lines.0.invitation")
	w.AcceptMailed("in@vega.example", testkit.Password)
	open := invite("open@vega.example").String("lines.0.invitation")
	out := invite("out@client.example").String("lines.0.invitation")
	_, asked := apply("asked@vega.example", true)
	confirm(asked, "asked@vega.example").OK()
	_, begun := apply("begun@vega.example", false)

	own("gmail.com").Problem(422, "domain_public")
	own("client.example", "no domain").Problem(422, "domain_malformed")
	if r := own("Vega.Example", "@vega.example").OK(); r.Len("settings.own_domains") != 1 || r.String("settings.own_domains.0") != "vega.example" {
		t.Fatalf("%s", r.Body)
	}
	if r := invite("new@vega.example"); r.String("lines.0.verdict") != "domain_refused" || r.String("lines.0.code") != "address_own_domain" {
		t.Errorf("invite: %s", r.Body)
	}
	if r := invite("new@sub.vega.example"); r.String("lines.0.verdict") != "invited" {
		t.Errorf("a subdomain is another domain: %s", r.Body)
	}
	w.Admin.Post(w.Path("/invitations/"+open+"/resend"), m{}).Problem(422, "address_own_domain")
	w.Admin.Patch(w.Path("/invitations/"+out), m{"address": "out@vega.example"}).Problem(422, "address_own_domain")
	w.Anonymous().Post("/v1/invitations/accept", m{"token": w.TokenIn(w.LastMailTo("open@vega.example")), "password": testkit.Password}).Problem(422, "address_own_domain")
	if _, r := apply("lia@vega.example", false); r.String("code") != "address_own_domain" {
		t.Errorf("join: %s", r.Body)
	}
	confirm(begun, "begun@vega.example").Problem(422, "address_own_domain")
	waiting := w.Admin.Get(w.Path("/joinrequests?state=waiting")).OK().String("items.0.id")
	w.Admin.Post(w.Path("/joinrequests/"+waiting+"/approve"), m{}).Problem(422, "address_own_domain")
	w.Anonymous().Post(w.Path("/sessions"), m{"address": "in@vega.example", "password": testkit.Password}).Problem(403, "access_off")
	w.Admin.Post(w.Path("/staff/invitations"), m{"address": "colleague@vega.example", "level": "member"}).OK() // staff may
	w.Admin.Get(w.Path("/invitations/" + in)).OK()

	own().OK()
	w.SignIn("in@vega.example", testkit.Password)
	if r := invite("new@vega.example"); r.String("lines.0.verdict") != "invited" {
		t.Errorf("taken from the settings again: %s", r.Body)
	}
}
