package ses

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Limits of SendRawEmail
// (https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html).
const (
	maxMessage    = 10 << 20
	maxRecipients = 50
	maxLine       = 1000 // with its line end, RFC 5321 §4.5.3.1.6
)

// tagText is what a tag's name and value may hold (API reference, MessageTag).
var tagText = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// once are the header fields that SES refuses twice (RFC 5322 §3.6).
var once = []string{"From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-Id", "Mime-Version", "Content-Type"}

// send serves SendRawEmail. It answers when the message is kept, and lets
// everything that follows from it happen after the answer.
func (g *Gate) send(w http.ResponseWriter, form url.Values, loseAnswer bool) {
	m, refusal := parseSend(form, g.options.ConfigurationSet)
	if refusal != nil {
		refuse(w, refusal)
		return
	}
	m.At = g.now().UTC()
	m.ID = newMessageID(m.At)
	then := g.queue.promise() // before the answer, so that Drain after it waits
	if refusal := g.accept(m); refusal != nil {
		then(nil)
		refuse(w, refusal)
		return
	}
	defer then(func() { g.follow(m) })
	if loseAnswer {
		cut()
	}
	answer(w, "SendRawEmail", struct{ MessageId string }{m.ID})
	_ = http.NewResponseController(w).Flush() // the answer goes out before its events
}

// accept keeps a message, if the limits allow.
func (g *Gate) accept(m *Message) *apiError {
	g.mu.Lock()
	defer g.mu.Unlock()
	if refusal := g.limits.allow(m.At, m.Destinations); refusal != nil {
		return refusal
	}
	m.Number = 1
	if n := len(g.messages); n > 0 {
		m.Number += g.messages[n-1].Number
	}
	if g.options.Dir != "" {
		if err := save(g.options.Dir, m); err != nil {
			g.report(fmt.Errorf("keep message %s: %w", m.ID, err))
			return errInternal
		}
	}
	g.add(m)
	return nil
}

// parseSend checks a call as SES does.
func parseSend(form url.Values, configurationSet string) (*Message, *apiError) {
	m := &Message{Source: form.Get("Source"), ConfigurationSet: form.Get("ConfigurationSetName")}
	var err error
	if m.Raw, err = base64.StdEncoding.DecodeString(form.Get("RawMessage.Data")); err != nil || len(m.Raw) == 0 {
		return nil, invalid("Empty or undecodable raw message.")
	}
	if len(m.Raw) > maxMessage {
		return nil, invalid("Message length is more than %d bytes long.", maxMessage)
	}
	if set := m.ConfigurationSet; set == "" || configurationSet != "" && set != configurationSet {
		return nil, &apiError{400, "ConfigurationSetDoesNotExist", fmt.Sprintf("Configuration set <%s> does not exist.", set)}
	}
	var refusal *apiError
	if m.Tags, refusal = parseTags(form); refusal != nil {
		return nil, refusal
	}
	header, refusal := checkRaw(m.Raw)
	if refusal != nil {
		return nil, refusal
	}
	if m.Source == "" {
		m.Source = header.Get("From")
	}
	if m.Destinations = members(form, "Destinations.member.%d"); len(m.Destinations) == 0 {
		m.Destinations = addressees(header)
	}
	return m, checkEnvelope(m)
}

// parseTags returns the tags. At least one must be there: that is our rule, not
// SES's, because a mail without tags cannot be found again from its events.
func parseTags(form url.Values) (map[string]string, *apiError) {
	tags := map[string]string{}
	names, values := members(form, "Tags.member.%d.Name"), members(form, "Tags.member.%d.Value")
	if len(names) == 0 || len(names) != len(values) {
		return nil, invalid("Tags are missing or incomplete.")
	}
	for i, name := range names {
		if !tagText.MatchString(name) || !tagText.MatchString(values[i]) {
			return nil, invalid("Invalid tag <%s>: only letters, digits, '_' and '-' are allowed.", name)
		}
		if _, isTwice := tags[name]; isTwice {
			return nil, invalid("Duplicate tag <%s>.", name)
		}
		tags[name] = values[i]
	}
	return tags, nil
}

// members reads a list, whose elements the Query protocol numbers from 1.
func members(form url.Values, format string) (list []string) {
	for i := 1; form.Has(fmt.Sprintf(format, i)); i++ {
		list = append(list, form.Get(fmt.Sprintf(format, i)))
	}
	return list
}

// checkRaw checks the message's own form.
func checkRaw(raw []byte) (mail.Header, *apiError) {
	for line := range bytes.Lines(raw) {
		if len(line) > maxLine {
			return nil, invalid("A line is longer than %d characters.", maxLine)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, invalid("Unparseable message header.")
	}
	for _, name := range once {
		if len(m.Header[name]) > 1 {
			return nil, invalid("Duplicate header '%s'.", name)
		}
	}
	if _, err := m.Header.AddressList("From"); err != nil {
		return nil, invalid("Missing required header 'From'.")
	}
	return m.Header, nil
}

// checkEnvelope checks sender and recipients: one address each, in 7-bit ASCII,
// because SES has no SMTPUTF8 (API reference, SendRawEmail).
func checkEnvelope(m *Message) *apiError {
	if n := len(m.Destinations); n == 0 || n > maxRecipients {
		return invalid("Recipient count is %d, not 1 to %d.", n, maxRecipients)
	}
	for i, given := range append([]string{m.Source}, m.Destinations...) {
		a, err := mail.ParseAddress(given)
		if err != nil {
			return invalid("Missing final '@domain'")
		}
		if strings.ContainsFunc(a.Address, func(r rune) bool { return r > 0x7e || r < 0x21 }) {
			return invalid("Local address contains control, whitespace or non-ASCII characters.")
		}
		if i > 0 {
			m.Destinations[i-1] = a.Address
		}
	}
	return nil
}

func addressees(header mail.Header) (all []string) {
	for _, name := range []string{"To", "Cc", "Bcc"} {
		list, err := header.AddressList(name)
		if err != nil {
			continue // not there, or to be refused for having no recipient
		}
		for _, a := range list {
			all = append(all, a.Address)
		}
	}
	return all
}

// newMessageID makes an identifier that looks like SES's: time, random part,
// constant.
func newMessageID(now time.Time) string {
	return fmt.Sprintf("%016x-%s-000000", now.UnixMilli(), newUUID())
}

// newUUID is 128 random bits in the form of a UUID.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
