package directory

import (
	"context"
	"errors"
	"maps"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// The faults of deleting a role (rows Z15, Z16). Each sentence says the way out.
var (
	ErrRoleDefault = fault.New(fault.Conflict, "role_default", "The default role cannot be deleted. Make another role the portal's default first.")
	ErrRoleInUse   = fault.New(fault.Conflict, "role_in_use", "People, join links or the settings still name this role. Choose the role that they move to.")
	ErrRoleMoving  = fault.New(fault.Conflict, "role_moving", "People are still moving to this role. Delete it when they have arrived.")
	ErrMoveTo      = fault.On("move_to", "move_to_unfit", "People move to another role of the same portal, for the same kind of people.")
)

// RoleEnd is what became of a role that is deleted.
type RoleEnd struct {
	To  id.Role // where its users are; empty: it had none
	Job id.Job  // that rewrites behind; empty: nothing to rewrite
}

// DeleteRole deletes a role. Without another to move to it must be empty: no grant,
// and with it no invitation, join link, request or mapping names it; else
// role_in_use. With one, its users are that role's from this write on, whatever
// still names the old one, and a job rewrites behind. The seats they sit on must be
// free there (who sits in both counts twice until the job comes by): no_seat.
// not_found, role_default, role_moving, move_to_unfit.
func (d Desk) DeleteRole(ctx context.Context, one, to id.Role) (RoleEnd, change.Set, error) {
	var none change.Set
	r, err := d.role(ctx, one)
	if err != nil {
		return RoleEnd{}, none, err
	}
	if r.Default {
		return RoleEnd{}, none, ErrRoleDefault
	}
	// The counts are read first: what begins to name either role after this is
	// met by its version.
	counts, err := d.Store.SeatCounts(ctx, d.ws(), []id.Role{one, to})
	if err != nil {
		return RoleEnd{}, none, err
	}
	coming, err := d.Store.RolesMovedTo(ctx, d.ws(), one)
	if err != nil {
		return RoleEnd{}, none, err
	}
	for _, c := range coming {
		if c.Job != "" {
			return RoleEnd{}, none, ErrRoleMoving
		}
	}
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return RoleEnd{}, none, err
	}
	if to == "" {
		set, err := d.deleteEmpty(ctx, r, counts, w)
		return RoleEnd{}, set, err
	}
	return d.deleteMoving(ctx, r, to, counts, w)
}

// deleteEmpty deletes a role that nothing names; role_in_use.
func (d Desk) deleteEmpty(ctx context.Context, r role.Role, counts map[id.Role]seat.Count, w workspace.Workspace) (change.Set, error) {
	var set change.Set
	if n := counts[r.ID]; n.Grants > 0 || n.Used > 0 || mapped(w, r.ID) {
		return set, ErrRoleInUse
	}
	for ask := ""; ; {
		links, next, err := d.Store.RoleLinks(ctx, d.ws(), r.ID, ask)
		if err != nil {
			return set, err
		}
		if len(links) > 0 {
			return set, ErrRoleInUse
		}
		if ask = next; ask == "" {
			break
		}
	}
	r.Deleted = true
	d.close(&set, r, counts[r.ID], r.ID)
	set.Replace(w) // so that no mapping names the role meanwhile
	set.Insert(d.entry("role.deleted", string(r.ID)))
	return set, nil
}

// deleteMoving marks a role as moved: from then on every reader follows.
func (d Desk) deleteMoving(ctx context.Context, r role.Role, to id.Role, counts map[id.Role]seat.Count, w workspace.Workspace) (RoleEnd, change.Set, error) {
	var set change.Set
	target, err := d.roleOf(ctx, r.Portal, to)
	switch {
	case errors.Is(err, role.ErrUnknown):
		return RoleEnd{}, set, ErrMoveTo
	case err != nil:
		return RoleEnd{}, set, err
	case target.ID != to || target.ID == r.ID || target.For != r.For:
		return RoleEnd{}, set, ErrMoveTo
	}
	free := target.Limit()
	if n, counted := counts[to]; counted {
		free = n.Free
	}
	left := counts[r.ID]
	if left.Used > 0 && left.Used > free {
		return RoleEnd{}, set, seat.ErrNone
	}
	end := RoleEnd{To: to, Job: id.New[id.Job](d.Now)}
	j := job.New(end.Job, d.ws(), RoleMoveKind, d.Now)
	j.Creator, j.Spec = d.Actor.Identity, RoleMove{From: r.ID, To: to}.Text()
	r.Moved, r.Job = to, end.Job
	d.close(&set, r, left, to)
	// Its users sit there now; and that one must not be deleted meanwhile.
	set.Raise(seat.Change{Workspace: d.ws(), Role: to, Used: left.Used, Limit: target.Limit()})
	set.Replace(remap(w, r.ID, to))
	job.Start(&set, j, RoleMove{}.begin(), d.Now)
	entry := d.entry("role.deleted", string(r.ID))
	entry.After = map[string]string{"moved_to": string(to), "job": string(end.Job)}
	set.Insert(entry)
	return end, set, nil
}

// close writes a role's mark, and its count, at which nothing begins any more.
func (d Desk) close(set *change.Set, r role.Role, n seat.Count, to id.Role) {
	set.Replace(r)
	if n.Version == 0 {
		set.Insert(seat.Count{Workspace: d.ws(), Role: r.ID}.Close(to))
		return
	}
	set.Replace(n.Close(to))
}

// mapped reports whether the mapping of roles names one.
func mapped(w workspace.Workspace, one id.Role) bool {
	for from, to := range w.Settings.LeadRoles {
		if from == one || to == one {
			return true
		}
	}
	return false
}

// remap is a workspace whose mapping names another role in one's place. A role for
// leads that is mapped already stays so.
func remap(w workspace.Workspace, one, other id.Role) workspace.Workspace {
	all := map[id.Role]id.Role{}
	maps.Copy(all, w.Settings.LeadRoles)
	if to, there := all[one]; there {
		delete(all, one)
		if _, there := all[other]; !there {
			all[other] = to
		}
	}
	for from, to := range all {
		if to == one {
			all[from] = other
		}
	}
	if len(all) > 0 {
		w.Settings.LeadRoles = all
	}
	return w
}
