package audit

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/id"
)

// Entry is one line of the audit trail: who did what to which thing, when and
// from where. It is written in the transaction it describes and never changed.
// It holds identifiers and values that say nothing personal.
type Entry struct {
	ID        id.Audit     `json:"id"`
	Workspace id.Workspace `json:"ws"`
	At        time.Time    `json:"at"`
	Actor     string       `json:"actor"` // an identifier or a kind, see access.Actor.Name
	From      string       `json:"from,omitempty"`
	Action    string       `json:"action"`  // "invitation.accepted"
	Subject   string       `json:"subject"` // the identifier of the thing
	// Before and After hold field names and plain values (roles, states,
	// dates, switches), never names, addresses or texts.
	Before map[string]string `json:"before,omitempty"`
	After  map[string]string `json:"after,omitempty"`
}

// Of begins an entry for something the actor does at now.
func Of(a access.Actor, now time.Time, action, subject string) Entry {
	sorted := now
	if a.At.After(now) {
		sorted = a.At
	}
	return Entry{ID: id.New[id.Audit](sorted), Workspace: a.Workspace, At: now, Actor: a.Name(), From: a.From, Action: action, Subject: subject}
}

// Retention is how long entries are kept: 6 years (design.md §6).
const Retention = 6 * 365 * 24 * time.Hour
