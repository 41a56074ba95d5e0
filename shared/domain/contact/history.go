package contact

import (
	"time"

	"portero/shared/domain/audit"
	"portero/shared/domain/id"
)

// History is what an audit entry may not hold: a contact's name, address and
// source before and after a change. It lies with the contact and goes with it.
type History struct {
	Workspace id.Workspace      `json:"ws"`
	Contact   id.Contact        `json:"contact"`
	Entry     id.Audit          `json:"entry"` // the audit entry it belongs to
	At        time.Time         `json:"at"`
	Before    map[string]string `json:"before,omitempty"`
	After     map[string]string `json:"after,omitempty"`
	Version   int               `json:"v"`
}

// Since returns what the trail may not hold of a change from the contact as it
// was, to be inserted beside its entry; false if nothing of that changed.
func (c Contact) Since(was Contact, e audit.Entry) (History, bool) {
	h := History{Workspace: c.Workspace, Contact: c.ID, Entry: e.ID, At: e.At, Before: map[string]string{}, After: map[string]string{}}
	for _, f := range []struct{ name, was, is string }{
		{"name", was.Name, c.Name}, {"address", string(was.Address), string(c.Address)}, {"source", was.Source, c.Source},
	} {
		if f.was != f.is {
			h.Before[f.name], h.After[f.name] = f.was, f.is
		}
	}
	return h, len(h.After) > 0
}
