package factor

import (
	"bytes"
	"crypto/sha256"
	"io"
	"slices"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/password"
)

// Factor is the second factor of one identity.
type Factor struct {
	Since time.Time `json:"since"`
	// Sealed is the app's secret under the person's password; empty once it was
	// lost with a password that was reset: recovery codes only.
	Sealed password.Sealed `json:"sealed,omitempty"`
	// Codes are the SHA-256 of the recovery codes that were not used yet: a set.
	Codes [][]byte `json:"codes,omitempty"`
	// Step is that of the last code that was taken: it and those before are over
	// (RFC 6238 §5.2: a code is accepted once).
	Step int64 `json:"step,omitempty"`
}

// The faults of a second factor.
var (
	ErrWrong = fault.On("code", "second_factor_wrong", "This code does not fit, or was used already. Wait for the next one in your app, or type a recovery code.")
	ErrLost  = fault.On("code", "recovery_code_needed", "Your password was set anew by mail, so the app no longer counts. Type a recovery code, or ask another administrator to reset your second factor.")
)

// New makes the factor of whoever has shown that their app makes this secret's
// codes, and the recovery codes to hand out: they are shown once. It returns
// second_factor_wrong if the code is not one of the secret's, or what Seal returns.
func New(s Secret, about, code string, p password.Plain, cost password.Cost, random io.Reader, now time.Time) (Factor, []Recovery, error) {
	step, ok := s.take(code, now, 0)
	if !ok {
		return Factor{}, nil, ErrWrong
	}
	f := Factor{Since: now, Step: step}
	f, err := f.seal(s, about, p, cost, random)
	if err != nil {
		return Factor{}, nil, err
	}
	return f.Renew(random)
}

// Renew draws new recovery codes; the former are dead.
func (f Factor) Renew(random io.Reader) (Factor, []Recovery, error) {
	codes, err := draw(random)
	if err != nil {
		return f, nil, err
	}
	f.Codes = nil
	for _, c := range codes {
		f.Codes = append(f.Codes, c.hash())
	}
	return f, codes, nil
}

// Taken is what a code came to.
type Taken struct {
	Recovery bool // it was a recovery code: it is gone
}

// Take takes a code of the app, or a recovery code: once. p is the person's
// password, which is known to be right. What is returned must be stored under
// the version that was read, so that of two who show one code at once one
// fails. second_factor_wrong; recovery_code_needed for a code of the app when
// that was lost.
func (f Factor) Take(code, about string, p password.Plain, now time.Time) (Factor, Taken, error) {
	if r, ok := parse(code); ok {
		hash := r.hash()
		at := slices.IndexFunc(f.Codes, func(h []byte) bool { return bytes.Equal(h, hash) })
		if at < 0 {
			return f, Taken{}, ErrWrong
		}
		f.Codes = slices.Delete(slices.Clone(f.Codes), at, at+1)
		return f, Taken{Recovery: true}, nil
	}
	if f.Lost() {
		return f, Taken{}, ErrLost
	}
	s, err := f.open(about, p)
	if err != nil {
		return f, Taken{}, err
	}
	step, ok := s.take(code, now, f.Step)
	if !ok {
		return f, Taken{}, ErrWrong
	}
	f.Step = step
	return f, Taken{}, nil
}

// Move seals the secret under the person's next password.
func (f Factor) Move(about string, old, next password.Plain, cost password.Cost, random io.Reader) (Factor, error) {
	if f.Lost() {
		return f, nil
	}
	s, err := f.open(about, old)
	if err != nil {
		return f, err
	}
	return f.seal(s, about, next, cost, random)
}

// Lose is the factor after its person's password was replaced by somebody who
// did not know it: only recovery codes are left of it.
func (f Factor) Lose() Factor {
	f.Sealed = ""
	return f
}

// Lost reports whether only recovery codes are left.
func (f Factor) Lost() bool { return f.Sealed == "" }

func (f Factor) seal(s Secret, about string, p password.Plain, cost password.Cost, random io.Reader) (Factor, error) {
	var err error
	f.Sealed, err = password.Seal([]byte(s), about, p, cost, random)
	return f, err
}

func (f Factor) open(about string, p password.Plain) (Secret, error) {
	raw, ok, err := f.Sealed.Open(about, p)
	if err == nil && !ok {
		err = errSealed
	}
	return Secret(raw), err
}

// hashOf is how a recovery code is stored. Its 120 bits make a salt and a slow
// hash needless (NIST SP 800-63B-4 §3.1.2.2: from 112 bits on).
func hashOf(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}
