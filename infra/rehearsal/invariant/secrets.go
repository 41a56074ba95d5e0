package invariant

import (
	"encoding/base64"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// secrets looks for what was issued in every item, key and log line (D19): of a
// token its secret part, in base64 of either kind or as bytes; of the rest what
// it is.
func (c *check) secrets() {
	w := watched{}
	for _, s := range c.options.Secrets {
		w.add(s)
	}
	if len(w) == 0 {
		return
	}
	for table, items := range c.items {
		for _, item := range items {
			var b strings.Builder
			write(&b, &types.AttributeValueMemberM{Value: item})
			found := w.in(b.String())
			c.must(!found, "%s: a secret stands readable in %s / %s", table, text(item[schema.PK]), text(item[schema.SK]))
		}
	}
	for _, line := range c.options.Logs {
		if w.in(line) {
			kind, _, _ := strings.Cut(line, " ")
			c.must(false, "a secret stands readable in a log line that begins with %.40q", kind)
		}
	}
}

// watched are words to look for, by their length.
type watched map[int]map[string]bool

// minSecret keeps words that may stand anywhere by chance out: a code has 8
// digits, everything else more (chosen).
const minSecret = 8

func (w watched) add(secret string) {
	last := secret[strings.LastIndex(secret, ".")+1:]
	forms := []string{last}
	if raw, err := base64.RawURLEncoding.DecodeString(last); err == nil && len(raw) == 32 {
		forms = append(forms, string(raw), strings.TrimRight(base64.StdEncoding.EncodeToString(raw), "="))
	}
	for _, f := range forms {
		if len(f) < minSecret {
			continue
		}
		if w[len(f)] == nil {
			w[len(f)] = map[string]bool{}
		}
		w[len(f)][f] = true
	}
}

// in reports whether any of the words stands in a text.
func (w watched) in(s string) bool {
	for n, words := range w {
		for i := 0; i+n <= len(s); i++ {
			if words[s[i:i+n]] && alone(s, i, i+n) {
				return true
			}
		}
	}
	return false
}

// alone keeps eight digits in the middle of a longer number from being a code.
func alone(s string, from, to int) bool {
	return to-from > minSecret || (from == 0 || !alphanumeric(s[from-1])) && (to == len(s) || !alphanumeric(s[to]))
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// write writes all that an attribute says, one value a line.
func write(b *strings.Builder, v types.AttributeValue) {
	line := func(s string) { b.WriteString(s); b.WriteByte('\n') }
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		line(v.Value)
	case *types.AttributeValueMemberN:
		line(v.Value)
	case *types.AttributeValueMemberB:
		line(string(v.Value))
	case *types.AttributeValueMemberSS:
		line(strings.Join(v.Value, "\n"))
	case *types.AttributeValueMemberBS:
		for _, one := range v.Value {
			line(string(one))
		}
	case *types.AttributeValueMemberL:
		for _, one := range v.Value {
			write(b, one)
		}
	case *types.AttributeValueMemberM:
		for name, one := range dynamo.Item(v.Value) {
			line(name)
			write(b, one)
		}
	}
}
