package dynamo

import (
	"context"
	"time"

	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/domain/standing"
	"portero/shared/dynamo/schema"
)

// Standings reads what accounts come to, as far as that was derived.
func (s *Store) Standings(ctx context.Context, ws id.Workspace, all []id.Account) (map[id.Account]standing.Standing, error) {
	return many[id.Account, standing.Standing](ctx, s, all, func(a id.Account) keys { return standingKeys(ws, a) })
}

// StandingOf reads an account's standing and its place by last sign-in, to be
// derived anew; the zero value with their names where there is none yet.
func (s *Store) StandingOf(ctx context.Context, ws id.Workspace, a id.Account) (standing.Standing, standing.Seen, error) {
	is, seen := standing.Standing{Workspace: ws, Account: a}, standing.Seen{Workspace: ws, Account: a}
	found, err := s.batch(ctx, []place{{schema.Core, standingKeys(ws, a)}, {schema.Core, seenKeys(ws, a)}})
	if err != nil {
		return is, seen, err
	}
	if one, there, err := optional(pick[standing.Standing](found, standingKeys(ws, a))); err != nil || there {
		is = one
	}
	if one, there, err := optional(pick[standing.Seen](found, seenKeys(ws, a))); err != nil || there {
		seen = one
	}
	return is, seen, nil
}

// WhichAccounts narrows a list of accounts by what they come to (row T8).
type WhichAccounts struct {
	State standing.State // empty: each
	Never bool           // nobody was ever in
	// Before is the instant before which the last sign-in was; those without any
	// are left out. Zero: whenever.
	Before time.Time
}

// Zero reports whether nothing is asked.
func (w WhichAccounts) Zero() bool { return w == WhichAccounts{} }

// AccountsBy reads a page of accounts' names by their last sign-in, those never
// signed in as the oldest: one query, whichever are asked for.
func (s *Store) AccountsBy(ctx context.Context, ws id.Workspace, w WhichAccounts, p page.Ask) ([]id.Account, page.Cursor, error) {
	q := query{table: schema.Core, index: schema.List, partition: in(ws, schema.Standing),
		start: func(sort string) keys { return seenKeys(ws, id.Account(lastPart(sort))) }}
	if w.State != "" {
		q.partition = in(ws, schema.Standing, string(w.State))
		q.start = func(sort string) keys { return standingKeys(ws, id.Account(lastPart(sort))) }
	}
	switch {
	case w.Never:
		q.prefix = never + schema.Sep
	case !w.Before.IsZero():
		q.from, q.to = firstInstant, instant(w.Before)
	}
	items, next, err := s.items(ctx, q, p)
	if err != nil {
		return nil, "", err
	}
	all := make([]id.Account, len(items))
	for n, item := range items {
		all[n] = id.Account(lastPart(str(item[schema.ListSK])))
	}
	return all, next, nil
}

// firstInstant sorts before every instant and behind never.
const firstInstant = "0"
