package page_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"portero/shared/domain/page"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

const invitations page.List = "invitations of a firm"

func TestACursorLeadsBackToItsSortKeyForADay(t *testing.T) {
	for _, want := range []string{"2026-11-23T08:00:00Z#inv_1", "a|b", "|"} {
		c := invitations.CursorAt(want, now)
		if sort, err := c.Open(invitations, now.Add(page.Life-time.Second)); err != nil || sort != want {
			t.Fatalf("%q %v", sort, err)
		}
		if _, err := c.Open(invitations, now.Add(page.Life)); !errors.Is(err, page.ErrExpired) {
			t.Fatalf("%v", err)
		}
	}
}

func TestWhatIsNoCursorIsRefused(t *testing.T) {
	made := func(sort string, at time.Time) page.Cursor { return invitations.CursorAt(sort, at) }
	changed := func(old, to string) page.Cursor {
		plain, err := base64.RawURLEncoding.DecodeString(string(made("inv_1", now)))
		if err != nil || !strings.Contains(string(plain), old) {
			t.Fatalf("%q %v", plain, err)
		}
		return page.Cursor(base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(plain), old, to, 1))))
	}
	for says, c := range map[string]page.Cursor{
		"a word": "x", "no base64": "!!", "base64 of something else": "YQ", "without a sort key": made("", now),
		"of a time to come": made("a", now.Add(72*time.Hour)), "longer than a sort key": made(strings.Repeat("z", 2000), now),
		"of another list":             page.List("accounts of a firm").CursorAt("inv_1", now),
		"of another firm's list":      page.List("invitations of another firm").CursorAt("inv_1", now),
		"with an invented sort key":   changed("inv_1", "x"),
		"with a sort key of NUL":      changed("inv_1", "\x00"),
		"with the longest sort key":   changed("inv_1", strings.Repeat("z", 1024)),
		"with a bar more":             changed("inv_1", "|inv_1"),
		"without its mark":            page.Cursor(base64.RawURLEncoding.EncodeToString([]byte("t1|inv_1"))),
		"with a time that is no time": changed("|", "!|"),
	} {
		if _, err := c.Open(invitations, now); !errors.Is(err, page.ErrInvalid) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add(string(invitations.CursorAt("a#b", now)))
	f.Add("")
	f.Add("eHw")
	f.Fuzz(func(t *testing.T, s string) {
		sort, err := page.Cursor(s).Open(invitations, now)
		if err == nil && sort == "" {
			t.Fatal("a cursor without a sort key was taken")
		}
	})
}
