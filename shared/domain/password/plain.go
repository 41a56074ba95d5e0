package password

import (
	"fmt"
	"io"
	"log/slog"

	"golang.org/x/text/unicode/norm"
)

const redacted = "[redacted]"

// Plain is a password as a person typed it. It decodes from JSON like a string
// and is never written out again: String, Format, LogValue and JSON are redacted.
type Plain string

// String returns "[redacted]".
func (Plain) String() string { return redacted }

// Format writes "[redacted]" for every verb.
func (Plain) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue hides the password from logs.
func (Plain) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON returns "[redacted]" as a JSON string.
func (Plain) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// normal returns the text that is counted, hashed and compared: the whole
// string as typed, in Unicode form NFC, so that one password typed on two
// keyboards is one password (NIST SP 800-63B-4 §3.1.1.2). Nothing is trimmed, cut or
// folded.
func (p Plain) normal() string { return norm.NFC.String(string(p)) }
