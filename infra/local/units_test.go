package local_test

import (
	"fmt"
	"strings"
	"testing"

	"portero/infra/local"
	"portero/shared/testkit"
)

// TestEveryFlowCostsWhatKeysGoSays asks over HTTP, so that what the door itself
// costs is in each figure. shared/dynamo/keys.go says where the units go; those
// of the clock and of mail are asserted beside their functions.
func TestEveryFlowCostsWhatKeysGoSays(t *testing.T) {
	var spent testkit.Spent
	w := testkit.New(t, func(o *local.Options) { o.Meter = spent.Add })
	type m = map[string]any
	acme := w.Admin.Post(w.Path("/accounts"), m{"name": "Acme"}).OK().String("id")
	marta := w.Admin.Post(w.Path("/contacts"), m{"name": "Marta", "address": "marta@client.example", "accounts": []string{acme}}).OK().String("id")
	link := linkToken(w)
	tried := w.Admin.Post(w.Path("/contacts"), m{"name": "Prueba", "address": "prueba@client.example", "accounts": []string{acme}, "test": true}).OK().String("id")
	joining := m{"token": link, "address": "lucia@client.example", "password": testkit.Password, "name": "Lucía"}
	var begun testkit.Response
	for _, c := range []struct {
		flow string
		ask  func() testkit.Response
		want string // reads, writes of tables + of indexes, calls
	}{
		{"invite a known contact", func() testkit.Response {
			return w.Admin.With("Idempotency-Key", "k").Post(w.Path("/invitations"), m{"portal": w.Portal, "lines": []m{{"contact": marta}}})
		}, "12r, 16w + 10i, 7 calls"},
		{"a page of what is pending", func() testkit.Response { return w.Admin.Get(w.Path("/invitations?state=pending")) }, "2.5r, 0w + 0i, 2 calls"},
		{"open an invitation", func() testkit.Response {
			return w.Anonymous().Post("/v1/invitations/open", m{"token": w.TokenIn(w.LastMailTo("marta@client.example"))})
		}, "6r, 1w + 0i, 4 calls"},
		{"accept", func() testkit.Response {
			return w.Anonymous().With("Idempotency-Key", "k").Post("/v1/invitations/accept", m{"token": w.TokenIn(w.LastMailTo("marta@client.example")), "password": testkit.Password})
		}, "5r, 17w + 10i, 6 calls"},
		{"sign in", func() testkit.Response {
			return w.Anonymous().Post(w.Path("/sessions"), m{"address": "marta@client.example", "password": testkit.Password, "portal": w.PortalName})
		}, "7r, 8w + 2i, 10 calls"},
		{"be refused at the door", func() testkit.Response {
			return w.Anonymous().Post(w.Path("/sessions"), m{"address": "marta@client.example", "password": "not this one at all"})
		}, "5r, 3w + 0i, 6 calls"},
		{"be refused at the door, unknown", func() testkit.Response {
			return w.Anonymous().Post(w.Path("/sessions"), m{"address": "nobody@client.example", "password": "not this one at all"})
		}, "5r, 3w + 0i, 6 calls"},
		{"who am I", func() testkit.Response { return w.Admin.Get(w.Path("/sessions/current")) }, "5r, 0w + 0i, 2 calls"},
		{"open a join link", func() testkit.Response { return w.Anonymous().Post("/v1/joinlinks/open", m{"token": link}) }, "3r, 1w + 0i, 3 calls"},
		{"join, up to the code", func() testkit.Response {
			begun = w.Anonymous().Post("/v1/joinlinks/join", joining)
			return begun
		}, "5r, 6w + 1i, 6 calls"},
		{"join, with the code", func() testkit.Response {
			return w.Anonymous().Post("/v1/verifications/confirm", m{"workspace": begun.String("workspace"), "verification": begun.String("verification"),
				"binding": begun.String("binding"), "code": w.CodeIn(w.LastMailTo("lucia@client.example"))})
		}, "8r, 26w + 10i, 8 calls"},
		{"remove a test client", func() testkit.Response { return w.Admin.Delete(w.Path("/contacts/" + tried)) }, "5r, 10w + 6i, 5 calls"},
	} {
		w.Settle()
		spent.Reset()
		r := c.ask()
		if r.Status >= 400 && !strings.HasPrefix(c.flow, "be refused") {
			t.Fatalf("%s: %d %s", c.flow, r.Status, r.Body)
		}
		tables, indexes := spent.Writes()
		if got := fmt.Sprintf("%gr, %gw + %gi, %d calls", spent.Reads(), tables, indexes, spent.Calls()); got != c.want {
			t.Errorf("%s: %s, want %s (%s)", c.flow, got, c.want, &spent)
		}
	}
}

// linkToken is a fresh join link's token.
func linkToken(w *testkit.World) string {
	w.T.Helper()
	url := w.Admin.Post(w.Path("/joinlinks"), map[string]any{"portal": w.Portal, "create_contact": true}).OK().String("url")
	_, token, _ := strings.Cut(url, "#")
	return token
}
