package dynamo

import (
	"context"

	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// Workspace reads one, or not_found.
func (s *Store) Workspace(ctx context.Context, ws id.Workspace) (workspace.Workspace, error) {
	return get[workspace.Workspace](ctx, s, schema.Core, workspaceKeys(ws))
}

// Portal reads one, or not_found.
func (s *Store) Portal(ctx context.Context, ws id.Workspace, p id.Portal) (portal.Portal, error) {
	return get[portal.Portal](ctx, s, schema.Core, portalKeys(ws, p))
}

// Portals reads all of a workspace: at most workspace.MaxPortals.
func (s *Store) Portals(ctx context.Context, ws id.Workspace) ([]portal.Portal, error) {
	all, _, err := list[portal.Portal](ctx, s, query{table: schema.Core, partition: portalKeys(ws, "").pk}, page.Ask{Oldest: true})
	return all, err
}

// PortalName reads whose portal a name is, or not_found. It is the one thing
// found without knowing the workspace.
func (s *Store) PortalName(ctx context.Context, name string) (portal.Name, error) {
	return get[portal.Name](ctx, s, schema.Core, portalNameKeys(name))
}

// PortalNames reads whose portals some names are; free ones are left out.
func (s *Store) PortalNames(ctx context.Context, names []string) (map[string]portal.Name, error) {
	return many[string, portal.Name](ctx, s, names, portalNameKeys)
}

// RolesOf reads those that are there, by identifier.
func (s *Store) RolesOf(ctx context.Context, ws id.Workspace, all []id.Role) (map[id.Role]role.Role, error) {
	return many[id.Role, role.Role](ctx, s, all, func(r id.Role) keys { return roleKeys(ws, r) })
}

// Role reads one, or not_found.
func (s *Store) Role(ctx context.Context, ws id.Workspace, r id.Role) (role.Role, error) {
	return get[role.Role](ctx, s, schema.Core, roleKeys(ws, r))
}

// Roles reads a page of a workspace's roles, oldest first.
func (s *Store) Roles(ctx context.Context, ws id.Workspace, p page.Ask) ([]role.Role, page.Cursor, error) {
	partition := roleKeys(ws, "").pk
	return list[role.Role](ctx, s, query{table: schema.Core, partition: partition,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, p)
}
