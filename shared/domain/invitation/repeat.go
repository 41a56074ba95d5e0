package invitation

import (
	"portero/shared/domain/email"
	"portero/shared/domain/id"
)

// derived is the identifier of the invitation this request makes for an
// address. Its time is now's; the rest follows from the request's key.
func (r *round) derived(key email.Key) id.Invitation {
	return id.Derived[id.Invitation](r.desk.Now, string(r.desk.ws()), r.draft.Key, string(r.portal.ID), string(key))
}

// derivedPart is how many characters at an identifier's end follow from the
// key: 80 of a ULID's 128 bits, 5 a character.
const derivedPart = 80 / 5

// ours reports whether an earlier run of this very request made the invitation
// for the address: the same key, at whatever time.
func (r *round) ours(key email.Key, i id.Invitation) bool {
	mine := r.derived(key)
	return len(i) == len(mine) && i[len(i)-derivedPart:] == mine[len(mine)-derivedPart:]
}

// likes warns of addresses that are probably the same mailbox as this one, by
// plus tag or Gmail's dots: among those the workspace knows, and in the draft.
// It only warns: nothing is decided by it (mission.md pain 9).
func (r *round) likes(key email.Key) []string {
	var all []string
	variant := key.Variant()
	if m, known := r.found.Mailboxes[variant]; variant != key && known && (m.Identity != "" || len(m.Contacts)+len(m.Open) > 0) {
		all = append(all, "like_existing:"+string(m.Address))
	} else if a, noted := r.found.Alike[variant]; noted && r.lines[a.Key] == nil {
		all = append(all, "like_existing:"+string(a.Key))
	}
	// One line is enough: of a thousand alike each is warned of the first.
	if first := r.variants[variant][0]; first != key && (first != variant || len(all) == 0) {
		all = append(all, "like_line:"+r.outcomes[r.lines[first][0]].Address)
	}
	return all
}
