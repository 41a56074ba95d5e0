package id

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// The identifiers, with their prefixes in prefixes below.
type (
	Workspace    string // ws_  one firm
	Identity     string // idn_ one address in one workspace
	Account      string // acc_ a client company or household
	Contact      string // con_ a person known to the firm
	Portal       string // por_ a named entrance
	Role         string // rol_ what a kind of client may do
	Invitation   string // inv_ an offer to one address
	JoinLink     string // jln_ a shareable link
	JoinRequest  string // jrq_ a request that staff approve first
	Message      string // msg_ one mail in the outbox
	Session      string // ses_ one signed-in browser or program
	Audit        string // aud_ one entry of the audit trail
	APIKey       string // key_ a program's way in
	Verification string // ver_ an address being proved by a mailed code
	Job          string // job_ bulk work
)

// ID is any of the identifiers.
type ID interface {
	~string
	Prefix() string
}

// uniqueLength is the length of a ULID in text: 26 characters (ULID spec,
// "Encoding").
const uniqueLength = 26

// alphabet is Crockford's base 32 in lower case.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// ErrMalformed is the one reason an identifier is refused.
var ErrMalformed = errors.New("malformed identifier")

func (Workspace) Prefix() string    { return "ws_" }
func (Identity) Prefix() string     { return "idn_" }
func (Account) Prefix() string      { return "acc_" }
func (Contact) Prefix() string      { return "con_" }
func (Portal) Prefix() string       { return "por_" }
func (Role) Prefix() string         { return "rol_" }
func (Invitation) Prefix() string   { return "inv_" }
func (JoinLink) Prefix() string     { return "jln_" }
func (JoinRequest) Prefix() string  { return "jrq_" }
func (Message) Prefix() string      { return "msg_" }
func (Session) Prefix() string      { return "ses_" }
func (Audit) Prefix() string        { return "aud_" }
func (APIKey) Prefix() string       { return "key_" }
func (Verification) Prefix() string { return "ver_" }
func (Job) Prefix() string          { return "job_" }

func (v Workspace) Check() error    { return check(v) }
func (v Identity) Check() error     { return check(v) }
func (v Account) Check() error      { return check(v) }
func (v Contact) Check() error      { return check(v) }
func (v Portal) Check() error       { return check(v) }
func (v Role) Check() error         { return check(v) }
func (v Invitation) Check() error   { return check(v) }
func (v JoinLink) Check() error     { return check(v) }
func (v JoinRequest) Check() error  { return check(v) }
func (v Message) Check() error      { return check(v) }
func (v Session) Check() error      { return check(v) }
func (v Audit) Check() error        { return check(v) }
func (v APIKey) Check() error       { return check(v) }
func (v Verification) Check() error { return check(v) }
func (v Job) Check() error          { return check(v) }

// New returns a fresh identifier that sorts by now. It panics only if the
// operating system has no randomness left, which Go itself treats as fatal.
func New[T ID](now time.Time) T {
	return build[T](ulid.MustNew(ulid.Timestamp(now), rand.Reader))
}

// Derived returns the identifier that belongs to now and the given parts, the
// same each time: a bulk request repeated with its idempotency key names the
// same things again.
func Derived[T ID](now time.Time, parts ...string) T {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	var u ulid.ULID
	if err := u.SetTime(ulid.Timestamp(now)); err != nil {
		panic(err) // a time after the year 10889
	}
	copy(u[6:], sum[:10])
	return build[T](u)
}

// Named returns the identifier that belongs to the given parts for ever. An
// identity's comes from its workspace and address key, so that there can only
// be one.
func Named[T ID](parts ...string) T {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	var u ulid.ULID
	copy(u[:], sum[:16])
	u[0] &= 0x7f // a ULID's first character holds three bits only
	return build[T](u)
}

// Before returns a text that sorts behind every identifier made before now, and
// not behind those made from then on: a bound, no identifier of anything. What
// lies before 1970 is that beginning.
func Before[T ID](now time.Time) string {
	var u ulid.ULID
	if now.After(time.Unix(0, 0)) {
		_ = u.SetTime(ulid.Timestamp(now)) // fails beyond the year 10889 only, and is all there is then
	}
	return string(build[T](u))
}

// Time returns the millisecond in which v was made; meaningless for Named ones.
// A malformed identifier gives the zero time.
func Time[T ID](v T) time.Time {
	u, err := ulid.ParseStrict(strings.ToUpper(strings.TrimPrefix(string(v), v.Prefix())))
	if err != nil {
		return time.Time{}
	}
	return ulid.Time(u.Time()).UTC()
}

// Parse returns s as an identifier, or ErrMalformed.
func Parse[T ID](s string) (T, error) {
	v := T(s)
	if err := check(v); err != nil {
		return "", err
	}
	return v, nil
}

// CheckAny refuses with ErrMalformed what is not an identifier of any kind.
func CheckAny(s string) error {
	for _, err := range []error{
		Workspace(s).Check(), Identity(s).Check(), Account(s).Check(), Contact(s).Check(), Portal(s).Check(), Role(s).Check(),
		Invitation(s).Check(), JoinLink(s).Check(), JoinRequest(s).Check(), Message(s).Check(), Session(s).Check(), Audit(s).Check(),
		Verification(s).Check(), APIKey(s).Check(), Job(s).Check(),
	} {
		if err == nil {
			return nil
		}
	}
	return ErrMalformed
}

func build[T ID](u ulid.ULID) T {
	var zero T
	return T(zero.Prefix() + strings.ToLower(u.String()))
}

func check[T ID](v T) error {
	rest, ok := strings.CutPrefix(string(v), v.Prefix())
	if !ok || len(rest) != uniqueLength || rest[0] > '7' {
		return fmt.Errorf("%w: want %s…", ErrMalformed, v.Prefix())
	}
	for i := range len(rest) {
		if strings.IndexByte(alphabet, rest[i]) < 0 {
			return fmt.Errorf("%w: want %s…", ErrMalformed, v.Prefix())
		}
	}
	return nil
}
