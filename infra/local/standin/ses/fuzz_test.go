package ses_test

import (
	"encoding/base64"
	"net/url"
	"testing"

	"portero/infra/local/standin/ses"
)

// FuzzSend gives the gate any message: it must answer 200 or 400, and whatever
// it accepted it must be able to list or say why not.
func FuzzSend(f *testing.F) {
	f.Add(welcome, "ana@client.example", "tag")
	f.Add("From: a@b.example\r\n\r\n", "x", "")
	f.Add("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b--", "\"a b\"@c.example", "a_b-C")
	f.Add("From: a@b.example\r\nContent-Type: text/plain; charset=latin1\r\n\r\n\xe9", "a@[127.0.0.1]", "t")
	f.Fuzz(func(t *testing.T, raw, to, tag string) {
		g, err := ses.Open(ses.Options{OnEvent: func([]byte) {}})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = g.Close() }()
		form := url.Values{
			"Action": {"SendRawEmail"}, "ConfigurationSetName": {"set"}, "Destinations.member.1": {to},
			"Tags.member.1.Name": {tag}, "Tags.member.1.Value": {"v"},
			"RawMessage.Data": {base64.StdEncoding.EncodeToString([]byte(raw))},
		}
		w := post(g, form)
		g.Drain()
		if kept := g.Count(ses.Filter{}); (w.Code == 200) != (kept == 1) || w.Code != 200 && w.Code != 400 {
			t.Fatalf("status %d, kept %d: %s", w.Code, kept, w.Body)
		}
		_, _ = g.Messages(ses.Filter{})
	})
}
