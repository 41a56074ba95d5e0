//go:build !rehearsal

package statements_test

import (
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

// TestD23WrongLinksCannotBeToldApart shows every row that takes a link's token a
// wrong secret for things in every state, and for things that are not there: the
// answers are the same bytes, the calls the same in kind and number, and no
// password is hashed. Whoever has the right secret has proved possession, and is
// told the state (design.md §5). The anchor's timing test is replaced by these
// counts (issue 3 part 6); make bench prints the times.
func TestD23WrongLinksCannotBeToldApart(t *testing.T) {
	w, wire := wired(t)
	mailed, shared, resets := linksInEveryState(w)
	for path, links := range map[string]map[string]string{
		"/v1/invitations/open": mailed, "/v1/invitations/accept": mailed, "/v1/invitations/decline": mailed,
		"/v1/invitations/optout": mailed, "/v1/invitations/renew": mailed,
		"/v1/joinlinks/open": shared, "/v1/joinlinks/join": shared, "/v1/password-resets/redeem": resets,
	} {
		t.Run(path, func(t *testing.T) {
			var first seen
			for name, token := range wrongSecrets(links) {
				got := wire.watch(func() testkit.Response { return w.Anonymous().Post(path, bodyFor(path, token)) })
				if first.answer == "" {
					if first = got; !strings.Contains(got.answer, "link_unknown") || got.hashes != 0 {
						t.Fatalf("%s: %d hashes, %s", name, got.hashes, got.answer)
					}
				}
				same(t, "a wrong secret of "+name, got, first)
			}
		})
	}
	t.Run("/v1/unsubscribe", func(t *testing.T) {
		var first seen
		for name, token := range wrongSecrets(mailed) {
			got := wire.watch(func() testkit.Response { return w.Anonymous().Post("/v1/unsubscribe?u="+token, nil) })
			if first.answer == "" {
				first = got
			}
			same(t, "a wrong secret of "+name, got, first)
		}
	})
}

// bodyFor is what a row asks for beside the token.
func bodyFor(path, token string) object {
	body := object{"token": token}
	switch {
	case strings.HasSuffix(path, "/accept"), strings.HasSuffix(path, "/redeem"):
		body["password"] = testkit.Password
	case strings.HasSuffix(path, "/join"):
		body["address"], body["password"], body["name"] = "eva@client.example", testkit.Password, "Eva"
	}
	return body
}

// wrongSecrets are tokens of the same things with a secret that is not theirs,
// and of things that are not there.
func wrongSecrets(links map[string]string) map[string]string {
	wrong := map[string]string{}
	for name, token := range links {
		parts := strings.Split(token, ".")
		wrong[name] = parts[0] + "." + parts[1] + "." + strings.Repeat("A", 43)
		wrong["nothing"] = parts[0] + "." + parts[1][:4] + "01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[2]
		wrong["no workspace"] = "ws_01jd0h5m3w8q4v9x2c6k7n1t5z." + parts[1] + "." + parts[2]
	}
	return wrong
}

// linksInEveryState makes invitations, join links and password resets in every
// state they can be in, and returns their good tokens by the state.
func linksInEveryState(w *testkit.World) (mailed, shared, resets map[string]string) {
	w.T.Helper()
	mailed, shared, resets = map[string]string{}, map[string]string{}, map[string]string{}
	invite := func(state string) (id, token string) {
		address := state + "@client.example"
		id = w.Invite(address)[0]
		mailed[state] = w.TokenIn(w.LastMailTo(address))
		return id, mailed[state]
	}
	invite("expired")
	stopped, _ := invite("cancelled")
	forgot := func(name string) {
		w.Anonymous().Post(w.Path("/password-resets"), object{"address": testkit.AdminAddress}).OK()
		w.Settle()
		resets[name] = w.TokenIn(w.LastMailTo(testkit.AdminAddress))
	}
	forgot("expired")
	w.Admin.Post(w.Path("/invitations/"+stopped+"/cancel"), object{}).OK()
	w.Advance(15 * 24 * time.Hour)
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	_, token := invite("declined")
	w.Anonymous().Post("/v1/invitations/decline", object{"token": token}).OK()
	invite("accepted")
	w.AcceptMailed("accepted@client.example", testkit.Password)
	_, token = invite("stopped")
	w.Anonymous().Post("/v1/invitations/optout", object{"token": token}).OK()
	invite("pending")
	forgot("used")
	w.Anonymous().Post("/v1/password-resets/redeem", object{"token": resets["used"], "password": "another long password 3"}).OK()
	forgot("open")
	w.Admin = w.SignIn(testkit.AdminAddress, "another long password 3")
	for state, body := range map[string]object{
		"open": {}, "over": {"until": w.Now().Add(time.Minute)}, "early": {"from": w.Now().Add(time.Hour)}, "off": {},
	} {
		body["portal"], body["create_contact"] = w.Portal, true
		r := w.Admin.Post(w.Path("/joinlinks"), body).OK()
		_, shared[state], _ = strings.Cut(r.String("url"), "#")
		if state == "off" {
			w.Admin.Patch(w.Path("/joinlinks/"+r.String("joinlink.id")), object{"off": true}).OK()
		}
	}
	w.Advance(2 * time.Minute)
	return mailed, shared, resets
}
