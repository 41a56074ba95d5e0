package directory

import (
	"context"

	"portero/shared/domain/change"
	"portero/shared/domain/identity"
)

// ChooseForSelf puts the actor's own choice onto the actor's identity; see
// identity.Identity.Choose for its faults.
func (d Desk) ChooseForSelf(ctx context.Context, c identity.Choice) (identity.Identity, change.Set, error) {
	var set change.Set
	who, err := d.Store.Identity(ctx, d.ws(), d.Actor.Identity)
	if err != nil {
		return who, set, err
	}
	was := who
	who, fields, err := who.Choose(c)
	if err != nil || len(fields) == 0 {
		return who, set, err
	}
	entry := d.entry("profile.changed", string(who.ID))
	entry.After = changed(fields...)
	set.Replace(who)
	set.Insert(entry)
	if h, personal := who.Since(was, entry); personal {
		set.Insert(h)
	}
	return who, set, nil
}
