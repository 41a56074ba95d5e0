//go:build !rehearsal

package statements_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"portero/shared/testkit"
)

// answer is all of an answer that a caller could tell from another: status,
// headers and body, but for the clock and the request's own identifier.
func answer(r testkit.Response) string {
	var lines []string
	for name, values := range r.Header {
		if name != "Date" && name != "Content-Length" {
			lines = append(lines, name+": "+strings.Join(values, ", "))
		}
	}
	slices.Sort(lines)
	body := string(r.Body)
	if id := r.String("request_id"); id != "" {
		body = strings.ReplaceAll(body, id, "")
	}
	return fmt.Sprintf("%d\n%s\n%s", r.Status, strings.Join(lines, "\n"), body)
}

// fresh matches identifiers and secrets that are drawn anew each time.
var fresh = regexp.MustCompile(`\b(ver|ses|msg)_[0-9a-z]{26}(\.[A-Za-z0-9_-]{43})?\b`)

// instant matches an instant.
var instant = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:]+Z`)
