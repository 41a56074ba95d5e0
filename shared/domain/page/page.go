package page

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"portero/shared/domain/fault"
)

// Size is how many entries a list page holds (issue 2: 50 a page).
const Size = 50

// Life is how long a cursor can be followed (chosen; no evidence).
const Life = 24 * time.Hour

// maxSortKey is DynamoDB's limit of a sort key in bytes
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html).
const maxSortKey = 1024

// Cursor is where a list goes on.
type Cursor string

// Ask asks for one page of a list.
type Ask struct {
	Cursor Cursor
	Oldest bool // oldest, or first name, first; the zero value is newest first
	Limit  int  // 0 means Size
	Now    time.Time
}

// Inside asks on behalf of our own work, oldest first: its cursors never leave the
// house, so that none is ever too old. limit as in Ask.
func Inside(cursor Cursor, limit int) Ask {
	return Ask{Cursor: cursor, Oldest: true, Limit: limit, Now: time.Unix(0, 0)}
}

// The faults of a cursor.
var (
	ErrInvalid = fault.On("cursor", fault.CodeCursorInvalid, "This cursor is not one of this list. Begin with the first page.")
	ErrExpired = fault.On("cursor", fault.CodeCursorExpired, "This cursor is too old. Begin with the first page.")
)

// List names a list and its order. Lists of one name have the same entries, in the
// same order, behind the same sort key; the firm is part of it.
type List string

// CursorAt marks the last sort key as one of this list, with the time after which
// it is refused.
func (l List) CursorAt(sort string, now time.Time) Cursor {
	until := strconv.FormatInt(now.Add(Life).Unix(), 36)
	return Cursor(base64.RawURLEncoding.EncodeToString([]byte(until + "|" + l.mark(until, sort) + "|" + sort)))
}

// markBytes is how much of a mark is kept: it tells lists apart, and keeps nobody
// out, since the partition is the caller's own (chosen; no evidence).
const markBytes = 8

// mark is what a cursor's parts come to in this list. It is no signature.
func (l List) mark(until, sort string) string {
	sum := sha256.Sum256([]byte(string(l) + "\x00" + until + "\x00" + sort))
	return base64.RawURLEncoding.EncodeToString(sum[:markBytes])
}

// Open returns the sort key of a cursor; cursor_invalid if it was never one of
// this list, cursor_expired if it is older than Life.
func (c Cursor) Open(l List, now time.Time) (string, error) {
	plain, err := base64.RawURLEncoding.Strict().DecodeString(string(c))
	if err != nil {
		return "", ErrInvalid
	}
	until, rest, _ := strings.Cut(string(plain), "|")
	mark, sort, ok := strings.Cut(rest, "|")
	if !ok || sort == "" || len(sort) > maxSortKey || mark != l.mark(until, sort) {
		return "", ErrInvalid
	}
	seconds, err := strconv.ParseInt(until, 36, 64)
	if err != nil || seconds < 0 {
		return "", ErrInvalid
	}
	end := time.Unix(seconds, 0)
	if end.After(now.Add(2 * Life)) {
		return "", ErrInvalid
	}
	if !now.Before(end) {
		return "", ErrExpired
	}
	return sort, nil
}

// Each shows every entry of a page. A page without entries is an empty list,
// never none.
func Each[T, I any](all []T, show func(T) I) []I {
	items := make([]I, len(all))
	for n, one := range all {
		items[n] = show(one)
	}
	return items
}
