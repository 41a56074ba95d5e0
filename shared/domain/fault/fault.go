package fault

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Kind says what sort of thing went wrong, in the caller's terms.
type Kind uint8

// The kinds. The zero value is Internal, so a forgotten kind is never blamed
// on the caller.
const (
	Internal        Kind = iota // ours; the caller learns nothing
	Malformed                   // the request cannot be read
	Invalid                     // it reads, but a value is not acceptable
	Unauthenticated             // nobody is signed in, or the proof is wrong
	Forbidden                   // signed in, in the right workspace, not allowed
	NotFound                    // not there, or not yours: the same answer
	Conflict                    // not in this state; the sentence says the way out
	Gone                        // was there, is over
	TooLarge                    // more bytes or lines than allowed
	Unsupported                 // a media type or method we do not take
	TooMany                     // a limit or a cap; RetryAfter says when
	Unavailable                 // a part we need did not answer; try again
)

// Code is a stable machine-readable name such as "invitation_expired". Codes
// are a contract: they are never renamed.
type Code string

// Codes that belong to no single aggregate.
const (
	CodeInternal      Code = "internal"
	CodeMalformed     Code = "malformed"
	CodeInvalid       Code = "invalid"
	CodeUnauthorized  Code = "sign_in_required"
	CodeForbidden     Code = "not_allowed"
	CodeNotFound      Code = "not_found"
	CodeStale         Code = "changed_meanwhile"
	CodeTooLarge      Code = "too_large"
	CodeTooMany       Code = "too_many_requests"
	CodeUnavailable   Code = "try_again"
	CodeBusy          Code = "still_running"
	CodeKeyReused     Code = "idempotency_key_reused"
	CodeCursorInvalid Code = "cursor_invalid"
	CodeCursorExpired Code = "cursor_expired"
)

// Field is one value of the request that is not acceptable. Name is the path
// of the field as the caller wrote it, for example "lines[3].address".
type Field struct {
	Name   string `json:"name"`
	Code   Code   `json:"code"`
	Detail string `json:"detail"`
}

// Error is a fault a caller can act on.
type Error struct {
	Kind       Kind
	Code       Code
	Detail     string        // public: a sentence with a capital and a full stop
	Fields     []Field       // public: what exactly, when a field is at fault
	RetryAfter time.Duration // whole seconds; zero means "no hint"
	// Quota is the limit that a TooMany fault met; limit.Counter.Over sets it.
	Quota Quota
	// TriesLeft says how many tries are left where they are counted; zero says
	// nothing, since the last one ends what was tried.
	TriesLeft int
	// Suggestions are values that would do in place of the refused one.
	Suggestions []string
	cause       error // private: logged, never shown
}

// Quota is a limit as its caller is told of it.
type Quota struct {
	Name string // what it bounds: a word of lower-case letters and hyphens
	Most int    // how often, in one window
	// Window is how long one lasts; zero means that no time lifts the limit.
	Window time.Duration
}

// New makes a fault of the given kind.
func New(kind Kind, code Code, detail string) *Error {
	return &Error{Kind: kind, Code: code, Detail: detail}
}

// On makes an Invalid fault about one field.
func On(field string, code Code, detail string) *Error {
	return &Error{Kind: Invalid, Code: code, Detail: detail, Fields: []Field{{Name: field, Code: code, Detail: detail}}}
}

// OnMany makes an Invalid fault about several fields, at least one. If all of
// them have one code it is that: a fault has the same code wherever it is found,
// alone or beside its like. Fields with several codes make it invalid, with
// detail as its sentence.
func OnMany(fields []Field, detail string) *Error {
	first := fields[0]
	if !slices.ContainsFunc(fields, func(f Field) bool { return f.Code != first.Code }) && first.Code != CodeInvalid {
		return &Error{Kind: Invalid, Code: first.Code, Detail: first.Detail, Fields: fields}
	}
	return &Error{Kind: Invalid, Code: CodeInvalid, Detail: detail, Fields: fields}
}

// Because returns a copy of e that carries a private cause.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// After returns a copy of e that tells the caller when to try again.
func (e *Error) After(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

// Error is for logs and tests; it contains no public sentence of another
// language and may contain the private cause.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %v", e.Code, e.cause)
	}
	return string(e.Code)
}

// Unwrap returns the private cause.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is a fault with the same code, so that
// errors.Is(err, invitation.ErrExpired) holds for copies with a cause.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code
}

// As returns the fault in err's chain, or nil.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// NotYours is the one answer for "not there" and for "not yours": the same
// bytes, so that nobody learns which.
func NotYours() *Error {
	return New(NotFound, CodeNotFound, "There is nothing here, or it is not yours to see.")
}

// Stale is the answer when something changed between reading and writing. The
// web layer runs the request again before a caller ever sees it.
func Stale(cause error) *Error {
	return New(Conflict, CodeStale, "Somebody changed this at the same moment. Load it again and repeat.").Because(cause)
}

// NotAllowed is the answer inside the caller's own workspace when a permission
// is missing.
func NotAllowed() *Error {
	return New(Forbidden, CodeForbidden, "Your level does not allow this. Ask an administrator of your workspace.")
}
