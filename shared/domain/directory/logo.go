package directory

import (
	"context"
	"errors"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/look"
	"portero/shared/domain/workspace"
)

// ChangeLogo gives the firm another image; logo_too_large or logo_malformed. The
// one it has already changes nothing.
func (d Desk) ChangeLogo(ctx context.Context, raw []byte) (workspace.Workspace, change.Set, error) {
	logo, err := look.NewLogo(d.ws(), raw)
	if err != nil {
		return workspace.Workspace{}, change.Set{}, err
	}
	return d.logo(ctx, &logo)
}

// RemoveLogo takes the firm's image away; without one it changes nothing.
func (d Desk) RemoveLogo(ctx context.Context) (change.Set, error) {
	_, set, err := d.logo(ctx, nil)
	return set, err
}

// logo puts an image in the place of the one there is; nil: none. The workspace
// names its version, so that both change together.
func (d Desk) logo(ctx context.Context, logo *look.Logo) (workspace.Workspace, change.Set, error) {
	var set change.Set
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil {
		return w, set, err
	}
	before := w.Look.Logo
	w.Look.Logo, w.Look.Media = "", ""
	if logo != nil {
		w.Look.Logo, w.Look.Media = logo.Name, logo.Media
	}
	if w.Look.Logo == before {
		return w, set, nil
	}
	there, err := d.Store.Logo(ctx, d.ws())
	switch {
	case err != nil && !errors.Is(err, fault.NotYours()):
		return w, set, err
	case logo == nil && err == nil:
		set.Remove(there)
	case logo == nil:
	case err != nil:
		set.Insert(*logo)
	default:
		logo.Version = there.Version
		set.Replace(*logo)
	}
	entry := d.entry("workspace.changed", string(w.ID))
	entry.Before, entry.After = map[string]string{"logo": string(before)}, map[string]string{"logo": string(w.Look.Logo)}
	set.Replace(w)
	set.Insert(entry)
	return w, set, nil
}
