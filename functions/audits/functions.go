package audits

import (
	"strings"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/audit"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
)

// Functions are this resource's.
var Functions = []app.Function{List, Export}

// trail is reading it, by each of its orders.
var trail = []contract.Access{
	{Table: schema.Audit, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.AuditEntry}},
	{Table: schema.Audit, Index: schema.Subject, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.AuditEntry}},
	{Table: schema.Audit, Index: schema.Doer, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.AuditEntry}},
	{Table: schema.Audit, Index: schema.Place, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.AuditEntry}},
}

var wrongFilter = []fault.Code{"subject_malformed", "actor_malformed", "instant_malformed", audit.ErrFilters.Code, audit.ErrPeriod.Code}

// which reads the filters as they were sent; empty ones narrow nothing.
func which(subject, actor string, account id.Account, from, until string) (audit.Which, error) {
	w := audit.Which{Subject: subject, Actor: actor, Account: account}
	switch {
	case subject != "" && id.CheckAny(subject) != nil:
		return w, fault.On("subject", "subject_malformed", "A subject is an identifier.")
	case actor != "" && id.CheckAny(actor) != nil:
		return w, fault.On("actor", "actor_malformed", "An actor is the identifier of a person or of an API key.")
	}
	var err error
	if w.From, err = instant("from", from); err != nil {
		return w, err
	}
	if w.Until, err = instant("until", until); err != nil {
		return w, err
	}
	return w, w.Check()
}

// instant reads one. A plus sign that nobody escaped is a space in a query.
func instant(field, typed string) (time.Time, error) {
	if typed == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, strings.ReplaceAll(typed, " ", "+"))
	if err != nil || t.Year() < 1970 {
		return time.Time{}, fault.On(field, "instant_malformed", "An instant reads like 2026-11-23T08:00:00Z.")
	}
	return t.UTC(), nil
}
