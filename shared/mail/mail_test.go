package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/link"
	"portero/shared/domain/message"
)

var (
	clock    = time.Date(2026, 11, 22, 9, 30, 15, 0, time.UTC)
	settings = Settings{BaseURL: "https://portal.example.com", Sender: "portero@portal.example.com"}
	ws       = id.Named[id.Workspace]("mail test")
	msg      = id.Named[id.Message]("mail test")
	inv      = id.Named[id.Invitation]("mail test")
	secret   = bytes.Repeat([]byte{0xA5}, link.SecretBytes)
)

// languages lists those every kind has words in.
func languages() []string { return []string{"es", "en"} }

func tokenOf(t testing.TB) link.Token {
	t.Helper()
	token, err := link.Parse(strings.Join([]string{string(ws), string(msg), base64.RawURLEncoding.EncodeToString(secret)}, "."))
	if err != nil {
		t.Fatalf("parse token: %v", err)
	}
	return token
}

// letter is a letter of a kind with every part of the model filled.
func letter(t testing.TB, kind message.Kind, language string) Letter {
	t.Helper()
	l := Letter{Message: message.Message{
		ID: msg, Workspace: ws, Invitation: inv, Kind: kind, To: "ana@clienta.example", Language: language, CreatedAt: clock.Add(-time.Minute),
		Model: message.Model{
			Firm: "Gestoría Peña, S.L.", Portal: "Área de clientes", PortalURL: "gestoria-pena", Inviter: "Luis Peña", Recipient: "Ana López",
			Note: "Hola, Ana:\n\nla documentación está en el portal.", Source: "el contrato de mayo", Level: "admin", Subject: "eva@otra.example", State: "expired",
			Until: time.Date(2026, 11, 24, 22, 59, 59, 0, time.UTC), Zone: "Europe/Madrid", Clock: "24h", ReplyTo: "hola@gestoria.example",
		},
	}}
	if kind == message.Digest {
		l.Message.Model.About = []message.Section{
			{Kind: message.Accepted, Count: 12, First: []email.Address{"eva@otra.example", "pablo@otra.example"}},
			{Kind: message.Bounce, Count: 1, First: []email.Address{"rosa@otra.example"}},
		}
	}
	if kind == message.Reminder {
		l.Message.Number = 2
	}
	switch kind.Secret() {
	case message.LinkSecret:
		l.Link = tokenOf(t)
	case message.PasswordSecret:
		l.Link = tokenOf(t)
		l.Code = "1234567890123456"
	case message.CodeSecret:
		l.Code = "12345678"
	}
	return l
}

// parsed is a mail as a mail program reads it.
type parsed struct {
	header     netmail.Header
	text, html string
}

// read parses a mail and fails where it is not what RFC 5322 and MIME allow.
func read(t testing.TB, raw Raw) parsed {
	t.Helper()
	for n, l := range bytes.Split(bytes.TrimSuffix(raw.Bytes, []byte("\r\n")), []byte("\r\n")) {
		if len(l) > 998 || bytes.ContainsFunc(l, func(r rune) bool { return r > 126 || r < 32 && r != '\t' }) {
			t.Fatalf("line %d is %d octets or not 7-bit: %q", n, len(l), l)
		}
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw.Bytes))
	if err != nil {
		t.Fatalf("read message: %v", err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q: %v", kind, err)
	}
	p, r := parsed{header: m.Header}, multipart.NewReader(m.Body, params["boundary"])
	p.text, p.html = part(t, r, "text/plain; charset=UTF-8"), part(t, r, "text/html; charset=UTF-8")
	if _, err := r.NextRawPart(); !errors.Is(err, io.EOF) {
		t.Fatalf("a third part: %v", err)
	}
	return p
}

func part(t testing.TB, r *multipart.Reader, contentType string) string {
	t.Helper()
	p, err := r.NextRawPart()
	if err != nil {
		t.Fatalf("next part: %v", err)
	}
	if got := p.Header.Get("Content-Type"); got != contentType {
		t.Fatalf("content type %q, want %q", got, contentType)
	}
	if got := p.Header.Get("Content-Transfer-Encoding"); got != "quoted-printable" {
		t.Fatalf("transfer encoding %q", got)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(p))
	if err != nil {
		t.Fatalf("read part: %v", err)
	}
	return strings.ReplaceAll(string(body), "\r\n", "\n")
}

func decoded(t testing.TB, header string) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(header)
	if err != nil {
		t.Fatalf("decode %q: %v", header, err)
	}
	return s
}

func compose(t testing.TB, l Letter) Raw {
	t.Helper()
	raw, err := Compose(l, settings, clock)
	if err != nil {
		t.Fatalf("compose %s %s: %v", l.Message.Kind, l.Message.Language, err)
	}
	return raw
}
