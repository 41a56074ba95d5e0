package ses

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

// maxDepth bounds how deep parts may lie in parts. Ours lie one deep.
const maxDepth = 5

// Mail is a message as its reader sees it.
type Mail struct {
	Message
	// From and To are the header's, decoded, with the names.
	From, To, Subject string
	// Text and HTML are the first part of each kind, decoded. Only UTF-8 and its
	// subset ASCII are read.
	Text, HTML string
	// Header holds every field as sent, folded lines joined, by canonical name.
	Header map[string][]string
}

// parse reads the raw message.
func parse(m Message) (Mail, error) {
	read, err := mail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		return Mail{}, fmt.Errorf("parse message %s: %w", m.ID, err)
	}
	p := Mail{Message: m, Header: read.Header}
	p.From, p.To, p.Subject = decode(read.Header.Get("From")), decode(read.Header.Get("To")), decode(read.Header.Get("Subject"))
	if err := p.part(textproto.MIMEHeader(read.Header), read.Body, 0); err != nil {
		return Mail{}, fmt.Errorf("parse message %s: %w", m.ID, err)
	}
	return p, nil
}

// decode turns encoded words (RFC 2047) into text; what is none stays as it is.
func decode(field string) string {
	text, err := new(mime.WordDecoder).DecodeHeader(field)
	if err != nil {
		return field
	}
	return text
}

// part reads one part and those within it.
func (p *Mail) part(h textproto.MIMEHeader, body io.Reader, depth int) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if h.Get("Content-Type") == "" {
		kind, err = "text/plain", nil // RFC 2045 §5.2
	}
	if err != nil {
		return fmt.Errorf("content type: %w", err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return p.parts(multipart.NewReader(body, params["boundary"]), depth+1)
	}
	var target *string
	switch kind {
	case "text/plain":
		target = &p.Text
	case "text/html":
		target = &p.HTML
	}
	if target == nil || *target != "" {
		return nil
	}
	if charset := strings.ToLower(params["charset"]); charset != "" && charset != "utf-8" && charset != "us-ascii" {
		return fmt.Errorf("unknown charset %q", charset)
	}
	text, err := io.ReadAll(transfer(h.Get("Content-Transfer-Encoding"), body))
	*target = strings.ReplaceAll(string(text), "\r\n", "\n")
	return err
}

func (p *Mail) parts(r *multipart.Reader, depth int) error {
	if depth > maxDepth {
		return errors.New("parts lie too deep")
	}
	for {
		next, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := p.part(next.Header, next, depth); err != nil {
			return err
		}
	}
}

func transfer(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body) // which skips line ends
	}
	return body
}
