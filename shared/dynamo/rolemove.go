package dynamo

import (
	"context"

	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/dynamo/schema"
)

// RoleMark reads a role as it lies there, deleted or not; or not_found.
func (s *Store) RoleMark(ctx context.Context, ws id.Workspace, r id.Role) (role.Role, error) {
	return get[role.Role](ctx, s, schema.Core, roleKeys(ws, r))
}

// RolesMovedTo reads the deleted roles whose users went to this one: one query of
// all of the workspace's roles.
func (s *Store) RolesMovedTo(ctx context.Context, ws id.Workspace, to id.Role) ([]role.Role, error) {
	return s.rolesThat(ctx, ws, func(item Item) bool { return str(item["moved"]) == string(to) })
}

// RolesWithMoves reads a portal's roles, and those that were deleted and whose users
// a job is moving still: one query, as RolesIn.
func (s *Store) RolesWithMoves(ctx context.Context, ws id.Workspace, p id.Portal) (there, moving []role.Role, err error) {
	all, err := s.rolesThat(ctx, ws, func(item Item) bool {
		return item["deleted"] == nil && (item["moved"] == nil || item["job"] != nil) && str(item["portal"]) == string(p)
	})
	for _, r := range all {
		if r.Gone() {
			moving = append(moving, r)
			continue
		}
		there = append(there, r)
	}
	return there, moving, err
}

// RoleSeats reads the first seats of a role, strongly consistent.
func (s *Store) RoleSeats(ctx context.Context, ws id.Workspace, r id.Role, most int) ([]seat.Seat, error) {
	all, _, err := list[seat.Seat](ctx, s, query{table: schema.Core, partition: seatCountKeys(ws, r).pk, prefix: id.Contact("").Prefix(),
		start: func(sort string) keys { return keys{pk: seatCountKeys(ws, r).pk, sk: sort} }},
		page.Inside("", most))
	return all, err
}

// SeatsAt reads those that are there.
func (s *Store) SeatsAt(ctx context.Context, ws id.Workspace, all []seat.Key) (map[seat.Key]seat.Seat, error) {
	return many[seat.Key, seat.Seat](ctx, s, all, func(k seat.Key) keys { return seatKeys(ws, k) })
}

// RoleLinks reads a page of the join links that give a role, strongly consistent.
func (s *Store) RoleLinks(ctx context.Context, ws id.Workspace, r id.Role, after string) ([]joinlink.JoinLink, string, error) {
	all, next, err := s.JoinLinks(ctx, ws, Shared{Role: r}, page.Inside(page.Cursor(after), 0))
	return all, string(next), err
}

// RoleRequests reads a page of the requests that wait for a role.
func (s *Store) RoleRequests(ctx context.Context, ws id.Workspace, r id.Role, after string) ([]joinlink.Request, string, error) {
	listed, next, err := s.JoinRequests(ctx, ws, joinlink.Waiting, r, page.Inside(page.Cursor(after), 0))
	if err != nil {
		return nil, "", err
	}
	found, err := many[id.JoinRequest, joinlink.Request](ctx, s, page.Each(listed, func(q joinlink.Request) id.JoinRequest { return q.ID }),
		func(q id.JoinRequest) keys { return joinRequestKeys(ws, q) })
	var all []joinlink.Request
	for _, l := range listed {
		if q, there := found[l.ID]; there && q.State == joinlink.Waiting && q.Role == r {
			all = append(all, q)
		}
	}
	return all, string(next), err
}

// RoleInvitations reads a page of the invitations of a state that offer a role.
func (s *Store) RoleInvitations(ctx context.Context, ws id.Workspace, state invitation.State, r id.Role, after string) ([]invitation.Invitation, string, error) {
	w := Which{State: state, Role: r}
	listed, next, err := s.Invitations(ctx, ws, w, page.Inside(page.Cursor(after), 0))
	if err != nil {
		return nil, "", err
	}
	found, err := s.InvitationsOf(ctx, ws, page.Each(listed, func(i invitation.Invitation) id.Invitation { return i.ID }))
	var all []invitation.Invitation
	for _, l := range listed {
		if i, there := found[l.ID]; there && w.fits(i) {
			all = append(all, i)
		}
	}
	return all, string(next), err
}

// RoleGrants reads those of an account's grants that name a role: a page of one
// query.
func (s *Store) RoleGrants(ctx context.Context, ws id.Workspace, a id.Account, r id.Role, p page.Ask) ([]grant.Grant, page.Cursor, error) {
	q := at(ws, a, "grant")
	q.equal("role", string(r))
	return list[grant.Grant](ctx, s, q, p)
}
