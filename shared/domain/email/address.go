package email

import (
	"errors"
	"log/slog"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

const (
	// maxLocal is the longest local part in octets: RFC 5321 §4.5.3.1.1.
	maxLocal = 64
	// maxAddress is the longest address in octets, in its ASCII form: RFC 5321
	// §4.5.3.1.3 less the angle brackets (RFC 3696 erratum 1690).
	maxAddress = 254
	// maxLabel is the longest domain label in octets: RFC 1123 §2.1, RFC 1035 §2.3.4.
	maxLabel = 63
	// maxTyped bounds what is looked at before the domain becomes ASCII, in
	// bytes. A domain grows when it becomes ASCII unless it held characters that
	// vanish; chosen, no evidence.
	maxTyped = 1024
)

var (
	// ErrMalformed says that the text is not one bare address. Callers answer
	// with the fault code address_malformed.
	ErrMalformed = errors.New("email: malformed address")
	// ErrUnsupported says that the address is well formed but its local part is
	// not ASCII, which SES cannot send to. Callers answer with the fault code
	// address_unsupported.
	// https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html
	ErrUnsupported = errors.New("email: local part is not ascii")
)

// Address is one mail address as the person typed it, without the space around
// it. Only [Parse] and UnmarshalText make one from outside; a plain conversion
// is for what the store returns. The zero value means "no address".
type Address string

// Parse takes a bare addr-spec: no display name, comment, quoted local part, IP
// literal, inner space or control character. White space and invisible format
// characters (which clipboards add) are trimmed at both ends. It returns
// [ErrMalformed] or [ErrUnsupported].
func Parse(s string) (Address, error) {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if len(s) > maxTyped || !utf8.ValidString(s) {
		return "", ErrMalformed
	}
	local, domain, ok := split(s)
	if !ok || !wellFormedLocal(local) {
		return "", ErrMalformed
	}
	ascii, ok := asciiDomain(domain)
	if !ok || len(local)+1+len(ascii) > maxAddress {
		return "", ErrMalformed
	}
	if !isASCII(local) {
		return "", ErrUnsupported
	}
	return Address(s), nil
}

// Domain returns the domain in ASCII and lower case; "" for a value that was
// never parsed.
func (a Address) Domain() string {
	_, domain, _ := split(string(a))
	ascii, _ := asciiDomain(domain)
	return ascii
}

// ASCII returns the form for the SMTP envelope and for headers: the local part
// as typed and the domain in ASCII. It never holds a control character or a
// space; it is "" for a value that was never parsed.
func (a Address) ASCII() string {
	local, _, ok := split(string(a))
	domain := a.Domain()
	if !ok || domain == "" || !isASCII(local) || !wellFormedLocal(local) {
		return ""
	}
	return local + "@" + domain
}

// UnmarshalText sets a to the parsed text. It returns what [Parse] returns and
// leaves a alone then.
func (a *Address) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}

// LogValue hides the address from logs.
func (a Address) LogValue() slog.Value { return slog.StringValue("[address]") }

// split cuts at the only "@" there may be: quoted local parts, where a second
// one could stand, are refused.
func split(s string) (local, domain string, ok bool) {
	local, domain, ok = strings.Cut(s, "@")
	return local, domain, ok && !strings.Contains(domain, "@")
}

// wellFormedLocal reports whether s is a dot-atom of RFC 5322 §3.2.3, with the
// letters, marks and digits that RFC 6531 §3.3 adds: those are told apart later
// so that the person reads the right reason.
func wellFormedLocal(s string) bool {
	if s == "" || len(s) > maxLocal || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for _, r := range s {
		ascii := r < utf8.RuneSelf && (isAlphanumeric(byte(r)) || strings.ContainsRune(".!#$%&'*+-/=?^_`{|}~", r))
		other := r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r))
		if !ascii && !other {
			return false
		}
	}
	return true
}

// asciiDomain returns a host name of two labels or more, lower case, in the
// ASCII form of IDNA 2008 (RFC 5891 §5, profile "lookup"), or false.
func asciiDomain(s string) (string, bool) {
	if s == "" {
		return "", false
	}
	ascii, err := idna.Lookup.ToASCII(s)
	if err != nil {
		return "", false
	}
	ascii = strings.ToLower(ascii)
	labels := strings.Split(ascii, ".")
	for _, label := range labels {
		if !wellFormedLabel(label) {
			return "", false
		}
	}
	// An all-numeric last label is an IP address or a slip: RFC 3696 §2.
	last := labels[len(labels)-1]
	if len(labels) < 2 || strings.Trim(last, "0123456789") == "" {
		return "", false
	}
	return ascii, true
}

// wellFormedLabel holds a label to RFC 1123 §2.1: letters, digits and inner hyphens.
func wellFormedLabel(s string) bool {
	if s == "" || len(s) > maxLabel || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && s[i] != '-' {
			return false
		}
	}
	return true
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
