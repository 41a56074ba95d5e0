package dynamo

import (
	"context"
	"fmt"
	"slices"

	"portero/shared/domain/id"
	"portero/shared/domain/look"
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

// Look reads a workspace's look, eventually consistent: a mail that goes out may
// miss a change of the second before. Without the workspace it is Portero's own.
func (s *Store) Look(ctx context.Context, ws id.Workspace) (look.Look, error) {
	w, _, err := optional(glanceAt[workspace.Workspace](ctx, s, workspaceKeys(ws)))
	return w.Look, err
}

// Logo reads a workspace's image, or not_found.
func (s *Store) Logo(ctx context.Context, ws id.Workspace) (look.Logo, error) {
	return get[look.Logo](ctx, s, schema.Core, logoKeys(ws))
}

// ShownLogo is Logo, eventually consistent, at half the price: for those who look
// at it.
func (s *Store) ShownLogo(ctx context.Context, ws id.Workspace) (look.Logo, error) {
	return glanceAt[look.Logo](ctx, s, logoKeys(ws))
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

// RolesOf reads those that are there as they are now, by the identifiers given:
// of one that was deleted, the one its users moved to.
func (s *Store) RolesOf(ctx context.Context, ws id.Workspace, all []id.Role) (map[id.Role]role.Role, error) {
	found, err := many[id.Role, role.Role](ctx, s, all, func(r id.Role) keys { return roleKeys(ws, r) })
	if err != nil {
		return nil, err
	}
	return found, s.follow(ctx, ws, found)
}

// Role reads one as it is now, or not_found: of one that was deleted, the one its
// users moved to.
func (s *Store) Role(ctx context.Context, ws id.Workspace, r id.Role) (role.Role, error) {
	for range maxMoves {
		found, err := get[role.Role](ctx, s, schema.Core, roleKeys(ws, r))
		if found.Deleted {
			return role.Role{}, errNotFound
		}
		if err != nil || found.Moved == "" {
			return found, err
		}
		r = found.Moved
	}
	return role.Role{}, fmt.Errorf("dynamo: a role of %s moved %d times", ws, maxMoves)
}

// follow leads roles that were deleted on to those their users moved to; nothing
// is read where none was.
func (s *Store) follow(ctx context.Context, ws id.Workspace, found map[id.Role]role.Role) error {
	for range maxMoves {
		var next []id.Role
		for named, r := range found {
			switch {
			case r.Deleted:
				delete(found, named)
			case r.Moved != "":
				next = append(next, r.Moved)
			}
		}
		if len(next) == 0 {
			return nil
		}
		slices.Sort(next) // the same question is the same call
		there, err := many[id.Role, role.Role](ctx, s, slices.Compact(next), func(r id.Role) keys { return roleKeys(ws, r) })
		if err != nil {
			return err
		}
		for named, r := range found {
			if to, known := there[r.Moved]; known {
				found[named] = to
			} else if r.Moved != "" {
				delete(found, named)
			}
		}
	}
	return fmt.Errorf("dynamo: a role of %s moved %d times", ws, maxMoves)
}

// Roles reads a page of a workspace's roles, oldest first.
func (s *Store) Roles(ctx context.Context, ws id.Workspace, p page.Ask) ([]role.Role, page.Cursor, error) {
	partition := roleKeys(ws, "").pk
	return list[role.Role](ctx, s, query{table: schema.Core, partition: partition,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, p)
}

// RolesIn reads all roles of a portal, oldest first, without those that were
// deleted: at most role.MaxRoles of them.
func (s *Store) RolesIn(ctx context.Context, ws id.Workspace, p id.Portal) ([]role.Role, error) {
	return s.rolesThat(ctx, ws, func(item Item) bool {
		return item["moved"] == nil && item["deleted"] == nil && str(item["portal"]) == string(p)
	})
}

// rolesThat reads the roles of a workspace that are kept, oldest first: one query
// for a thousand of them.
func (s *Store) rolesThat(ctx context.Context, ws id.Workspace, keep func(Item) bool) ([]role.Role, error) {
	var all []role.Role
	partition := roleKeys(ws, "").pk
	ask := page.Inside("", looks)
	for {
		some, next, err := list[role.Role](ctx, s, query{table: schema.Core, partition: partition, keep: keep,
			start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, ask)
		if all = append(all, some...); err != nil || next == "" {
			return all, err
		}
		ask.Cursor = next
	}
}
