package id

import "errors"

// MaxExternal bounds an external identifier in bytes (chosen: a URN with a UUID
// has 45, and a key must stay below 2,048).
const MaxExternal = 128

// ErrExternal is the one reason an external identifier is refused.
var ErrExternal = errors.New("malformed external identifier")

// CheckExternal refuses with ErrExternal what cannot be the identifier of a thing in
// another system (row B11): 1 to MaxExternal letters, digits and - . _ ~ : without
// accents, capitals told apart. They are those that stand in a path as they are
// (RFC 3986 §3.3, pchar without percent-encoding, of them those that keys and logs
// need not quote), so that nobody puts an address there.
func CheckExternal(s string) error {
	if s == "" || len(s) > MaxExternal || s == "." || s == ".." {
		return ErrExternal
	}
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case c == '-', c == '.', c == '_', c == '~', c == ':':
		default:
			return ErrExternal
		}
	}
	return nil
}
