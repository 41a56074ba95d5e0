// Package id holds the identifiers of everything Portero stores: a prefix, an
// underscore and a sortable unique part, for example inv_01jd0h5m3w8q….
//
// Each thing has its own type, so that the compiler refuses a contact where a
// portal is meant. Parse identifiers at the edge with Check; a wrong prefix is
// invalid input.
//
// It must never know where a thing is stored. It is one of the two packages
// that may read crypto/rand (the other is shared/app).
//
// The unique part is a ULID (github.com/oklog/ulid/v2, chosen because it is the
// reference Go implementation, small and without dependencies): 48 bits of
// milliseconds and 80 random bits, in lower-case Crockford base 32.
//
// Next: shared/dynamo/keys.go, where identifiers become keys.
package id
