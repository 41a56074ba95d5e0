package session

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"portero/shared/domain/access"
	"portero/shared/domain/id"
)

// SecretBytes is the length of every secret: 256 bits (reliability D19).
const SecretBytes = 32

// ErrToken is the one reason a token is refused.
var ErrToken = errors.New("malformed token")

// Token is what a signed-in browser or program shows. It carries the keys of
// everything that deciding on it must read, so that one batch read does.
type Token struct {
	Workspace id.Workspace
	Identity  id.Identity
	Session   id.Session
	Grant     access.Grant // zero for staff
	secret    string
}

// NewToken draws a secret for a session and returns the token and the hash to
// store. It panics only if the system has no randomness.
func NewToken(ws id.Workspace, who id.Identity, s id.Session, g access.Grant) (Token, []byte) {
	secret := make([]byte, SecretBytes)
	if _, err := rand.Read(secret); err != nil {
		panic(err)
	}
	t := Token{Workspace: ws, Identity: who, Session: s, Grant: g, secret: base64.RawURLEncoding.EncodeToString(secret)}
	sum := sha256.Sum256(secret)
	return t, sum[:]
}

// Reveal returns the token as it is sent to its holder, and to nobody else.
func (t Token) Reveal() string {
	return strings.Join([]string{string(t.Workspace), string(t.Identity), string(t.Session),
		string(t.Grant.Account), string(t.Grant.Contact), string(t.Grant.Portal), string(t.Grant.Role), t.secret}, ".")
}

// ParseToken reads a token as its holder shows it; anything else is ErrToken.
func ParseToken(s string) (Token, error) {
	parts := strings.Split(s, ".")
	if len(parts) != 8 {
		return Token{}, ErrToken
	}
	t := Token{
		Workspace: id.Workspace(parts[0]), Identity: id.Identity(parts[1]), Session: id.Session(parts[2]),
		Grant:  access.Grant{Account: id.Account(parts[3]), Contact: id.Contact(parts[4]), Portal: id.Portal(parts[5]), Role: id.Role(parts[6])},
		secret: parts[7],
	}
	if errors.Join(t.Workspace.Check(), t.Identity.Check(), t.Session.Check()) != nil {
		return Token{}, ErrToken
	}
	g := t.Grant
	if !g.Zero() && errors.Join(g.Account.Check(), g.Contact.Check(), g.Portal.Check(), g.Role.Check()) != nil {
		return Token{}, ErrToken
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(t.secret)
	if err != nil || len(raw) != SecretBytes || base64.RawURLEncoding.EncodeToString(raw) != t.secret { // line breaks decode, too
		return Token{}, ErrToken
	}
	return t, nil
}

// Opens reports, in constant time, whether the token is the one the session
// was made with, for the grant the session is using.
func (t Token) Opens(s Session) bool {
	raw, err := base64.RawURLEncoding.DecodeString(t.secret)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(raw)
	return subtle.ConstantTimeCompare(sum[:], s.Hash) == 1 && t.Grant == s.Grant
}

// Zero reports whether there is no token.
func (t Token) Zero() bool { return t.secret == "" }

// String never shows the secret.
func (t Token) String() string { return "[token of " + string(t.Session) + "]" }

// Format writes what String returns for every verb: %+v and %#v would walk into
// the secret.
func (t Token) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, t.String()) }

// LogValue never shows the secret.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText never shows the secret; use Reveal on purpose.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }
