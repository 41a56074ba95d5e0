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

// With returns the mailbox with one more contact that has the address; false if
// there are MaxHolders already.
func (m Mailbox) With(h Holder) (Mailbox, bool) {
	if m.Holds(h) {
		return m, true
	}
	if len(m.Contacts) >= MaxHolders {
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
// those that are alike, else changed.
func (m Mailbox) Save(set *change.Set) {
	if m.Version == 0 {
		set.Insert(m)
		if variant := m.Key.Variant(); variant != m.Key {
			set.Raise(Alike{Workspace: m.Workspace, Variant: variant, Key: m.Key})
		}
		return
	}
	set.Replace(m)
}
