package functions_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"portero/functions"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/testkit"
)

// sample is what of an event sample goes over HTTP.
type sample struct {
	RawPath        string `json:"rawPath"`
	RawQueryString string `json:"rawQueryString"`
	Body           string `json:"body"`
}

// TestD30TheLiveGrid asks every endpoint as everybody over HTTP and compares
// with what its row says: our people of every level, whoever may not come in any
// more, and another firm's people (reliability D30, row B7). A row without a
// policy fails TestEveryRowSaysWhatItMust. testdata/authz.golden is the same
// grid as people read it. Everybody asks a while after they signed in, so that each row also takes
// down when a session was last used.
func TestD30TheLiveGrid(t *testing.T) {
	w := testkit.New(t)
	w.Invite("client@client.example")
	w.AcceptMailed("client@client.example", testkit.Password)
	w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": "member@firm.example", "level": "member"}).OK()
	w.Settle()
	w.AcceptMailed("member@firm.example", testkit.Password)
	other := *w
	other.Seed("Another Firm", "boss@other.example")
	nobodyHere := outside(w, &other)

	for _, row := range functions.Rows() {
		e, ok := row.(contract.Endpoint)
		if !ok {
			continue
		}
		t.Run(e.Name, func(t *testing.T) {
			raw, err := os.ReadFile("../events/" + e.Name + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var s sample
			if err := json.Unmarshal(raw, &s); err != nil {
				t.Fatal(err)
			}
			path := strings.ReplaceAll(s.RawPath, "ws_01jd0h5m3w8q4v9x2c6k7n1t5z", w.Workspace)
			if s.RawQueryString != "" {
				path += "?" + s.RawQueryString
			}
			var body any
			if s.Body != "" {
				body = strings.ReplaceAll(s.Body, "ws_01jd0h5m3w8q4v9x2c6k7n1t5z", w.Workspace)
			}
			ask := func(c *testkit.Client) int {
				if e.BodyMedia != "" {
					c = c.With("Content-Type", e.BodyMedia)
				}
				return c.Do(e.Method, path, body).Status
			}
			client, member, admin := w.SignIn("client@client.example", testkit.Password), w.SignIn("member@firm.example", testkit.Password), w.SignIn(testkit.AdminAddress, testkit.Password)
			foreign, signedOut := other.SignIn("boss@other.example", testkit.Password), w.SignIn(testkit.AdminAddress, testkit.Password)
			signedOut.Delete(w.Path("/sessions/current")).OK()
			program := w.Bearer(admin.Post(w.Path("/apikeys"), map[string]any{"name": "CRM", "scopes": delegable(), "expires_at": "2027-11-01T00:00:00Z"}).OK().String("key"))
			w.Advance(aWhile)
			if e.Auth != contract.Session {
				for who, c := range map[string]*testkit.Client{"nobody": w.Anonymous(), "a foreign admin": foreign, "a client": client, "an admin": admin} {
					if got := ask(c); got == 403 || got >= 500 {
						t.Errorf("%s: %d", who, got)
					}
				}
				return
			}
			for who, c := range nobodyHere {
				if got := ask(c); got != 401 {
					t.Errorf("%s: %d", who, got)
				}
			}
			for _, c := range []struct {
				who  string
				as   *testkit.Client
				want int
			}{
				{"nobody", w.Anonymous(), 401},
				{"whoever signed out", signedOut, 401},
				{"a foreign admin", foreign, 401},
				{"a client", client, want(e, access.Actor{Kind: access.Person, Grant: access.Grant{Role: "rol_"}})},
				{"a member of staff", member, want(e, access.Actor{Kind: access.Person, Level: access.Member})},
				{"an admin", admin, want(e, access.Actor{Kind: access.Person, Level: access.Admin})},
				{"a program with an admin's key for everything", program, wantOfKey(e)},
			} {
				got := ask(c.as)
				switch {
				case c.want != 0 && got != c.want:
					t.Errorf("%s: want %d, got %d", c.who, c.want, got)
				case c.want == 0 && (got == 401 && !asksForAPassword(e.Name) || got == 403 || got >= 500):
					t.Errorf("%s: may ask, got %d", c.who, got)
				}
			}
		})
	}
}

// outside are people who were let in once and are not now, and those of another
// firm; one of them shows a token in which our workspace was written in place of
// their own.
func outside(w, other *testkit.World) map[string]*testkit.Client {
	w.T.Helper()
	colleague := func(w *testkit.World, address string) *testkit.Client {
		w.Admin.Post(w.Path("/staff/invitations"), map[string]any{"address": address, "level": "admin"}).OK()
		w.Settle()
		return w.AcceptMailed(address, testkit.Password)
	}
	all := map[string]*testkit.Client{
		"another firm's colleague": colleague(other, "staff@other.example"), "a colleague who left": colleague(w, "left@firm.example"),
		"a colleague who fell": colleague(w, "fell@firm.example"),
	}
	for who, level := range map[string]string{"a colleague who left": "none", "a colleague who fell": "member"} {
		id := all[who].Get(w.Path("/sessions/current")).OK().String("identity.id")
		w.Admin.Patch(w.Path("/staff/"+id), map[string]any{"level": level}).OK()
	}
	other.Invite("client@other.example")
	all["another firm's client"] = other.AcceptMailed("client@other.example", testkit.Password)
	all["a foreign admin with our workspace in the token"] = w.Bearer(strings.Replace(other.Admin.Token(), other.Workspace, w.Workspace, 1))
	all["a client who was switched off"] = switchedOff(w, "off@client.example")
	all["whoever did nothing for an hour"] = w.SignIn(testkit.AdminAddress, testkit.Password)
	w.Advance(time.Hour)
	return all
}

// switchedOff is a client whose sign-in was switched off while they were in.
func switchedOff(w *testkit.World, address string) *testkit.Client {
	w.T.Helper()
	account := w.Admin.Post(w.Path("/accounts"), map[string]any{"name": "Casa Sol"}).OK().String("id")
	contact := w.Admin.Post(w.Path("/contacts"), map[string]any{"name": "Eva", "address": address, "accounts": []string{account}}).OK().String("id")
	w.Admin.Post(w.Path("/invitations"), map[string]any{"portal": w.Portal, "lines": []any{map[string]any{"contact": contact, "account": account}}}).OK()
	w.Settle()
	c := w.AcceptMailed(address, testkit.Password)
	w.Admin.Patch(w.Path("/accounts/"+account+"/contacts/"+contact+"/grants/"+w.Portal), map[string]any{"sign_in": false}).OK()
	return c
}

// aWhile is beyond a twelfth of the idle time of staff, 60 min: from then on the
// next request takes down that the session is in use (shared/web).
const aWhile = 6 * time.Minute

// asksForAPassword names the rows whose answer to a wrong password is 401.
func asksForAPassword(name string) bool {
	return name == "passwords/change" || name == "secondfactors/setup"
}

// want is the status of a refusal; 0 where the row's own question is answered
// with yes.
func want(e contract.Endpoint, a access.Actor) int {
	if !access.May(a, e.Needs) || access.NeedsSwitch(a, e.Needs) {
		return 403
	}
	return 0
}

// delegable are the permissions that an API key may have.
func delegable() (all []access.Permission) {
	for _, p := range access.Permissions() {
		if access.Delegable(p) {
			all = append(all, p)
		}
	}
	return all
}

// wantOfKey is want of an API key that has every permission a key may have.
func wantOfKey(e contract.Endpoint) int {
	if !access.Delegable(e.Needs) {
		return 401
	}
	return 0
}
