package mailbox

import (
	"maps"
	"slices"

	"portero/shared/domain/change"
	"portero/shared/domain/id"
)

// OpenAt returns the invitation that holds the door, if one does. It may be
// over by the clock; only reading it tells.
func (m Mailbox) OpenAt(p id.Portal) (id.Invitation, bool) {
	held, ok := m.Open[id.Portal(Door(p))]
	return held, ok
}

// Hold returns the mailbox with its door held by an invitation.
func (m Mailbox) Hold(p id.Portal, by id.Invitation) Mailbox {
	open := maps.Clone(m.Open)
	if open == nil {
		open = map[id.Portal]id.Invitation{}
	}
	open[id.Portal(Door(p))] = by
	m.Open = open
	return m
}

// Release returns the mailbox with its door free, if that invitation is the one
// that holds it, and without its temporary password: a newer one may have taken the place of one that ran out.
func (m Mailbox) Release(p id.Portal, by id.Invitation) Mailbox {
	m = m.forget(by)
	if held, ok := m.OpenAt(p); !ok || held != by {
		return m
	}
	m.Open = maps.Clone(m.Open)
	delete(m.Open, id.Portal(Door(p)))
	return m
}

// HolderAt returns the contact that has this address at an account.
func (m Mailbox) HolderAt(a id.Account) (Holder, bool) {
	for _, h := range m.Contacts {
		if h.Account == a {
			return h, true
		}
	}
	return Holder{}, false
}

// Holds reports whether a contact has this address at an account.
func (m Mailbox) Holds(h Holder) bool { return slices.Contains(m.Contacts, h) }

// Admits reports whether a contact may have this address: a test client's is
// nobody else's.
func (m Mailbox) Admits(c id.Contact) bool { return m.Test == "" || m.Test == c }

// Reserve makes the address a test client's; false if other contacts have it.
func (m Mailbox) Reserve(c id.Contact) (Mailbox, bool) {
	if !m.Admits(c) || slices.ContainsFunc(m.Contacts, func(h Holder) bool { return h.Contact != c }) {
		return m, false
	}
	m.Test = c
	return m, true
}

// Leave shuts the address of a test client that is to be removed.
func (m Mailbox) Leave(c id.Contact) Mailbox {
	m.Leaving = m.Test == c
	return m
}

// Left returns the mailbox without the test client whose address it was.
func (m Mailbox) Left(c id.Contact) Mailbox {
	m = m.Without(c)
	if m.Test == c {
		m.Test, m.Leaving = "", false
	}
	return m
}

// With returns the mailbox with one more contact that has the address; false if
// there are MaxHolders already, or it is a test client's.
func (m Mailbox) With(h Holder) (Mailbox, bool) {
	if m.Holds(h) {
		return m, true
	}
	if len(m.Contacts) >= MaxHolders || !m.Admits(h.Contact) {
		return m, false
	}
	m.Contacts = append(slices.Clone(m.Contacts), h)
	return m, true
}

// Without returns the mailbox without a contact, at whatever account.
func (m Mailbox) Without(c id.Contact) Mailbox {
	m.Contacts = slices.DeleteFunc(slices.Clone(m.Contacts), func(h Holder) bool { return h.Contact == c })
	return m
}

// Save adds the mailbox to a set: new if it was never stored, with a note for
// those that are alike, else changed. A test client's is like nobody's: of that no
// note stays behind.
func (m Mailbox) Save(set *change.Set) {
	if m.Version == 0 {
		set.Insert(m)
		if variant := m.Key.Variant(); variant != m.Key && m.Test == "" {
			set.Raise(Alike{Workspace: m.Workspace, Variant: variant, Key: m.Key})
		}
		return
	}
	set.Replace(m)
}
