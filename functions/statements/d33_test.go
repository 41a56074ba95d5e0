package statements_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"portero/infra/local/standin/ses"
	"portero/shared/testkit"
)

// elsewhere are addresses of another host, in the forms that lead browsers and
// servers astray.
var elsewhere = []string{
	"https://evil.example", "//evil.example", "///evil.example", "////evil.example/%2e%2e", "/\\evil.example", "\\\\evil.example", "/%5cevil.example",
	"https:evil.example", "https:/evil.example", "http:\\\\evil.example", "%2f%2fevil.example", "%252f%252fevil.example", "/%09/evil.example",
	"/%0a/evil.example", "%0d%0aLocation:%20https://evil.example", "https://localhost@evil.example", "https://localhost.evil.example", "https://evil.example#localhost",
	"https://evil.example?localhost", "//evil%E3%80%82example", "https://evil.example%00.localhost", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
	"data:text/html,evil.example", "vbscript:evil.example", ".evil.example", "@evil.example", ";@evil.example", "..;/evil.example", "/.evil.example", "//[::1]:1/evil.example",
}

// TestD33NothingLeadsElsewhere asks for every address that takes a text with
// every form of another host's: no answer redirects off our origin.
func TestD33NothingLeadsElsewhere(t *testing.T) {
	w := testkit.New(t)
	c := &http.Client{Transport: w.HTTP().Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	tried := 0
	for _, place := range []string{"/%s", "/accept?next=%s", "/accept?url=%s#x", "/p/%s", "/unsubscribe?u=%s", "/v1/unsubscribe?u=%s", "/v1/portals/%s", "/v1/workspaces/%s", "/v1/workspaces/%s/public"} {
		for _, to := range elsewhere {
			tried++
			target := w.System.URL() + fmt.Sprintf(place, strings.TrimPrefix(escaped(to, place), "/"))
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
			if err != nil {
				t.Fatal(err)
			}
			res, err := c.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if !ours(w, res.Header.Get("Location")) || !ours(w, res.Header.Get("Refresh")) {
				t.Errorf("%s leads to %s", target, res.Header.Get("Location"))
			}
		}
	}
	for _, to := range elsewhere { // what is said of where to go after signing in
		tried++
		r := w.Anonymous().Post(w.Path("/sessions"), object{"address": testkit.AdminAddress, "password": testkit.Password, "portal": to})
		if r.Status < 300 || strings.Contains(string(r.Body), "evil.example") {
			t.Errorf("a portal called %q: %d %s", to, r.Status, r.Body)
		}
	}
	if tried < 200 {
		t.Errorf("only %d vectors", tried)
	}
}

// escaped keeps what net/url would refuse to send at all: control characters and
// spaces are escaped, the rest goes as it is; a query takes everything escaped.
func escaped(to, place string) string {
	if strings.Contains(place, "=%s") {
		return url.QueryEscape(to)
	}
	return strings.NewReplacer(" ", "%20", "#", "%23", "?", "%3F", "[", "%5B", "]", "%5D", "\\", "%5C").Replace(to)
}

// ours reports whether an address stays on the origin: a path, or the origin
// itself.
func ours(w *testkit.World, location string) bool {
	if location == "" {
		return true
	}
	u, err := url.Parse(location)
	if err != nil || strings.ContainsAny(location, "\\\r\n\t") {
		return false
	}
	if u.Scheme == "" && u.Host == "" {
		return strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(location, "//")
	}
	return strings.HasPrefix(location, w.System.URL()+"/")
}

// hostHeaders are what proxies and frameworks take a host or path from.
var hostHeaders = []string{"Host", "X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "Forwarded", "X-Original-Host",
	"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "Referer", "Origin-Host"}

// TestD33NoHeaderNamesTheHost makes links under every header that could name
// another host: each link in answers and mails begins with our origin.
func TestD33NoHeaderNamesTheHost(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	id := w.Invite("eva@client.example")[0]
	tried := 0
	for _, value := range []string{"evil.example", "host=evil.example", "https://evil.example/", "evil.example:443"} {
		for _, header := range hostHeaders {
			for _, path := range []string{"/joinlinks", "/invitations/" + id + "/link"} {
				tried++
				body := `{}`
				if path == "/joinlinks" {
					body = `{"portal":"` + w.Portal + `","create_contact":true}`
				}
				r := raw(t, w, http.MethodPost, w.Path(path), body, header, value)
				if r.status > 299 || !strings.Contains(r.body, w.System.URL()+"/") || strings.Contains(r.body, "evil.example") {
					t.Errorf("%s: %s: %d %s", header, value, r.status, r.body)
				}
			}
		}
		raw(t, w, http.MethodPost, w.Path("/password-resets"), `{"address":"`+testkit.AdminAddress+`"}`, "X-Forwarded-Host", value)
	}
	w.Settle()
	all, err := w.System.Mail().Messages(ses.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if strings.Contains(string(m.Raw), "evil.example") {
			t.Errorf("a mail names another host: %s", m.Subject)
		}
	}
	if tried < 100 {
		t.Errorf("only %d vectors", tried)
	}
}

// lineBreaks end a header's line in some reader or other.
var lineBreaks = []string{"\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "%0d%0a", "\\r\\n", "=0D=0A", "\v", "\f", "\x00"}

// mailHeaders are the fields that a mail of ours may have.
var mailHeader = regexp.MustCompile(`(?i)^(bcc|cc|evil|x-evil|reply-to: .*evil|sender)`)

// TestD33NoTextAddsAHeader writes line breaks and header fields into every text
// that gets into a mail or an answer: none becomes a field of either.
func TestD33NoTextAddsAHeader(t *testing.T) {
	w := testkit.New(t)
	w.LiftCaps()
	tried := 0
	for n, end := range lineBreaks {
		for m, field := range []string{"Bcc: evil@evil.example", "X-Evil: 1", "Content-Type: text/html", "\r\n<b>evil</b>"} {
			text := "Ana" + end + field
			address := fmt.Sprintf("eva%d.%d@client.example", n, m)
			for _, r := range []testkit.Response{
				w.Admin.Patch(w.Path("/me"), object{"name": text}),
				w.Admin.Post(w.Path("/accounts"), object{"name": text}),
				w.Admin.Post(w.Path("/invitations"), object{"portal": w.Portal, "note": text, "source": text, "lines": []object{{"address": address, "name": text}}}),
				w.Anonymous().With("User-Agent", printable(text)).Post(w.Path("/password-resets"), object{"address": address}),
			} {
				tried++
				if r.Status >= 500 || r.Header.Get("X-Evil") != "" || r.Header.Get("Bcc") != "" {
					t.Errorf("%q: %s: %d %v", text, r.What, r.Status, r.Header)
				}
			}
		}
	}
	w.Settle()
	all, err := w.System.Mail().Messages(ses.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		head, _, _ := bytes.Cut(m.Raw, []byte("\r\n\r\n"))
		for _, line := range strings.FieldsFunc(string(head), func(r rune) bool { return r == '\r' || r == '\n' }) {
			if mailHeader.MatchString(line) {
				t.Errorf("a mail has the field %q", line)
			}
		}
		if to := textproto.MIMEHeader(m.Header).Values("To"); len(to) != 1 {
			t.Errorf("a mail with %d recipients", len(to))
		}
	}
	if tried < 100 || len(all) < 2 {
		t.Errorf("only %d vectors, %d mails", tried, len(all))
	}
}

// printable is what Go's client sends at all in a header.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return '?'
		}
		return r
	}, s)
}

type rawAnswer struct {
	status int
	body   string
}

// raw asks as the admin with a header that clients do not set by themselves.
func raw(t *testing.T, w *testkit.World, method, path, body, header, value string) rawAnswer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.System.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+w.Admin.Token())
	req.Header.Set(header, value)
	if header == "Host" {
		req.Host = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(value, "host="), "https://"), "/")
	}
	res, err := w.HTTP().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return rawAnswer{res.StatusCode, string(b)}
}
