package scanner

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// page is what a browser says of a request that the page's own script makes.
func (s *Scanner) page() map[string]string {
	return map[string]string{"Origin": s.Base, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "User-Agent": "Mozilla/5.0 HeadlessChrome/140.0.0.0"}
}

// post sends a body to a deed of the invitation.
func (s *Scanner) post(ctx context.Context, deed, body string, header map[string]string) error {
	_, err := s.ask(ctx, request{method: http.MethodPost, url: s.Base + "/v1/invitations/" + deed, body: body, header: header})
	return err
}

func (s *Scanner) body(more map[string]any) string {
	fields := map[string]any{"token": s.Link.Token()}
	for name, value := range more {
		fields[name] = value
	}
	raw, err := json.Marshal(fields)
	if err != nil { // texts, numbers and bools only
		panic(err)
	}
	return string(raw)
}

func script(ctx context.Context, s *Scanner) error {
	for range 3 {
		if err := s.post(ctx, "open", s.body(nil), s.page()); err != nil {
			return err
		}
	}
	return nil
}

func press(ctx context.Context, s *Scanner) error {
	for _, body := range []map[string]any{nil, {"cookie": true}, {"name": "", "password": "", "cookie": true}} {
		if err := s.post(ctx, "open", s.body(nil), s.page()); err != nil {
			return err
		}
		if err := s.post(ctx, "accept", s.body(body), s.page()); err != nil {
			return err
		}
	}
	return nil
}

// submitEmpty submits what a form without its script would: in the encodings of
// HTML, and without a body.
func submitEmpty(ctx context.Context, s *Scanner) error {
	form := url.Values{"name": {""}, "password": {""}, "token": {s.Link.Token()}}.Encode()
	for _, r := range []request{
		{body: form, kind: "application/x-www-form-urlencoded"},
		{body: form, kind: "text/plain"},
		{body: "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + s.Link.Token() + "\r\n--x--\r\n", kind: "multipart/form-data; boundary=x"},
		{body: "{}"}, {body: s.body(map[string]any{"name": "", "password": ""})}, {},
	} {
		for _, deed := range []string{"open", "accept"} {
			r.method, r.url, r.header = http.MethodPost, s.Base+"/v1/invitations/"+deed, s.page()
			if _, err := s.ask(ctx, r); err != nil {
				return err
			}
		}
	}
	// A form whose script did not run goes to the page's own address.
	_, err := s.ask(ctx, request{method: http.MethodPost, url: s.Link.URL, body: form, kind: "application/x-www-form-urlencoded"})
	return err
}

// madeUp are values that form fillers and scanners are known for.
var madeUp = []string{"test", "test@example.com", "admin", "password", "Password1!", "12345678", "1234567890123456", "aaaaaaaaaaaaaaaaaaaa",
	"<script>alert(1)</script>", "' OR '1'='1' -- ", "passwordpassword", "qwertyuiopasdfgh", "https://example.com", "John Doe", "0", "on", "\x00",
	"../../../../etc/passwd", "555-555-0199@example.com", "sample@email.tst", "g00dPa$$w0rD", "5543!%arachni_secret", "foo-bar@example.com", "ZAP"}

// submitRandom fills the form with what robots make up: their favourites, and
// letters at random, up to what they call a strong password (14).
func submitRandom(ctx context.Context, s *Scanner) error {
	for range 8 {
		for _, fields := range []map[string]any{
			{"name": s.madeUp(), "password": s.madeUp()},
			{"name": s.letters(), "password": s.letters(), "cookie": true},
			{s.letters(): s.letters()},
			{"password": s.Random.IntN(1 << 30)},
			{"password": s.letters(), "profile": map[string]any{"language": "xx"}},
		} {
			if err := s.post(ctx, "accept", s.body(fields), s.page()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Scanner) madeUp() string { return madeUp[s.Random.IntN(len(madeUp))] }

func (s *Scanner) letters() string {
	const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!?_-"
	out := make([]byte, 1+s.Random.IntN(14))
	for i := range out {
		out[i] = alphabet[s.Random.IntN(len(alphabet))]
	}
	return string(out)
}
