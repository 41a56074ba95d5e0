package password

import (
	"crypto/sha256"
	_ "embed" // the list below
	"encoding/binary"
	"sort"
)

// blocklist holds the fingerprints of common and breached passwords, made by
// gen/main.go: first 257 numbers (big endian, 4 bytes), where number i counts the
// fingerprints whose first byte is less than i; then the other three bytes of each
// fingerprint, in order. It is read where it lies: nothing is built at start.
//
//go:embed blocklist.bin
var blocklist string

const (
	blocklistHeader = 257 * 4
	blocklistRecord = 3
)

// common reports whether folded, or the unit of which it is a repetition, is on
// the blocklist. Two passwords can share a fingerprint: one in 32,000 that is on
// no list is refused all the same.
func common(folded string) bool {
	if listed(folded) {
		return true
	}
	runes := []rune(folded)
	unit := repeated(runes)
	return len(unit) < len(runes) && listed(string(unit))
}

func listed(folded string) bool { return stands(fingerprint(folded)) }

// stands reports whether the fingerprint is in the list.
func stands(f uint32) bool {
	first, rest := int(f>>24), f&0xffffff
	from := blocklistNumber(4*first, 4)
	to := blocklistNumber(4*(first+1), 4)
	record := func(i int) uint32 {
		return blocklistNumber(blocklistHeader+blocklistRecord*(int(from)+i), blocklistRecord)
	}
	n := int(to - from)
	i := sort.Search(n, func(i int) bool { return record(i) >= rest })
	return i < n && record(i) == rest
}

// blocklistNumber reads a big-endian number of size bytes.
func blocklistNumber(at, size int) (n uint32) {
	for _, b := range []byte(blocklist[at : at+size]) {
		n = n<<8 | uint32(b)
	}
	return n
}

// Fingerprint returns the number under which a password stands in the
// blocklist, whatever its case. It is exported for gen, which writes the list.
func Fingerprint(p Plain) uint32 { return fingerprint(fold(p.normal())) }

func fingerprint(folded string) uint32 {
	sum := sha256.Sum256([]byte(folded))
	return binary.BigEndian.Uint32(sum[:])
}
