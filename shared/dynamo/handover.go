package dynamo

import (
	"context"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
)

// LinksOf reads a page of the join links that somebody made, strongly consistent.
func (s *Store) LinksOf(ctx context.Context, ws id.Workspace, creator id.Identity, after string) ([]joinlink.JoinLink, string, error) {
	all, next, err := s.JoinLinks(ctx, ws, Shared{Creator: creator}, page.Inside(page.Cursor(after), 0))
	return all, string(next), err
}

// InvitationsBy reads a page of the invitations of a state that are somebody's, as
// they are listed.
func (s *Store) InvitationsBy(ctx context.Context, ws id.Workspace, state invitation.State, inviter id.Identity, after string) ([]invitation.Invitation, string, error) {
	all, next, err := s.Invitations(ctx, ws, Which{State: state, Inviter: inviter}, page.Inside(page.Cursor(after), 0))
	return all, string(next), err
}

// GrantsOwned reads those of an account's grants that belong to somebody: a page
// of one query, which looks at up to 1,000.
func (s *Store) GrantsOwned(ctx context.Context, ws id.Workspace, a id.Account, owner id.Identity, p page.Ask) ([]grant.Grant, page.Cursor, error) {
	q := at(ws, a, "grant")
	q.equal("owner", string(owner))
	return list[grant.Grant](ctx, s, q, p)
}
