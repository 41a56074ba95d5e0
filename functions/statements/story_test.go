//go:build !rehearsal

package statements_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"portero/infra/local/standin/ses"
	"portero/shared/testkit"
)

// secrets are what a story issued or somebody typed, by what it is.
type secrets map[string]string

// tokens in answers and mails.
var (
	sessionToken = regexp.MustCompile(`ws_[0-9a-z]{26}\.idn_[0-9a-z]{26}\.ses_[0-9a-z]{26}\.[a-z0-9_.]*\.[A-Za-z0-9_-]{43}`)
	linkToken    = regexp.MustCompile(`ws_[0-9a-z]{26}\.(?:msg|jln|ver)_[0-9a-z]{26}\.[A-Za-z0-9_-]{43}`)
	codeInMail   = regexp.MustCompile(`\b(\d{4}) (\d{4})\b`)
)

// collect takes every secret out of a text.
func (s secrets) collect(where, text string) {
	for _, t := range append(sessionToken.FindAllString(text, -1), linkToken.FindAllString(text, -1)...) {
		s[t[strings.LastIndex(t, ".")+1:]] = where
	}
	for _, c := range codeInMail.FindAllStringSubmatch(text, -1) {
		s[c[1]+c[2]] = where
	}
}

// told is a client whose answers' secrets are collected.
func (s secrets) told(r testkit.Response) testkit.Response {
	s.collect(r.What, string(r.Body))
	for _, c := range r.Header.Values("Set-Cookie") {
		s.collect(r.What, c)
	}
	return r
}

// addresses of the people in a story.
const (
	eva, lucia, carla, gone, wrong = "eva@client.example", "lucia@client.example", "carla@firm.example", "gone@client.example", "unknown@client.example"
	evas, evasNext, lucias         = "granite umbrella seven doors", "another umbrella nine doors", "lucia paints eleven boats"
)

// story plays what happens in a firm, with answers of every kind, and returns
// every secret that was issued or typed. Whoever writes a new flow with a secret
// adds it here.
func story(w *testkit.World) secrets {
	w.T.Helper()
	s := secrets{testkit.Password: "a password", evas: "a password", evasNext: "a password", lucias: "a password", "not her password at all": "a wrong password"}
	post := func(c *testkit.Client, path string, body object) testkit.Response {
		return s.told(c.With("Idempotency-Key", fmt.Sprint(len(s), path)).Post(path, body))
	}
	anyone := w.Anonymous()
	open := func(verb, token string, more object) testkit.Response {
		body := object{"token": token}
		for n, v := range more {
			body[n] = v
		}
		return post(anyone, "/v1/invitations/"+verb, body)
	}
	ids := w.Invite(eva, gone)
	token := w.TokenIn(w.LastMailTo(eva))
	open("open", token, nil).OK()
	open("accept", token, object{"password": "short"})
	open("accept", token[:len(token)-2]+"AA", object{"password": evas})
	open("accept", token, object{"password": evas, "name": "Eva", "cookie": true}).OK()
	post(w.Admin, w.Path("/invitations/"+ids[1]+"/resend"), object{}).OK()
	copied := post(w.Admin, w.Path("/invitations/"+ids[1]+"/link"), object{}).OK().String("url")
	w.Settle()
	s.confirm(w, open("accept", tokenOf(copied), object{"password": lucias, "name": "Gone"}).OK(), gone)
	c := w.Bearer(post(anyone, w.Path("/sessions"), object{"address": eva, "password": evas}).OK().String("token"))
	post(anyone, w.Path("/sessions"), object{"address": eva, "password": "not her password at all"})
	post(anyone, w.Path("/sessions"), object{"address": wrong, "password": "not her password at all"})
	post(c, w.Path("/me/password"), object{"old": evas, "new": evasNext}).OK()
	post(anyone, w.Path("/password-resets"), object{"address": eva}).OK()
	post(anyone, w.Path("/password-resets"), object{"address": wrong}).OK()
	w.Settle()
	post(anyone, "/v1/password-resets/redeem", object{"token": w.TokenIn(w.LastMailTo(eva)), "password": evas})
	joined := post(anyone, "/v1/joinlinks/join", object{"token": joinToken(w), "address": lucia, "password": lucias, "name": "Lucía"}).OK()
	w.Settle()
	s.confirm(w, joined, lucia)
	colleague(w, carla, "admin")
	w.Admin.Get("/v1/workspaces/" + w.Workspace + "/invitations?state=" + wrong) // an address where none belongs
	w.Admin.Patch(w.Path("/me"), object{"name": "Ana\nlevel=ERROR"})
	w.Advance(3*24*time.Hour + time.Hour)
	for _, job := range []string{"jobs/remind", "jobs/redeliver", "jobs/expire"} {
		w.Tick(job)
	}
	w.Settle()
	all, err := w.System.Mail().Messages(ses.Filter{})
	if err != nil {
		w.T.Fatal(err)
	}
	for _, m := range all {
		s.collect("a mail", m.Text+" "+strings.Join(m.Header["List-Unsubscribe"], " "))
	}
	return s
}

// confirm types the code that was mailed, once wrong and once right.
func (s secrets) confirm(w *testkit.World, begun testkit.Response, address string) {
	w.T.Helper()
	w.Settle()
	body := object{"workspace": begun.String("workspace"), "verification": begun.String("verification"), "binding": begun.String("binding"), "code": "00000000"}
	w.Anonymous().Post("/v1/verifications/confirm", body)
	body["code"] = w.CodeIn(w.LastMailTo(address))
	s.told(w.Anonymous().Post("/v1/verifications/confirm", body).OK())
}

// forms are a secret as it might lie somewhere: as it is, and its bytes in other
// writings.
func forms(secret string) []string {
	all := []string{secret}
	if quoted, err := json.Marshal(secret); err == nil {
		all = append(all, strings.Trim(string(quoted), `"`))
	}
	return append(all, spelt(secret)...)
}
