package audit

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
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
	// Account is the account that it happened at; empty where there is none, or
	// where it is a person's own doing, such as signing in.
	Account id.Account `json:"account,omitempty"`
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

// Also lists an entry with one more account, where it happened at several. It is
// a copy, found by its account only: in the trail itself the entry stands once.
type Also struct{ Entry }

// File adds an entry to a set, and lists it with each of its accounts.
func File(set *change.Set, e Entry, accounts ...id.Account) {
	for n, a := range accounts {
		at := e
		if at.Account = a; n == 0 {
			e = at
			continue
		}
		set.Insert(Also{at})
	}
	set.Insert(e)
}

// Which narrows what is read of the trail: at most one of Subject, Actor and
// Account, and a time.
type Which struct {
	Subject string     // what it was done to: an identifier
	Actor   string     // who did it: an identity or an API key
	Account id.Account // at which account
	From    time.Time  // from then on; zero: from the beginning
	Until   time.Time  // before then; zero: to the end
}

// The faults of what is asked: what one query cannot answer, and a time in which
// nothing can have happened.
var (
	ErrFilters = fault.New(fault.Invalid, "filters_together", "Ask for one of subject, actor and account at a time.")
	ErrPeriod  = fault.On("until", "period_malformed", "The time asked for ends before it begins. Let until be after from.")
)

// Check returns filters_together with the fields at fault, or period_malformed.
func (w Which) Check() error {
	var asked []fault.Field
	for _, f := range []struct{ name, value string }{{"subject", w.Subject}, {"actor", w.Actor}, {"account", string(w.Account)}} {
		if f.value != "" {
			asked = append(asked, fault.Field{Name: f.name, Code: ErrFilters.Code, Detail: ErrFilters.Detail})
		}
	}
	if len(asked) > 1 {
		return fault.OnMany(asked, ErrFilters.Detail)
	}
	if !w.Until.IsZero() && !w.From.Before(w.Until) {
		return ErrPeriod
	}
	return nil
}

// Retention is how long entries are kept: 6 years (design.md §6).
const Retention = 6 * 365 * 24 * time.Hour
