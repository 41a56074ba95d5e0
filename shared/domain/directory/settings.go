package directory

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/look"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
)

// Edits are what becomes of a workspace: another name, its mail held back or let
// go, its settings and its look edited; nil leaves each as it is.
type Edits struct {
	Name     *string
	Paused   *bool
	Settings func(workspace.Settings) workspace.Settings
	Look     func(look.Look) look.Look
}

// ChangeWorkspace edits the workspace. invalid with the fields at fault,
// owner_unknown if the default owner is not staff, and what workspace.Domains and
// look.Look.Check say.
func (d Desk) ChangeWorkspace(ctx context.Context, edits Edits) (workspace.Workspace, change.Set, error) {
	var set change.Set
	before, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return before, set, err
	}
	called := before.Name
	if edits.Name != nil {
		called = *edits.Name
	}
	settings := before.Settings
	if edits.Settings != nil {
		settings = edits.Settings(settings)
	}
	if !slices.Equal(settings.OwnDomains, before.Settings.OwnDomains) {
		if settings.OwnDomains, err = workspace.Domains("settings.own_domains", settings.OwnDomains); err != nil {
			return before, set, err
		}
	}
	w, err := before.Change(called, settings)
	if err != nil {
		return before, set, err
	}
	if owner := w.Settings.DefaultOwner; owner != before.Settings.DefaultOwner {
		if err := d.staff(ctx, owner); err != nil {
			return before, set, fault.On("settings.default_owner", grant.ErrOwner.Code, grant.ErrOwner.Detail)
		}
	}
	if !maps.Equal(w.Settings.LeadRoles, before.Settings.LeadRoles) {
		if err := d.mapping(ctx, w.Settings.LeadRoles); err != nil {
			return before, set, err
		}
	}
	entry := d.entry("workspace.changed", string(w.ID))
	if entry.Before, entry.After, err = differences(before.Settings, w.Settings); err != nil {
		return before, set, err
	}
	if edits.Look != nil {
		if w.Look, err = edits.Look(before.Look).Check(); err != nil {
			return before, set, err
		}
	}
	if changed := written(before, w); len(changed) > 0 {
		entry.After["changed"] = strings.Join(changed, ", ")
	}
	if w.Look.Colour != before.Look.Colour {
		entry.Before["colour"], entry.After["colour"] = string(before.Look.Colour), string(w.Look.Colour)
	}
	w = d.pause(w, edits.Paused, &entry)
	if len(entry.After) == 0 {
		return w, set, nil
	}
	set.Replace(w)
	set.Insert(entry)
	return w, set, nil
}

// written names what people wrote and was changed; the trail holds no texts.
func written(a, b workspace.Workspace) []string {
	var all []string
	for _, c := range []struct{ name, before, after string }{
		{"name", a.Name, b.Name}, {"footer", a.Look.Footer, b.Look.Footer}, {"privacy_url", a.Look.Notice, b.Look.Notice},
	} {
		if c.before != c.after {
			all = append(all, c.name)
		}
	}
	return all
}

// pause holds the workspace's mail back or lets it go, as asked; nil leaves it.
func (d Desk) pause(w workspace.Workspace, paused *bool, entry *audit.Entry) workspace.Workspace {
	was := w.Paused
	changed := false
	switch {
	case paused == nil:
	case *paused:
		w, changed = w.Hold(d.Now)
	default:
		w, changed = w.Resume(d.Now)
	}
	if changed {
		entry.Before["paused"], entry.After["paused"] = strconv.FormatBool(was != nil), strconv.FormatBool(w.Paused != nil)
	}
	return w
}

// staff returns owner_unknown unless the identity is active staff.
func (d Desk) staff(ctx context.Context, who id.Identity) error {
	found, err := d.Store.Identity(ctx, d.ws(), who)
	if err == nil && (found.Level == access.None || !found.Active()) {
		err = grant.ErrOwner
	}
	return unknown(err, grant.ErrOwner)
}

// differences lists the settings that are not the same; none of them says
// anything about a person but the addresses that mail comes from, which ops set.
func differences(a, b workspace.Settings) (before, after map[string]string, err error) {
	before, after = map[string]string{}, map[string]string{}
	was, err := flat(a)
	if err != nil {
		return nil, nil, err
	}
	is, err := flat(b)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if was[name] != is[name] {
			before[name], after[name] = was[name], is[name]
		}
	}
	return before, after, nil
}

// flat writes settings as names and values: a text as it is, the rest as JSON.
func flat(s workspace.Settings) (map[string]string, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for name, v := range fields {
		var text string
		if json.Unmarshal(v, &text) != nil {
			text = string(v)
		}
		out[name] = text
	}
	return out, nil
}

// maxMapped bounds the mapping of roles, so that settings stay small (chosen; no
// evidence).
const maxMapped = 50

// errMapping refuses a mapping of roles.
var errMapping = fault.On("settings.lead_roles", "lead_roles_malformed", "A role for leads is mapped to a role for contacts of the same portal, at most 50 of them.")

// mapping returns lead_roles_malformed unless each role for leads goes to one for
// contacts of the same portal.
func (d Desk) mapping(ctx context.Context, all map[id.Role]id.Role) error {
	if len(all) > maxMapped {
		return errMapping
	}
	var named []id.Role
	for from, to := range all {
		if from.Check() != nil || to.Check() != nil {
			return errMapping
		}
		named = append(named, from, to)
	}
	roles, err := d.Store.RolesOf(ctx, d.ws(), named)
	if err != nil {
		return err
	}
	for from, to := range all {
		if roles[from].ID != from || roles[to].ID != to || roles[from].For != role.Leads || roles[to].For != role.Contacts || roles[from].Portal != roles[to].Portal {
			return errMapping
		}
	}
	return nil
}
