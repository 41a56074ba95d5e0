package factor

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

const (
	// RecoveryCodes is how many there are at first (chosen; no evidence).
	RecoveryCodes = 8
	// recoveryBytes is the randomness of one: 120 bits.
	recoveryBytes = 15
	recoveryRunes = 24 // in base32
	recoveryGroup = 4
)

// Recovery is a recovery code in base32, without its hyphens. It never prints
// itself.
type Recovery string

func draw(random io.Reader) ([]Recovery, error) {
	all := make([]Recovery, RecoveryCodes)
	raw := make([]byte, recoveryBytes)
	for i := range all {
		if _, err := io.ReadFull(random, raw); err != nil {
			return nil, fmt.Errorf("factor: draw recovery codes: %w", err)
		}
		all[i] = Recovery(text32.EncodeToString(raw))
	}
	return all, nil
}

// Reveal returns the code in groups of four, for its owner and nobody else.
func (r Recovery) Reveal() string {
	var groups []string
	for s := string(r); s != ""; s = s[recoveryGroup:] {
		groups = append(groups, s[:recoveryGroup])
	}
	return strings.Join(groups, "-")
}

// parse reads a recovery code as people type it; false for what is none.
func parse(typed string) (Recovery, bool) {
	s := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(typed))
	if len(s) != recoveryRunes || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return "", false
	}
	return Recovery(s), true
}

func (r Recovery) hash() []byte { return hashOf(string(r)) }

// Format writes "[redacted]" for every verb.
func (Recovery) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[redacted]") }

// LogValue hides the code from logs.
func (Recovery) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// MarshalText hides the code from JSON; use Reveal on purpose.
func (Recovery) MarshalText() ([]byte, error) { return []byte("[redacted]"), nil }
