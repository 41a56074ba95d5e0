package factor

import (
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"portero/shared/domain/fault"
)

const (
	// SecretBytes is the length of an app's secret (RFC 4226 §4 R6: 160 bits).
	SecretBytes = 20
	// Period is how long a code is shown (RFC 6238 §5.2: 30 s).
	Period = 30 * time.Second
	// skew is how many steps a clock may be off to either side (RFC 6238 §5.2: at
	// most one for the way, and one for the clock).
	skew = 1
)

var (
	// ErrSecret says that a secret is not one that was drawn here.
	ErrSecret = fault.On("secret", "secret_malformed", "This is not the secret that was shown. Begin again.")
	errSealed = errors.New("factor: the right password does not open what it sealed")
	text32    = base32.StdEncoding.WithPadding(base32.NoPadding)
)

// Secret is what app and firm share, as bytes. It never prints itself.
type Secret string

// NewSecret draws one.
func NewSecret(random io.Reader) (Secret, error) {
	raw := make([]byte, SecretBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("factor: draw secret: %w", err)
	}
	return Secret(raw), nil
}

// ParseSecret reads what Reveal wrote, or secret_malformed.
func ParseSecret(s string) (Secret, error) {
	raw, err := text32.DecodeString(s)
	if err != nil || len(raw) != SecretBytes || text32.EncodeToString(raw) != s { // line breaks decode, too
		return "", ErrSecret
	}
	return Secret(raw), nil
}

// Reveal returns the secret in base32, for its owner's app and nobody else.
func (s Secret) Reveal() string { return text32.EncodeToString([]byte(s)) }

// Link returns what an app reads from a QR code
// (https://github.com/google/google-authenticator/wiki/Key-Uri-Format): firm and
// address tell the app's entries apart.
func (s Secret) Link(firm, address string) string {
	firm = strings.ReplaceAll(firm, ":", " ")
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + firm + ":" + address,
		RawQuery: "secret=" + s.Reveal() + "&issuer=" + strings.ReplaceAll(url.QueryEscape(firm), "+", "%20")}
	return u.String()
}

// CodeAt returns the code of an instant: what the app shows.
func (s Secret) CodeAt(at time.Time) (string, error) {
	return hotp.GenerateCodeCustom(s.Reveal(), uint64(stepOf(at)), options)
}

// options are what apps take for granted: six digits, SHA-1.
var options = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

func stepOf(at time.Time) int64 { return at.Unix() / int64(Period/time.Second) }

// take returns the step of a code that is good at now and later than the last.
// All steps are compared, in constant time each.
func (s Secret) take(code string, now time.Time, last int64) (step int64, ok bool) {
	code = strings.NewReplacer(" ", "", "-", "").Replace(code)
	for at := stepOf(now) - skew; at <= stepOf(now)+skew; at++ {
		good, err := hotp.ValidateCustom(code, uint64(at), s.Reveal(), options)
		if err == nil && good && at > last && !ok {
			step, ok = at, true
		}
	}
	return step, ok
}

// Format writes "[redacted]" for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[redacted]") }

// LogValue hides the secret from logs.
func (Secret) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// MarshalText hides the secret from JSON; use Reveal on purpose.
func (Secret) MarshalText() ([]byte, error) { return []byte("[redacted]"), nil }
