package link

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// SecretBytes is the length of a link's secret: 256 bits (reliability D19).
const SecretBytes = 32

// ErrUnknown is the one answer to a link that is not ours, altered, or of
// something that is not there: the same bytes for all.
var ErrUnknown = fault.New(fault.NotFound, "link_unknown", "This link does not lead anywhere. Open the newest message from the firm, or ask them for a new link.")

// Token is what stands behind the "#": <workspace>.<thing>.<secret>.
type Token struct {
	Workspace id.Workspace
	Thing     string // the identifier of a message, a join link or a verification
	secret    []byte
}

// New draws a secret for a thing.
func New(ws id.Workspace, thing string) Token {
	t := Token{Workspace: ws, Thing: thing, secret: make([]byte, SecretBytes)}
	if _, err := rand.Read(t.secret); err != nil {
		panic(err) // no randomness: Go itself treats it as fatal
	}
	return t
}

// Parse reads a token; anything malformed is link_unknown.
func Parse(s string) (Token, error) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || len(s) > 200 || id.Workspace(parts[0]).Check() != nil {
		return Token{}, ErrUnknown
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(raw) != SecretBytes || base64.RawURLEncoding.EncodeToString(raw) != parts[2] { // line breaks decode, too
		return Token{}, ErrUnknown
	}
	t := Token{Workspace: id.Workspace(parts[0]), Thing: parts[1], secret: raw}
	if id.Message(t.Thing).Check() != nil && id.JoinLink(t.Thing).Check() != nil && id.Verification(t.Thing).Check() != nil {
		return Token{}, ErrUnknown
	}
	return t, nil
}

// Message returns the message of a mailed or copied link; link_unknown if the
// token is of another kind.
func (t Token) Message() (id.Message, error) { return thing[id.Message](t) }

// JoinLink returns the join link of a shared link; link_unknown if the token is
// of another kind.
func (t Token) JoinLink() (id.JoinLink, error) { return thing[id.JoinLink](t) }

// Verification returns the verification that a browser began; link_unknown if
// the token is of another kind.
func (t Token) Verification() (id.Verification, error) { return thing[id.Verification](t) }

func thing[T interface {
	id.ID
	Check() error
}](t Token) (T, error) {
	v := T(t.Thing)
	if v.Check() != nil || t.Zero() {
		return "", ErrUnknown
	}
	return v, nil
}

// Hash is what is stored.
func (t Token) Hash() []byte {
	sum := sha256.Sum256(t.secret)
	return sum[:]
}

// Unsubscribe returns the token that may do nothing but stop mail to one
// address (RFC 8058). It cannot be turned back into the link it came with.
func (t Token) Unsubscribe() Token {
	sum := sha256.Sum256(append([]byte("unsubscribe\x00"), t.secret...))
	return Token{Workspace: t.Workspace, Thing: t.Thing, secret: sum[:]}
}

// Opens reports, in constant time, whether one of the stored hashes is this
// token's.
func (t Token) Opens(hashes ...[]byte) bool {
	if len(t.secret) != SecretBytes {
		return false
	}
	mine, found := t.Hash(), 0
	for _, h := range hashes {
		found |= subtle.ConstantTimeCompare(mine, h)
	}
	return found == 1
}

// Reveal returns the token as it stands behind the "#".
func (t Token) Reveal() string {
	return strings.Join([]string{string(t.Workspace), t.Thing, base64.RawURLEncoding.EncodeToString(t.secret)}, ".")
}

// Zero reports whether there is no token.
func (t Token) Zero() bool { return len(t.secret) == 0 }

// String never shows the secret.
func (t Token) String() string { return "[link of " + t.Thing + "]" }

// Format writes what String returns for every verb: %+v and %#v would walk into
// the secret.
func (t Token) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// MarshalText never shows the secret; use Reveal on purpose.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// LogValue never shows the secret.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }
