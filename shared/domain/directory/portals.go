package directory

import (
	"cmp"
	"context"
	"errors"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
)

// ErrPortalsFull says that a workspace has as many portals as it can.
var ErrPortalsFull = fault.New(fault.Conflict, "portals_full", "A workspace has at most 5 portals, and portals are not deleted.")

const (
	// suggested is how many free names stand beside a refused one (chosen).
	suggested = 3
	// looked is how many names near a taken one are looked at: with it, one
	// batch read (100 keys).
	looked = 99
)

// OpenPortal makes another portal with its own default client role (row Z1). An
// empty title is the firm's name; an empty name comes from the title and avoids
// what is taken. portals_full, portal_name_malformed, title_malformed, or
// portal_name_taken with free names beside it.
func (d Desk) OpenPortal(ctx context.Context, name, title string) (portal.Portal, change.Set, error) {
	var set change.Set
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return portal.Portal{}, set, err
	}
	if w.Portals >= workspace.MaxPortals {
		return portal.Portal{}, set, ErrPortalsFull
	}
	title = cmp.Or(title, w.Name)
	if err := portal.CheckTitle(title); err != nil {
		return portal.Portal{}, set, err
	}
	given := name != ""
	if !given {
		name = portal.Slug(title)
	} else if err := portal.CheckName(name); err != nil {
		return portal.Portal{}, set, err
	}
	if name, err = d.freeName(ctx, name, given); err != nil {
		return portal.Portal{}, set, err
	}
	p := d.open(&set, w, name, title)
	w.Portals++
	set.Replace(w)
	return p, set, nil
}

// freeName returns the name, or a free one near it; if the very name was asked
// for, portal_name_taken.
func (d Desk) freeName(ctx context.Context, name string, asked bool) (string, error) {
	near := append([]string{name}, portal.Variants(name, looked)...)
	taken, err := d.Store.PortalNames(ctx, near)
	if err != nil {
		return "", err
	}
	var free []string
	for _, n := range near {
		if _, ok := taken[n]; !ok {
			free = append(free, n)
		}
	}
	switch {
	case len(free) == 0 || asked && free[0] != name:
		return "", portal.Taken(free[:min(len(free), suggested)])
	default:
		return free[0], nil
	}
}

// ChangePortal gives a portal another title or default role; nil leaves as it
// is. role_unknown if the role is another portal's or not for contacts. The name
// never changes.
func (d Desk) ChangePortal(ctx context.Context, one id.Portal, title *string, byDefault *id.Role) (portal.Portal, change.Set, error) {
	var set change.Set
	p, err := d.Store.Portal(ctx, d.ws(), one)
	if err != nil {
		return p, set, err
	}
	entry := d.entry("portal.changed", string(one))
	entry.Before, entry.After = map[string]string{}, map[string]string{}
	if title != nil && *title != p.Title {
		if err := portal.CheckTitle(*title); err != nil {
			return p, set, err
		}
		p.Title, entry.After = *title, changed("title")
	}
	if byDefault != nil && *byDefault != p.DefaultRole {
		if err := d.moveDefault(ctx, &set, p, *byDefault); err != nil {
			return p, change.Set{}, err
		}
		entry.Before["default_role"], entry.After["default_role"] = string(p.DefaultRole), string(*byDefault)
		p.DefaultRole = *byDefault
	}
	if len(entry.After) == 0 {
		return p, change.Set{}, nil
	}
	set.Replace(p)
	set.Insert(entry)
	return p, set, nil
}

// moveDefault marks another role as the portal's default.
func (d Desk) moveDefault(ctx context.Context, set *change.Set, p portal.Portal, to id.Role) error {
	next, err := d.roleOf(ctx, p.ID, to)
	if errors.Is(err, role.ErrUnknown) || err == nil && next.For != role.Contacts {
		return fault.On("default_role", role.ErrUnknown.Code, "The default role is one of the portal's, for contacts.")
	}
	if err != nil {
		return err
	}
	before, err := d.Store.Role(ctx, d.ws(), p.DefaultRole)
	if err != nil {
		return err
	}
	before.Default, next.Default = false, true
	set.Replace(before)
	set.Replace(next)
	return nil
}
