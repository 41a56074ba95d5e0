package apikey

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"strings"

	"portero/shared/domain/id"
)

// Prefix begins every key, so that scanners of code and logs find one that
// leaked; its checksum tells it from what merely looks like one
// (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/).
const Prefix = "pk_"

const (
	secretBytes = 32 // 256 bits (reliability D19)
	secretText  = 52 // of 32 bytes in base 32
	checkText   = 7  // of 4 bytes in base 32
)

// letters is Crockford's base 32 in lower case, as in identifiers: a key has no
// character at which a double click would stop.
var letters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// ErrToken is the one reason a key is refused.
var ErrToken = errors.New("malformed api key")

// Token is what a program shows: pk_<workspace>_<creator>_<key>_<secret><checksum>,
// the first three without their own prefixes. Like a session's it carries the keys
// of everything that deciding on it must read, so that one batch read does.
type Token struct {
	Workspace id.Workspace
	Creator   id.Identity
	Key       id.APIKey
	secret    []byte
}

// newToken draws a secret. It panics only if the system has no randomness.
func newToken(ws id.Workspace, creator id.Identity, key id.APIKey) Token {
	t := Token{Workspace: ws, Creator: creator, Key: key, secret: make([]byte, secretBytes)}
	if _, err := rand.Read(t.secret); err != nil {
		panic(err)
	}
	return t
}

// Reveal returns the key as its holder is told it, once.
func (t Token) Reveal() string {
	body := Prefix + strings.Join([]string{strings.TrimPrefix(string(t.Workspace), t.Workspace.Prefix()),
		strings.TrimPrefix(string(t.Creator), t.Creator.Prefix()), strings.TrimPrefix(string(t.Key), t.Key.Prefix()),
		letters.EncodeToString(t.secret)}, "_")
	return body + checksum(body)
}

func checksum(body string) string {
	sum := crc32.ChecksumIEEE([]byte(body))
	return letters.EncodeToString([]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
}

// Parse reads a key as its holder shows it; anything else is ErrToken.
func Parse(s string) (Token, error) {
	rest, ok := strings.CutPrefix(s, Prefix)
	parts := strings.Split(rest, "_")
	if !ok || len(parts) != 4 || len(parts[3]) != secretText+checkText {
		return Token{}, ErrToken
	}
	t := Token{Workspace: id.Workspace(id.Workspace("").Prefix() + parts[0]), Creator: id.Identity(id.Identity("").Prefix() + parts[1]),
		Key: id.APIKey(id.APIKey("").Prefix() + parts[2])}
	if checksum(s[:len(s)-checkText]) != s[len(s)-checkText:] || errors.Join(t.Workspace.Check(), t.Creator.Check(), t.Key.Check()) != nil {
		return Token{}, ErrToken
	}
	secret, err := letters.DecodeString(parts[3][:secretText])
	if err != nil || len(secret) != secretBytes || letters.EncodeToString(secret) != parts[3][:secretText] {
		return Token{}, ErrToken
	}
	t.secret = secret
	return t, nil
}

// hash is what is stored.
func (t Token) hash() []byte {
	sum := sha256.Sum256(t.secret)
	return sum[:]
}

// Opens reports, in constant time, whether the token is the key's.
func (t Token) Opens(k Key) bool {
	return len(t.secret) > 0 && subtle.ConstantTimeCompare(t.hash(), k.Hash) == 1
}

// Zero reports whether there is no token.
func (t Token) Zero() bool { return len(t.secret) == 0 }

// String never shows the secret.
func (t Token) String() string { return "[api key " + string(t.Key) + "]" }

// Format writes what String returns for every verb.
func (t Token) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// LogValue never shows the secret.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText never shows the secret; use Reveal on purpose.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }
