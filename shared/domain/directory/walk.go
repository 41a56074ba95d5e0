package directory

import (
	"context"
	"encoding/json"

	"portero/shared/domain/account"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
)

// WalkStore is what the walks of this package read; each asks for its own part.
type WalkStore interface {
	EstateStore
	MoveStore
	ClearStore
}

// accountStore reads the list of accounts.
type accountStore interface {
	Accounts(ctx context.Context, ws id.Workspace, name string, p page.Ask) ([]account.Account, page.Cursor, error)
}

// everyAccount is the leg through all of the workspace's accounts, by name.
func (d Desk) everyAccount(store accountStore) func(context.Context, job.Place) (job.Seen, error) {
	return func(ctx context.Context, at job.Place) (job.Seen, error) {
		all, next, err := store.Accounts(ctx, d.ws(), "", page.Inside(page.Cursor(at.After), job.ListsOf))
		return job.Seen{After: string(next), Lists: page.Each(all, func(a account.Account) string { return string(a.ID) })}, err
	}
}

// text is a line's text, or a job's spec.
func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // identifiers always encode
	}
	return string(raw)
}

// parsed reads lines that text wrote.
func parsed[T any](things []string) ([]T, error) {
	all := make([]T, len(things))
	for n, one := range things {
		if err := json.Unmarshal([]byte(one), &all[n]); err != nil {
			return nil, err
		}
	}
	return all, nil
}
