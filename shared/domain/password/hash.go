package password

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
)

const (
	saltBytes = 16 // RFC 9106 §3.1 recommends 16
	tagBytes  = 32 // RFC 9106 §4: 256-bit tag
)

// errMalformed says that stored text is not one of our hashes. It never holds
// the text.
var errMalformed = errors.New("password: malformed hash")

// Hash is an argon2id hash in PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>, both in base64 without padding.
// To store it, convert it with string(h): fmt, slog and JSON see "[redacted]".
type Hash string

// New hashes p, whole and exactly as typed (in Unicode form NFC), with a salt
// from random. It returns an error for a cost outside its limits and when random
// fails. It takes as long as [Cost] says; it does not check the policy.
func New(p Plain, cost Cost, random io.Reader) (Hash, error) {
	if err := cost.Valid(); err != nil {
		return "", err
	}
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("password: draw salt: %w", err)
	}
	return encode(cost, salt, derive(p, cost, salt)), nil
}

// Verify reports whether p is the password of h, in time that depends on the
// cost in h only. A malformed hash, or one whose cost is outside the limits, is
// an error; a wrong password is not.
func (h Hash) Verify(p Plain) (ok bool, err error) {
	cost, salt, tag, err := h.decode()
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(derive(p, cost, salt), tag) == 1, nil
}

// Outdated reports whether h is weaker than cost in memory or passes, or
// malformed: then the next sign-in, which has the password, makes a new one.
func (h Hash) Outdated(cost Cost) bool {
	own, _, _, err := h.decode()
	return err != nil || own.MemoryKiB < cost.MemoryKiB || own.Time < cost.Time
}

// Dummy returns a fixed hash of the given cost that no password is known for.
// Verify against it where there is no identity, so that every answer costs one
// hash (product rule: design.md §7). It costs nothing to make.
func Dummy(cost Cost) Hash {
	tag := sha256.Sum256([]byte("portero: nobody's password"))
	return encode(cost, tag[:saltBytes], tag[:])
}

// String returns "[redacted]".
func (Hash) String() string { return redacted }

// Format writes "[redacted]" for every verb.
func (Hash) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue hides the hash from logs.
func (Hash) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON returns "[redacted]" as a JSON string.
func (Hash) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// runs counts argon2id, for Runs and nothing else.
var runs atomic.Int64

// Runs returns how often this process has run argon2id: tests hold it against
// "exactly one hash on every path" (reliability D23, D28), whoever hashes.
func Runs() int64 { return runs.Load() }

func derive(p Plain, c Cost, salt []byte) []byte {
	runs.Add(1)
	return argon2.IDKey([]byte(p.normal()), salt, c.Time, c.MemoryKiB, c.Threads, tagBytes)
}

func encode(c Cost, salt, tag []byte) Hash {
	b64 := base64.RawStdEncoding
	return Hash(fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		c.MemoryKiB, c.Time, c.Threads, b64.EncodeToString(salt), b64.EncodeToString(tag)))
}

// decode takes exactly what encode writes: no other parameter, order or length.
func (h Hash) decode() (c Cost, salt, tag []byte, err error) {
	part := strings.Split(string(h), "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != "v="+strconv.Itoa(argon2.Version) {
		return Cost{}, nil, nil, errMalformed
	}
	if c, err = decodeCost(part[3]); err != nil {
		return Cost{}, nil, nil, err
	}
	b64 := base64.RawStdEncoding.Strict()
	salt, errSalt := b64.DecodeString(part[4])
	tag, errTag := b64.DecodeString(part[5])
	if errSalt != nil || errTag != nil || len(salt) != saltBytes || len(tag) != tagBytes || encode(c, salt, tag) != h {
		return Cost{}, nil, nil, errMalformed
	}
	return c, salt, tag, nil
}

func decodeCost(s string) (Cost, error) {
	var value [3]uint64
	part := strings.Split(s, ",")
	if len(part) != len(value) {
		return Cost{}, errMalformed
	}
	for i, name := range []string{"m=", "t=", "p="} {
		digits, ok := strings.CutPrefix(part[i], name)
		n, err := strconv.ParseUint(digits, 10, 32)
		if !ok || err != nil {
			return Cost{}, errMalformed
		}
		value[i] = n
	}
	if value[2] > maxThreads {
		return Cost{}, errMalformed
	}
	c := Cost{MemoryKiB: uint32(value[0]), Time: uint32(value[1]), Threads: uint8(value[2])}
	return c, c.Valid()
}
