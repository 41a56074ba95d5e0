package statements_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"portero/shared/testkit"
)

// TestD32NoOtherSiteCanAskInSomebodysName asks every row that changes something
// with the cookies of an admin, as other sites' pages can make a browser ask:
// each is refused, and nothing is written. A program with a bearer token has no
// cookie to steal and needs no origin; what has no cookie and no session (links,
// sign-in) is refused where the browser says that another site asks.
func TestD32NoOtherSiteCanAskInSomebodysName(t *testing.T) {
	w := testkit.New(t)
	browser := w.Browser()
	signedIn := browser.Post(w.Path("/sessions"), object{"address": testkit.AdminAddress, "password": testkit.Password, "cookie": true}).OK()
	cookies(t, w, signedIn)
	bare := browser.With("Origin", "").With("Sec-Fetch-Site", "")
	before := w.Count(w.Path("/audit"))
	for _, row := range everyRow(t) {
		a := row.of(w.Workspace)
		if !a.changes() {
			continue
		}
		w.Advance(time.Minute)
		browser.Get(w.Path("/sessions/current")).OK() // which keeps it from idling
		for name, c := range foreign(bare) {
			if r := a.ask(c); r.Status != 403 || r.String("code") != "foreign_origin" || len(r.Header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s, %s: %d %s", a.Name, name, r.Status, r.Body)
			}
		}
		if strings.Contains(a.Path, "{workspace}") { // whose cookie it is stands in the path
			if r := a.ask(bare); r.Status != 403 || r.String("code") != "foreign_origin" {
				t.Errorf("%s, a cookie without an origin: %d %s", a.Name, r.Status, r.Body)
			}
		}
		for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain;application/json"} {
			if r := a.ask(bare.With("Origin", "https://evil.example").With("Content-Type", kind)); r.Status != 403 && r.Status != 415 {
				t.Errorf("%s as another site's %s: %d %s", a.Name, kind, r.Status, r.Body)
			}
			if a.body == "" || a.AnyBody {
				continue
			}
			if r := a.ask(browser.With("Content-Type", kind)); r.Status != 415 {
				t.Errorf("%s as %s: %d %s", a.Name, kind, r.Status, r.Body)
			}
		}
	}
	w.Admin = w.SignIn(testkit.AdminAddress, testkit.Password)
	if after := w.Count(w.Path("/audit")); after != before+1 { // this sign-in
		t.Errorf("%d changes by other sites", after-before-1)
	}
}

// foreign is what another site's page makes a browser send.
func foreign(bare *testkit.Client) map[string]*testkit.Client {
	return map[string]*testkit.Client{
		"a foreign origin":         bare.With("Origin", "https://evil.example"),
		"a sandboxed page":         bare.With("Origin", "null"),
		"our host in theirs":       bare.With("Origin", "https://localhost.evil.example"),
		"another port":             bare.With("Origin", "http://localhost:1"),
		"a cross-site fetch":       bare.With("Sec-Fetch-Site", "cross-site"),
		"a sister site":            bare.With("Sec-Fetch-Site", "same-site"),
		"an unknown kind of fetch": bare.With("Sec-Fetch-Site", "friendly"),
		"a form that overrides":    bare.With("Origin", "https://evil.example").With("X-HTTP-Method-Override", "DELETE"),
	}
}

// TestD32NoHeaderOrFieldOverridesTheMethod: a method override is never honoured,
// so a GET stays one and a POST where there is none is not found.
func TestD32NoHeaderOrFieldOverridesTheMethod(t *testing.T) {
	w := testkit.New(t)
	before := w.Count(w.Path("/audit"))
	posts := map[string]bool{}
	rows := everyRow(t)
	for _, a := range rows {
		posts[a.Path] = posts[a.Path] || a.Method == http.MethodPost
	}
	for _, row := range rows {
		a := row.of(w.Workspace)
		if !a.changes() {
			continue
		}
		for _, header := range []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"} {
			c := w.Admin.With(header, a.Method)
			if r := c.Get(a.path + "?_method=" + a.Method); r.Status < 300 {
				t.Errorf("GET with %s: %s and _method: %d %s", header, a.Method, r.Status, r.Body)
			}
			c.Get(a.path)
			if !posts[a.Path] {
				if r := c.Post(a.path, a.body); r.Status != 404 && r.Status != 405 {
					t.Errorf("POST with %s: %s: %d %s", header, a.Method, r.Status, r.Body)
				}
			}
		}
	}
	if after := w.Count(w.Path("/audit")); after != before {
		t.Errorf("%d changes by overridden methods", after-before)
	}
}

// cookies holds every cookie of an answer against what must be said of it. Over
// plain http the local gateway leaves out the prefix and Secure, and nothing
// else (design.md §7).
func cookies(t *testing.T, w *testkit.World, r testkit.Response) {
	t.Helper()
	set := r.Header.Values("Set-Cookie")
	if len(set) != 1 {
		t.Fatalf("%d cookies", len(set))
	}
	c, err := http.ParseSetCookie(set[0])
	if err != nil {
		t.Fatal(err)
	}
	secure := strings.HasPrefix(w.System.URL(), "https://")
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" || c.Secure != secure || strings.HasPrefix(c.Name, "__Host-") != secure {
		t.Errorf("a cookie without its attributes: %s", strings.Replace(set[0], c.Value, "…", 1))
	}
}
