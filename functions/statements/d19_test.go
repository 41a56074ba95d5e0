//go:build !rehearsal

package statements_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"math/bits"
	"net/url"
	"strings"
	"testing"

	"portero/infra/local"
	"portero/infra/local/standin/ses"
	"portero/shared/domain/access"
	"portero/shared/domain/link"
	"portero/shared/domain/session"
)

// TestD19NoSecretIsKeptAnywhere plays a story with every kind of secret and then
// looks for each, in every writing, in all that was ever sent to the database
// (tables, indexes and stream images are parts of it), in the log, and before
// the "#" of every address mailed. What is sent to SES is the mail itself.
func TestD19NoSecretIsKeptAnywhere(t *testing.T) {
	var logs safeBuffer
	w, wire := wired(t, func(o *local.Options) { o.Log = slog.New(slog.NewJSONHandler(&logs, nil)) })
	issued := story(w)
	if len(issued) < 20 {
		t.Fatalf("only %d secrets", len(issued))
	}
	if !bytes.Contains(wire.sent.Bytes(), []byte(eva)) || !bytes.Contains(logs.Bytes(), []byte(w.Workspace)) {
		t.Fatal("what must stand there is not found either")
	}
	for secret, where := range issued {
		for _, form := range forms(secret) {
			if bytes.Contains(wire.sent.Bytes(), []byte(form)) {
				t.Errorf("a secret of %s was sent to the database", where)
			}
			if bytes.Contains(logs.Bytes(), []byte(form)) {
				t.Errorf("a secret of %s is in the log", where)
			}
		}
	}
	all, err := w.System.Mail().Messages(ses.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		for _, found := range stopLink.FindAllString(m.Text, -1) {
			u, err := url.Parse(found)
			if err != nil {
				t.Fatal(err)
			}
			if u.Path != "/unsubscribe" && linkToken.MatchString(u.Path+u.RawQuery) { // RFC 8058 leaves no other place
				t.Errorf("a link with its secret before the #: %s", u.Path)
			}
		}
	}
	t.Logf("%d secrets, %d KB to the database, %d log lines, %d mails", len(issued), wire.sent.Len()>>10, len(logs.lines()), len(all))
}

// spelt are the bytes of a secret, where it is one of ours, as logs and databases
// would write them.
func spelt(secret string) []string {
	raw, err := base64.RawURLEncoding.DecodeString(secret)
	if err != nil || len(raw) != link.SecretBytes {
		raw = []byte(secret)
	}
	return []string{strings.TrimRight(base64.StdEncoding.EncodeToString(raw), "="), hex.EncodeToString(raw), url.QueryEscape(secret)}
}

// TestD19SecretsAre256RandomBits draws many and counts: none twice, and of their
// bits as many set as chance sets (six standard deviations: one in a billion
// runs would fail).
func TestD19SecretsAre256RandomBits(t *testing.T) {
	if link.SecretBytes != 32 || session.SecretBytes != 32 {
		t.Fatal("a secret is not 256 bits")
	}
	const n = 4_000
	for name, draw := range map[string]func() string{
		"a link's": func() string {
			return link.New("ws_01jd0h5m3w8q4v9x2c6k7n1t5z", "msg_01jd0h5m3w8q4v9x2c6k7n1t5z").Reveal()
		},
		"a session's": func() string {
			token, _ := session.NewToken("ws_01jd0h5m3w8q4v9x2c6k7n1t5z", "idn_01jd0h5m3w8q4v9x2c6k7n1t5z", "ses_01jd0h5m3w8q4v9x2c6k7n1t5z", access.Grant{})
			return token.Reveal()
		},
	} {
		seen, set := map[string]bool{}, 0
		for range n {
			s := draw()
			s = s[strings.LastIndex(s, ".")+1:]
			raw, err := base64.RawURLEncoding.DecodeString(s)
			if err != nil || len(raw) != 32 || seen[s] {
				t.Fatalf("%s secret: %d bytes, seen before: %t", name, len(raw), seen[s])
			}
			seen[s] = true
			for _, b := range raw {
				set += bits.OnesCount8(b)
			}
		}
		if off := set - n*128; off*off > 36*n*64 { // variance of a bit: 1/4
			t.Errorf("%s bits: %d set of %d", name, set, n*256)
		}
	}
}
