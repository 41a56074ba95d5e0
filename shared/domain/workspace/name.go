package workspace

import (
	"strings"
	"unicode/utf8"

	"portero/shared/domain/fault"
	"portero/shared/domain/link"
)

// Named returns a name as it is kept, without the space around it, or
// name_malformed or name_has_link on the field.
func Named(field, typed string) (string, error) {
	name := strings.TrimSpace(typed)
	return name, CheckName(field, name)
}

// CheckName refuses with name_malformed a name that is blank, longer than
// MaxNameRune, or holds what nobody sees (link.Hidden), and with name_has_link one that
// leads somewhere: names of firms, accounts, people and roles stand in subjects,
// mails and pages (mission.md pain 15).
func CheckName(field, name string) error {
	malformed := fault.On(field, "name_malformed", "A name has 1 to 80 characters, without line breaks or characters that nobody sees.")
	switch {
	case strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > MaxNameRune || !utf8.ValidString(name):
		return malformed
	case link.Inside(name):
		return fault.On(field, "name_has_link", "A name holds no link. Leave out http://, www. and whatever follows a slash.")
	case link.Hidden(name):
		return malformed
	}
	return nil
}
