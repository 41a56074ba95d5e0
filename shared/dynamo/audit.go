package dynamo

import (
	"context"
	"strings"
	"time"

	"portero/shared/domain/audit"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// Audit reads a page of a workspace's trail, newest first: all of it, or what
// Which leaves of it, which must be one that Check finds nothing wrong with.
// Entries of a time are found by their identifiers, which begin with it; a
// refused sign-in, written once in a quarter of an hour, counts from its
// beginning.
func (s *Store) Audit(ctx context.Context, ws id.Workspace, w audit.Which, p page.Ask) ([]audit.Entry, page.Cursor, error) {
	q := query{table: schema.Audit, partition: in(ws, schema.AuditEntry), start: func(sort string) keys { return auditPlace(ws, sort) }}
	for index, value := range map[schema.Index]string{schema.Subject: w.Subject, schema.Doer: w.Actor, schema.Place: string(w.Account)} {
		if value != "" {
			q.index, q.partition = index, in(ws, schema.AuditEntry, value)
		}
	}
	if !w.From.IsZero() || !w.Until.IsZero() {
		q.from, q.to = id.Before[id.Audit](w.From), id.Before[id.Audit](endOfTime)
		if !w.Until.IsZero() {
			q.to = id.Before[id.Audit](w.Until)
		}
	}
	return list[audit.Entry](ctx, s, q, p)
}

// endOfTime is beyond every entry (chosen: the last year that RFC 3339 can write).
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// auditPlace is where an entry of the trail lies, by its sort key; what has more
// than an identifier in it is an entry's copy.
func auditPlace(ws id.Workspace, sort string) keys {
	if strings.Contains(sort, schema.Sep) {
		return keys{pk: in(ws, schema.AuditEntry, "also"), sk: sort}
	}
	return keys{pk: in(ws, schema.AuditEntry), sk: sort}
}
