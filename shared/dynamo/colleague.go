package dynamo

import (
	"context"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
)

// Offered reads a page of the grants at an account and portal that somebody
// offered last, by contact, and that are still offered or were accepted (row T14):
// one query, which looks at up to 1,000 of the account's.
func (s *Store) Offered(ctx context.Context, ws id.Workspace, a id.Account, p id.Portal, by id.Identity, ask page.Ask) ([]grant.Grant, page.Cursor, error) {
	q := at(ws, a, "grant")
	q.keep = func(item Item) bool {
		return str(item["invited_by"]) == string(by) && str(item["portal"]) == string(p) && str(item["invitation"]) != ""
	}
	return list[grant.Grant](ctx, s, q, ask)
}
