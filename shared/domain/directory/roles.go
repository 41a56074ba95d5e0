package directory

import (
	"context"
	"errors"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
)

// AddRole makes a role of a portal. portal_unknown, name_malformed or
// name_has_link. Two roles of a portal may have one name: it is a label that may
// be changed at any time, and identifiers tell roles apart everywhere.
func (d Desk) AddRole(ctx context.Context, in id.Portal, name string, f role.For) (role.Role, change.Set, error) {
	var set change.Set
	name, err := workspace.Named("name", name)
	if err != nil {
		return role.Role{}, set, err
	}
	if _, err := d.Store.Portal(ctx, d.ws(), in); err != nil {
		return role.Role{}, set, unknown(err, portal.ErrUnknown)
	}
	r := role.New(d.ws(), in, name, f, d.Now)
	entry := d.entry("role.created", string(r.ID))
	entry.After = map[string]string{"portal": string(in), "for": string(f)}
	set.Insert(r)
	set.Insert(entry)
	return r, set, nil
}

// RenameRole gives a role another name; name_malformed.
func (d Desk) RenameRole(ctx context.Context, one id.Role, name string) (role.Role, change.Set, error) {
	var set change.Set
	name, err := workspace.Named("name", name)
	if err != nil {
		return role.Role{}, set, err
	}
	r, err := d.Store.Role(ctx, d.ws(), one)
	if err != nil || r.Name == name {
		return r, set, err
	}
	r.Name = name
	entry := d.entry("role.changed", string(one))
	entry.After = changed("name")
	set.Replace(r)
	set.Insert(entry)
	return r, set, nil
}

// roleOf returns a role of a portal, or role_unknown.
func (d Desk) roleOf(ctx context.Context, p id.Portal, one id.Role) (role.Role, error) {
	r, err := d.Store.Role(ctx, d.ws(), one)
	if err == nil && r.Portal != p {
		err = role.ErrUnknown
	}
	return r, unknown(err, role.ErrUnknown)
}

// unknown names what a body pointed at in vain: inside a body, "not there" is a
// field at fault.
func unknown(err, field error) error {
	if errors.Is(err, fault.NotYours()) {
		return field
	}
	return err
}
