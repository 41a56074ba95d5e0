package page_test

import (
	"errors"
	"testing"
	"time"

	"portero/shared/domain/page"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func TestACursorLeadsBackToItsSortKeyForADay(t *testing.T) {
	c := page.CursorAt("2026-11-23T08:00:00Z#inv_1", now)
	if sort, err := c.Open(now.Add(page.Life - time.Second)); err != nil || sort != "2026-11-23T08:00:00Z#inv_1" {
		t.Fatalf("%q %v", sort, err)
	}
	if _, err := c.Open(now.Add(page.Life)); !errors.Is(err, page.ErrExpired) {
		t.Fatalf("%v", err)
	}
}

func TestWhatIsNoCursorIsRefused(t *testing.T) {
	for _, c := range []page.Cursor{"x", "!!", "YQ", page.CursorAt("", now), page.CursorAt("a", now.Add(72*time.Hour)), page.CursorAt(string(make([]byte, 2000)), now)} {
		if _, err := c.Open(now); !errors.Is(err, page.ErrInvalid) {
			t.Errorf("%q: %v", c, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add(string(page.CursorAt("a#b", now)))
	f.Add("")
	f.Add("eHw")
	f.Fuzz(func(t *testing.T, s string) {
		sort, err := page.Cursor(s).Open(now)
		if err == nil && sort == "" {
			t.Fatal("a cursor without a sort key was taken")
		}
	})
}
