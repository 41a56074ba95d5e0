package directory

import (
	"context"
	"errors"
	"strings"

	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
)

// Firm is a workspace that ops ask for.
type Firm struct {
	Name  string
	Admin email.Address // who is invited as its first admin
	// Key makes asking twice safe: the same key is the same workspace.
	Key      string
	Settings workspace.Settings // of which DefaultOwner is chosen here
}

// ErrFounded says that a workspace was made under the key with another name.
var ErrFounded = fault.New(fault.Conflict, fault.CodeKeyReused, "This key was used for another workspace. Use a new key for a new workspace.")

// WorkspaceOf returns the identifier of the workspace that a key stands for.
func WorkspaceOf(key string) id.Workspace { return id.Named[id.Workspace]("workspace", key) }

// Found makes a workspace with its first portal, its default client role and an
// invitation for its first admin (rows F1, Z1, Z2). The portal's name comes from
// the firm's; if that is taken, from a number behind it. A repeat under the same
// key changes nothing and returns what is there; idempotency_key_reused if that
// has another name.
func (d Desk) Found(ctx context.Context, f Firm) (workspace.Workspace, portal.Portal, change.Set, error) {
	ws := id.New[id.Workspace](d.Now)
	if f.Key != "" {
		ws = WorkspaceOf(f.Key)
		there, first, err := d.founded(ctx, ws, f)
		if err != nil || there.ID != "" {
			return there, first, change.Set{}, err
		}
	}
	d.Actor.Workspace = ws
	f.Settings.DefaultOwner = identity.IDOf(ws, f.Admin.Key())
	w, err := workspace.New(ws, f.Name, f.Settings, d.Now)
	if err != nil {
		return w, portal.Portal{}, change.Set{}, err
	}
	name, err := d.freeName(ctx, portal.Slug(w.Name), false)
	if err != nil {
		return w, portal.Portal{}, change.Set{}, err
	}
	var set change.Set
	p := d.open(&set, w, name, w.Name)
	w.Portals = 1
	draft := invitation.StaffDraft{Address: f.Admin, Level: "admin", Language: w.Settings.Language}
	_, invited, err := invitation.NewStaff(draft, w, mailbox.Mailbox{Workspace: ws, Key: f.Admin.Key()}, d.Actor, d.Now)
	if err != nil {
		return w, p, set, err
	}
	set.Insert(w)
	set.Insert(d.entry("workspace.created", string(ws)))
	set.Add(invited)
	return w, p, set, nil
}

// founded returns the workspace of a key if it is there already.
func (d Desk) founded(ctx context.Context, ws id.Workspace, f Firm) (workspace.Workspace, portal.Portal, error) {
	w, err := d.Store.Workspace(ctx, ws)
	if errors.Is(err, fault.NotYours()) {
		return workspace.Workspace{}, portal.Portal{}, nil
	}
	if err == nil && w.Name != strings.TrimSpace(f.Name) {
		err = ErrFounded
	}
	if err != nil {
		return w, portal.Portal{}, err
	}
	portals, err := d.Store.Portals(ctx, ws)
	if err != nil || len(portals) == 0 {
		return w, portal.Portal{}, err
	}
	return w, portals[0], nil
}

// open adds a portal with its default role to a set.
func (d Desk) open(set *change.Set, w workspace.Workspace, name, title string) portal.Portal {
	p, reserved := portal.New(w.ID, name, title, d.Now)
	r := role.Default(w.ID, p.ID, w.Settings.Language, d.Now)
	p.DefaultRole = r.ID
	set.Insert(reserved)
	set.Insert(p)
	set.Insert(r)
	opened := d.entry("portal.created", string(p.ID))
	opened.After = map[string]string{"default_role": string(r.ID)}
	set.Insert(opened)
	return p
}
