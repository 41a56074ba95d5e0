package localtime

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// maxZoneName bounds, in bytes, what is looked up. The longest name of the database has 32
// (America/Argentina/ComodRivadavia); chosen with room to spare.
const maxZoneName = 64

// Load returns the zone of an IANA name such as "Europe/Madrid" or "UTC". It refuses "", "Local" and whatever is not a
// name of the database with a plain error, which the caller translates. It keeps nothing: each call reads the database.
func Load(name string) (*time.Location, error) {
	if !isZoneName(name) || isNoPlace(name) {
		return nil, errors.New("zone must be an IANA name such as Europe/Madrid")
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("load zone: %w", err)
	}
	return zone, nil
}

// isZoneName says whether name has the form of IANA names: parts of ASCII letters, digits, "_", "+" and "-" that begin
// with a letter (https://data.iana.org/time-zones/theory.html#naming). It keeps paths such as "Europe/./Madrid", which
// a file system would resolve, from becoming a second spelling of a stored name.
func isZoneName(name string) bool {
	if len(name) > maxZoneName {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || !isLetter(part[0]) {
			return false
		}
		for _, c := range []byte(part) {
			if !isLetter(c) && (c < '0' || c > '9') && c != '_' && c != '+' && c != '-' {
				return false
			}
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// isNoPlace names what loads on some machines and stands for no place: the machine's own zone, the database's
// stand-ins, and its parallel trees, of which "right" counts leap seconds and is 27 s off (leapseconds of the tz
// database).
func isNoPlace(name string) bool {
	switch name {
	case "Local", "localtime", "posixrules", "Factory":
		return true
	}
	return strings.HasPrefix(name, "posix/") || strings.HasPrefix(name, "right/")
}
