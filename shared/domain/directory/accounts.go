package directory

import (
	"context"

	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/workspace"
)

// AddAccount makes an account, with what another system calls it, if that is said;
// name_malformed, external_id_malformed, external_id_taken.
func (d Desk) AddAccount(name, external string) (account.Account, change.Set, error) {
	var set change.Set
	name, err := workspace.Named("name", name)
	if err == nil {
		err = checkExternal(external)
	}
	if err != nil {
		return account.Account{}, set, err
	}
	a := account.New(d.ws(), name, d.Now)
	a.ExternalID = external
	set.Insert(a)
	if external != "" {
		set.InsertOr(a.External(), ErrExternalTaken)
	}
	audit.File(&set, d.entry("account.created", string(a.ID)), a.ID)
	return a, set, nil
}

// ChangeAccount gives an account another name or external identifier; nil leaves
// as it is, and an empty identifier takes it away. name_malformed,
// external_id_malformed, external_id_taken. An account that was made for one
// person is an ordinary one once it is renamed.
func (d Desk) ChangeAccount(ctx context.Context, one id.Account, name, external *string) (account.Account, change.Set, error) {
	var set change.Set
	before, err := d.Store.Account(ctx, d.ws(), one)
	if err != nil {
		return before, set, err
	}
	a := before
	var fields []string
	if name != nil {
		if a.Name, err = workspace.Named("name", *name); err != nil {
			return before, set, err
		}
		if a.Name != before.Name {
			a.Personal, fields = false, append(fields, "name")
		}
	}
	if put(&a.ExternalID, external); a.ExternalID != before.ExternalID {
		if err := checkExternal(a.ExternalID); err != nil {
			return before, set, err
		}
		fields = append(fields, "external_id")
		if before.ExternalID != "" {
			set.Remove(before.External())
		}
		if a.ExternalID != "" {
			set.InsertOr(a.External(), ErrExternalTaken)
		}
	}
	if len(fields) == 0 {
		return a, set, nil
	}
	entry := d.entry("account.changed", string(one))
	entry.After = changed(fields...)
	set.Replace(a)
	audit.File(&set, entry, one)
	return a, set, nil
}
