package mailbox

import (
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
)

// Alike notes, under the form in which likely duplicates meet (email.Key.Variant),
// one address that is known and is not that form itself: the last that became so.
// It only ever warns, and is not taken back when that address is forgotten.
type Alike struct {
	Workspace id.Workspace `json:"ws"`
	Variant   email.Key    `json:"variant"`
	Key       email.Key    `json:"key"`
	Version   int          `json:"v"`
}

// Plus is two notes in one place as one: either will do.
func (a Alike) Plus(record change.Record) (change.Record, bool) {
	other, ok := record.(Alike)
	return a, ok && other.Workspace == a.Workspace && other.Variant == a.Variant
}
