package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// header is what stands above the parts. Every address in it was parsed;
// display and subject hold the firm's name and nothing else that a person wrote.
type header struct {
	from, to, replyTo string // bare ASCII addresses; replyTo may be empty
	display, subject  string
	id, language      string
	unsubscribe       string // an address to post to (RFC 8058), or empty
	date              time.Time
}

// assemble builds the MIME message: headers with encoded words, folded; then
// multipart/alternative of two quoted-printable parts, 7-bit, no line over 76
// octets but a header that holds one long URL.
//
// go-mail 0.8.1 does this well with care: what a name may hold is settled in
// inert.go, since it folds only at spaces and passes ASCII through unencoded;
// its own User-Agent (with a link of its own) and its Message-ID (with this
// machine's name) are set aside; preformatted headers are not used, because they
// go out unescaped and in random order.
func assemble(h header, said letterhead) ([]byte, error) {
	text, html := plain(said), rich(said)
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithCharset(gomail.CharsetUTF8),
		gomail.WithEncoding(gomail.EncodingQP), gomail.WithBoundary(boundary(text, html)))
	msg.FromMailAddress(&mail.Address{Name: h.display, Address: h.from})
	msg.ToMailAddress(&mail.Address{Address: h.to}) // no name: it is not ours to vouch for
	if h.replyTo != "" {
		msg.ReplyToMailAddress(&mail.Address{Address: h.replyTo})
	}
	msg.Subject(h.subject)
	msg.SetDateWithValue(h.date.UTC())
	// SES replaces both Message-ID and Date (API reference of SendRawEmail).
	msg.SetMessageIDWithValue(h.id + h.from[strings.LastIndexByte(h.from, '@'):])
	msg.SetGenHeader(gomail.HeaderContentLang, h.language)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")        // RFC 3834 §5.1
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All") // [MS-OXCMAIL] 2.1.3.2.21
	if h.unsubscribe != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+h.unsubscribe+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click") // RFC 8058 §3.1
	}
	msg.SetBodyString(gomail.TypeTextPlain, text)
	msg.AddAlternativeString(gomail.TypeTextHTML, html)
	var out bytes.Buffer
	if _, err := msg.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write mime: %w", err)
	}
	return out.Bytes(), nil
}

// boundary is made of what it bounds, so it cannot stand in it, and the same
// letter gives the same bytes.
func boundary(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		sum.Write([]byte(p))
	}
	return "portero-" + hex.EncodeToString(sum.Sum(nil)[:12])
}
