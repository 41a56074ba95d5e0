package password

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
)

// Sealed is a secret that only its owner's password opens: AES-256-GCM under a
// key that argon2id makes of the password, with a salt of its own, so that the
// stored hash of the same password says nothing about the key. It is for what a
// hash cannot do: a second factor's secret is needed to compare with. There is
// no key beside the password, neither in the environment nor with AWS: what the
// tables hold cannot be read by whoever has the tables, and a restored table is
// whole. Who cracks the password has the secret as well; who sets another
// without knowing the old one has lost it.
//
// Its form is that of [Hash], with nonce and box in the place of the tag. To
// store it, convert it with string(s).
type Sealed string

// Seal seals a secret under a password. about binds it to whom it belongs: what
// is copied to somebody else does not open. One hash of time.
func Seal(secret []byte, about string, p Plain, cost Cost, random io.Reader) (Sealed, error) {
	if err := cost.Valid(); err != nil {
		return "", err
	}
	fresh := make([]byte, saltBytes+nonceBytes)
	if _, err := io.ReadFull(random, fresh); err != nil {
		return "", fmt.Errorf("password: draw salt: %w", err)
	}
	salt, nonce := fresh[:saltBytes], fresh[saltBytes:]
	box, err := boxOf(p, cost, salt)
	if err != nil {
		return "", err
	}
	return Sealed(encode(cost, salt, box.Seal(slices.Clone(nonce), nonce, secret, []byte(about)))), nil
}

// Open returns the secret; false if the password is not the one, or about is
// somebody else. What is no sealed secret is an error. One hash of time.
func (s Sealed) Open(about string, p Plain) (secret []byte, ok bool, err error) {
	cost, salt, sealed, err := s.decode()
	if err != nil {
		return nil, false, err
	}
	box, err := boxOf(p, cost, salt)
	if err != nil {
		return nil, false, err
	}
	secret, err = box.Open(nil, sealed[:nonceBytes], sealed[nonceBytes:], []byte(about))
	return secret, err == nil, nil
}

// nonceBytes is the length of a GCM nonce (NIST SP 800-38D §8.2); each key
// seals once, its salt being new.
const nonceBytes = 12

func boxOf(p Plain, cost Cost, salt []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(derive(p, cost, salt))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// decode takes exactly what encode writes, as Hash.decode does.
func (s Sealed) decode() (c Cost, salt, sealed []byte, err error) {
	part := strings.Split(string(s), "$")
	if len(part) != 6 {
		return Cost{}, nil, nil, errMalformed
	}
	if c, err = decodeCost(part[3]); err != nil {
		return Cost{}, nil, nil, err
	}
	b64 := base64.RawStdEncoding.Strict()
	salt, errSalt := b64.DecodeString(part[4])
	sealed, errBox := b64.DecodeString(part[5])
	if errSalt != nil || errBox != nil || len(salt) != saltBytes || len(sealed) <= nonceBytes || Sealed(encode(c, salt, sealed)) != s {
		return Cost{}, nil, nil, errMalformed
	}
	return c, salt, sealed, nil
}

// Format writes "[redacted]" for every verb.
func (Sealed) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue hides it from logs.
func (Sealed) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON returns "[redacted]" as a JSON string.
func (Sealed) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
