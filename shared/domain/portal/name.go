package portal

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"portero/shared/domain/fault"
	"portero/shared/domain/link"
)

const (
	// MinName and MaxName bound a portal's name in characters: readable, and
	// within one DNS label, should a portal ever get a host of its own
	// (chosen; no evidence).
	MinName = 3
	MaxName = 40
	// MaxTitle bounds a title in characters (chosen; no evidence).
	MaxTitle = 80
	// fallback is the name of a portal whose title has no letter that a URL
	// can carry.
	fallback = "portal"
)

// The faults of a portal's name and title.
var (
	ErrName      = fault.On("name", "portal_name_malformed", "A portal's name has 3 to 40 small letters, digits and single hyphens, and begins and ends without a hyphen.")
	ErrTaken     = taken()
	ErrTitle     = fault.On("title", "title_malformed", "A title has 1 to 80 characters, without line breaks.")
	ErrTitleLink = fault.On("title", "name_has_link", "A title holds no link. Leave out http://, www. and whatever follows a slash.")
)

// CheckName refuses with portal_name_malformed what cannot be a portal's name:
// it stands in the URL for ever.
func CheckName(name string) error {
	if len(name) < MinName || len(name) > MaxName || strings.Contains(name, "--") || name[0] == '-' || name[len(name)-1] == '-' {
		return ErrName
	}
	for i := range len(name) {
		if c := name[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return ErrName
		}
	}
	return nil
}

// CheckTitle refuses with title_malformed what people could not read, and with
// name_has_link what leads somewhere: titles stand in mails, as names do.
func CheckTitle(title string) error {
	switch {
	case strings.TrimSpace(title) == "" || utf8.RuneCountInString(title) > MaxTitle || !utf8.ValidString(title):
		return ErrTitle
	case link.Inside(title):
		return ErrTitleLink
	case link.Hidden(title):
		return ErrTitle
	}
	return nil
}

// Slug returns the name that a title gives its portal: letters without their
// marks, digits, and one hyphen for each run of anything else. It is always a
// name that CheckName accepts.
func Slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(title)) {
		ascii := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		switch {
		case ascii:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.IsMark(r) || r == '\'' || r == '’':
		default:
			gap = true
		}
		if b.Len() >= MaxName {
			break
		}
	}
	name := strings.Trim(b.String()[:min(b.Len(), MaxName)], "-")
	switch {
	case name == "":
		return fallback
	case len(name) < MinName:
		return name + "-" + fallback
	}
	return name
}

// Variants returns n names near the given one, best first: name-2, name-3, ….
// Each is a name that CheckName accepts, if the given one is.
func Variants(name string, n int) []string {
	all := make([]string, n)
	for i := range all {
		end := "-" + strconv.Itoa(i+2)
		all[i] = strings.TrimRight(name[:min(len(name), MaxName-len(end))], "-") + end
	}
	return all
}

func taken() *fault.Error {
	e := fault.On("name", "portal_name_taken", "This name is taken. Choose another; some that are free stand beside it.")
	e.Kind = fault.Conflict
	return e
}

// Taken is portal_name_taken with names that are free beside it.
func Taken(free []string) error {
	e := *ErrTaken
	e.Suggestions = free
	return &e
}
