package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
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
// Encoding, quoting and bounding are the standard library's; what a name may
// hold is settled in inert.go. wneessen/go-mail writes the same bytes, to which
// a test holds this, but links SMTP and SASL with the tables of Unicode for
// them: 0.3 ms of every start of every function and 0.4 MB (measured).
func assemble(h header, said letterhead) ([]byte, error) {
	text, html := plain(said), rich(said)
	var out bytes.Buffer
	parts := multipart.NewWriter(&out)
	if err := parts.SetBoundary(boundary(text, html)); err != nil {
		return nil, fmt.Errorf("write mime: %w", err)
	}
	for _, f := range h.fields() {
		if f.value != "" {
			f.write(&out)
		}
	}
	fmt.Fprintf(&out, "Content-Type: multipart/alternative;\r\n boundary=%s\r\n\r\n", parts.Boundary())
	// The first is the plainest (RFC 2046 §5.1.4).
	err := errors.Join(alternative(parts, "text/plain", text), alternative(parts, "text/html", html), parts.Close())
	if err != nil {
		return nil, fmt.Errorf("write mime: %w", err)
	}
	return out.Bytes(), nil
}

// field is one of the header's; without a value it is left out.
type field struct{ name, value string }

func (h header) fields() []field {
	unsubscribe, how, replyTo := "", "", ""
	if h.unsubscribe != "" {
		unsubscribe, how = "<"+h.unsubscribe+">", "List-Unsubscribe=One-Click" // RFC 8058 §3.1
	}
	if h.replyTo != "" {
		replyTo = address("", h.replyTo)
	}
	return []field{
		{"Auto-Submitted", "auto-generated"}, // RFC 3834 §5.1
		{"Content-Language", h.language},
		{"Date", h.date.UTC().Format(time.RFC1123Z)},
		{"List-Unsubscribe", unsubscribe},
		{"List-Unsubscribe-Post", how},
		{"MIME-Version", "1.0"},
		// SES replaces both Message-ID and Date (API reference of SendRawEmail).
		{"Message-ID", "<" + h.id + h.from[strings.LastIndexByte(h.from, '@'):] + ">"},
		{"Subject", mime.QEncoding.Encode("UTF-8", h.subject)},
		{"X-Auto-Response-Suppress", "All"}, // [MS-OXCMAIL] 2.1.3.2.21
		{"From", address(h.display, h.from)},
		{"To", address("", h.to)}, // no name: it is not ours to vouch for
		{"Reply-To", replyTo},
	}
}

func address(name, bare string) string {
	a := mail.Address{Name: name, Address: bare}
	return a.String()
}

// lineBytes is how long a header's line may be, its end aside (RFC 2047 §2).
const lineBytes = 76

// write folds at spaces only: a longer word has a line of its own.
func (f field) write(out *bytes.Buffer) {
	out.WriteString(f.name + ":")
	room := lineBytes - len(f.name) - len(": ") - 2
	for _, word := range strings.Split(f.value, " ") {
		if room-len(word) <= 1 {
			out.WriteString("\r\n")
			room = lineBytes - 3
		}
		out.WriteString(" " + word)
		room -= len(word) + 1
	}
	out.WriteString("\r\n")
}

func alternative(parts *multipart.Writer, kind, text string) error {
	w, err := parts.CreatePart(textproto.MIMEHeader{
		"Content-Transfer-Encoding": {"quoted-printable"}, "Content-Type": {kind + "; charset=UTF-8"},
	})
	if err != nil {
		return err
	}
	q := quotedprintable.NewWriter(w)
	if _, err := q.Write([]byte(text)); err != nil {
		return err
	}
	return q.Close()
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
