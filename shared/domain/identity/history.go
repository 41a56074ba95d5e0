package identity

import (
	"time"

	"portero/shared/domain/audit"
	"portero/shared/domain/id"
)

// History is what an audit entry may not hold: a person's name before and after
// a change. It lies with the identity and goes with it. Nothing shows it yet.
type History struct {
	Workspace id.Workspace `json:"ws"`
	Identity  id.Identity  `json:"identity"`
	Entry     id.Audit     `json:"entry"` // the audit entry it belongs to
	At        time.Time    `json:"at"`
	Before    string       `json:"before,omitempty"`
	After     string       `json:"after,omitempty"`
	Version   int          `json:"v"`
}

// Since returns what the trail may not hold of a change from the identity as it
// was, to be inserted beside its entry; false if the name is the same.
func (i Identity) Since(was Identity, e audit.Entry) (History, bool) {
	return History{Workspace: i.Workspace, Identity: i.ID, Entry: e.ID, At: e.At, Before: was.Name, After: i.Name}, i.Name != was.Name
}
