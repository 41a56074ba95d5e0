package mail

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/link"
	"portero/shared/domain/look"
	"portero/shared/domain/message"
)

var (
	// ErrNoWords says that there are no words for this kind and language.
	ErrNoWords = errors.New("mail: no words for this kind and language")
	// ErrAddress says that the recipient, the sender or the reply-to is not an
	// address SES can take.
	ErrAddress = errors.New("mail: address cannot be mailed to or from")
	// ErrSecret says that what was minted is not what this kind of mail carries,
	// or was minted for another message.
	ErrSecret = errors.New("mail: secret does not fit the message")
	// ErrSettings says that Settings.BaseURL is not a bare https origin.
	ErrSettings = errors.New("mail: base url must be an https origin")
)

// Letter is a message of the outbox with what delivery minted for it.
type Letter struct {
	Message message.Message
	Link    link.Token // of kinds whose Secret Links, else zero
	Code    Code       // of kinds whose Secret has Digits, else empty
	Look    look.Look  // the firm's; the zero value is Portero's own
}

// Settings are the deployment's part of a mail; they come from configuration
// only, never from a request.
type Settings struct {
	BaseURL string // "https://portal.example.com"; http only for this machine's own addresses
	Sender  string // the verified address used where the workspace has none
}

// Raw is a mail as SES takes it. It holds secrets and addresses, so it never
// prints itself.
type Raw struct {
	From  string // bare ASCII address
	To    string // bare ASCII address; the only recipient
	Bytes []byte // RFC 5322 and MIME, 7-bit, CRLF
}

// Format writes "[mail]" for every verb.
func (Raw) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[mail]") }

// LogValue hides the mail from logs.
func (Raw) LogValue() slog.Value { return slog.StringValue("[mail]") }

// MarshalText hides the mail from JSON.
func (Raw) MarshalText() ([]byte, error) { return []byte("[mail]"), nil }

// Code is a code to type, digits only. It is written out nowhere but in a mail.
type Code string

// Format writes "[redacted]" for every verb.
func (Code) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[redacted]") }

// LogValue hides the code from logs.
func (Code) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// MarshalText hides the code from JSON.
func (Code) MarshalText() ([]byte, error) { return []byte("[redacted]"), nil }

// Compose writes the mail of a letter, dated now. The same letter, settings and
// instant give the same bytes. It returns ErrNoWords, ErrAddress, ErrSecret
// or ErrSettings; none of them goes away by trying again.
func Compose(l Letter, set Settings, now time.Time) (Raw, error) {
	if err := fits(l); err != nil {
		return Raw{}, err
	}
	where, err := parseOrigin(set.BaseURL)
	if err != nil {
		return Raw{}, err
	}
	head, err := addresses(l.Message, set)
	if err != nil {
		return Raw{}, err
	}
	said, err := say(l, where)
	if err != nil {
		return Raw{}, err
	}
	head.display = said.Firm
	head.subject = said.Subject
	head.date = now
	head.language = l.Message.Language
	head.id = string(l.Message.ID)
	if l.Message.Kind.ToInvitee() {
		head.unsubscribe = where.oneClick(l.Link)
	}
	raw, err := assemble(head, said)
	if err != nil {
		return Raw{}, fmt.Errorf("compose %s: %w", l.Message.ID, err)
	}
	return Raw{From: head.from, To: head.to, Bytes: raw}, nil
}

// fits checks that what was minted is what the kind carries and belongs to the
// message: a link of another message would open another invitation.
func fits(l Letter) error {
	m := l.Message
	wantLink, wantCode := m.Kind.Secret().Links(), m.Kind.Secret().Digits()
	if l.Link.Zero() == wantLink || (l.Code == "") == wantCode {
		return fmt.Errorf("%w: %s", ErrSecret, m.Kind)
	}
	if wantLink && (l.Link.Workspace != m.Workspace || l.Link.Thing != string(m.ID)) {
		return fmt.Errorf("%w: of another message", ErrSecret)
	}
	if strings.Trim(string(l.Code), "0123456789") != "" {
		return fmt.Errorf("%w: a code is digits", ErrSecret)
	}
	return nil
}

// addresses returns the envelope. Addresses are parsed again here although the
// domain did: this is the last place before a header.
func addresses(m message.Message, set Settings) (header, error) {
	var h header
	h.to = m.To.ASCII()
	h.from = ascii(cmp.Or(m.Model.Sender, set.Sender))
	h.replyTo = ascii(m.Model.ReplyTo)
	if h.to == "" || h.from == "" || (h.replyTo == "" && m.Model.ReplyTo != "") {
		return header{}, ErrAddress
	}
	return h, nil
}

func ascii(address string) string {
	parsed, err := email.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.ASCII()
}
