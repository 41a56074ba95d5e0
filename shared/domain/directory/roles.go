package directory

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// RoleCard is what staff write of a role; nil leaves as it is.
type RoleCard struct {
	Name  *string
	Seats *int
	May   *[]access.Permission
}

// onto puts the card onto a role; name_malformed, name_has_link, seats_malformed,
// permission_unknown.
func (c RoleCard) onto(r role.Role) (role.Role, error) {
	var err error
	if c.Name != nil {
		if r.Name, err = workspace.Named("name", *c.Name); err != nil {
			return r, err
		}
	}
	if c.Seats != nil && *c.Seats != r.Limit() {
		if r, err = r.WithSeats(*c.Seats); err != nil {
			return r, err
		}
	}
	if c.May != nil {
		return r.Allowing(*c.May)
	}
	return r, nil
}

// AddRole makes a role of a portal. portal_unknown, roles_full, and what RoleCard says. Two
// roles of a portal may have one name: it is a label that may be changed at any
// time, and identifiers tell roles apart everywhere.
func (d Desk) AddRole(ctx context.Context, in id.Portal, f role.For, card RoleCard) (role.Role, change.Set, error) {
	var set change.Set
	r, err := card.onto(role.New(d.ws(), in, "", f, d.Now))
	if err != nil {
		return r, set, err
	}
	p, err := d.Store.Portal(ctx, d.ws(), in)
	if err != nil {
		return r, set, unknown(err, portal.ErrUnknown)
	}
	all, err := d.Store.RolesIn(ctx, d.ws(), in)
	if err != nil {
		return r, set, err
	}
	if len(all) >= role.MaxRoles {
		return r, set, role.ErrFull
	}
	set.Replace(p) // of two at once one is decided again
	entry := d.entry("role.created", string(r.ID))
	entry.After = says(r)
	entry.After["portal"], entry.After["for"] = string(in), string(f)
	set.Insert(r)
	set.Insert(entry)
	return r, set, nil
}

// ChangeRole changes a role's name, seats or permissions; it counts from the next
// request on. What RoleCard says, and seats_taken for fewer seats than are taken.
func (d Desk) ChangeRole(ctx context.Context, one id.Role, card RoleCard) (role.Role, change.Set, error) {
	var set change.Set
	before, err := d.role(ctx, one)
	if err != nil {
		return before, set, err
	}
	r, err := card.onto(before)
	if err != nil {
		return before, set, err
	}
	entry := d.entry("role.changed", string(one))
	entry.Before, entry.After = map[string]string{}, map[string]string{}
	was, is := says(before), says(r)
	for name := range is {
		if was[name] != is[name] {
			entry.Before[name], entry.After[name] = was[name], is[name]
		}
	}
	if r.Name != before.Name {
		entry.After["changed"] = "name"
	}
	if len(entry.After) == 0 {
		return before, set, nil
	}
	if r.Limit() != before.Limit() {
		if err := d.relimit(ctx, &set, before, r); err != nil {
			return before, change.Set{}, err
		}
	}
	set.Replace(r)
	set.Insert(entry)
	return r, set, nil
}

// relimit gives a role's count another limit; seats_taken.
func (d Desk) relimit(ctx context.Context, set *change.Set, before, r role.Role) error {
	counts, err := d.Store.SeatCounts(ctx, d.ws(), []id.Role{r.ID})
	if err != nil {
		return err
	}
	if counts[r.ID].Used > r.Limit() {
		return role.ErrSeatsTaken
	}
	set.Raise(seat.Change{Workspace: d.ws(), Role: r.ID, Free: r.Limit() - before.Limit(), Limit: before.Limit()})
	return nil
}

// role returns a role that was not deleted, or not_found.
func (d Desk) role(ctx context.Context, one id.Role) (role.Role, error) {
	r, err := d.Store.Role(ctx, d.ws(), one)
	if err == nil && r.ID != one {
		err = fault.NotYours()
	}
	return r, err
}

// says is what the trail may know of a role.
func says(r role.Role) map[string]string {
	may := make([]string, 0, 4)
	for _, p := range r.Allows() {
		may = append(may, string(p))
	}
	return map[string]string{"seats": strconv.Itoa(r.Limit()), "may": strings.Join(may, " ")}
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
