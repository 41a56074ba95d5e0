package simulation

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// trace is everything that happened, a line each.
type trace struct {
	began time.Time
	lines []string
}

func (t *trace) add(format string, args ...any) {
	t.lines = append(t.lines, fmt.Sprintf("%12.3f ", time.Since(t.began).Seconds())+fmt.Sprintf(format, args...))
}

// bytes is the whole of it.
func (t *trace) bytes() []byte { return []byte(strings.Join(t.lines, "\n")) }

// tail is its last lines.
func (t *trace) tail(n int) string { return strings.Join(t.lines[max(0, len(t.lines)-n):], "\n") }

// lines is what the functions log. One of them runs at a time.
type lines struct{ lines []string }

func (l *lines) Write(p []byte) (int, error) {
	l.lines = append(l.lines, string(p))
	return len(p), nil
}

func (l *lines) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(l, nil)) }

// canonical is a body in a form that does not depend on the order of a map: JSON
// with its names sorted, and without the token that only the SDK's retries know.
func canonical(service string, body []byte) string {
	if service != "dynamodb" {
		return string(body)
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return string(body)
	}
	if m, ok := v.(map[string]any); ok {
		delete(m, "ClientRequestToken")
	}
	sorted, err := json.Marshal(v)
	if err != nil {
		return string(body)
	}
	return string(sorted)
}

// digest stands for bytes in the trace, which holds no secret.
func digest[T string | []byte](b T) string {
	if len(b) == 0 {
		return "-"
	}
	sum := sha256.Sum256([]byte(b))
	return hex.EncodeToString(sum[:5])
}
