package directory

import (
	"context"

	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/workspace"
)

// AddAccount makes an account; name_malformed.
func (d Desk) AddAccount(name string) (account.Account, change.Set, error) {
	var set change.Set
	name, err := workspace.Named("name", name)
	if err != nil {
		return account.Account{}, set, err
	}
	a := account.New(d.ws(), name, d.Now)
	set.Insert(a)
	audit.File(&set, d.entry("account.created", string(a.ID)), a.ID)
	return a, set, nil
}

// RenameAccount gives an account another name; name_malformed. An account that
// was made for one person is an ordinary one from then on.
func (d Desk) RenameAccount(ctx context.Context, one id.Account, name string) (account.Account, change.Set, error) {
	var set change.Set
	name, err := workspace.Named("name", name)
	if err != nil {
		return account.Account{}, set, err
	}
	a, err := d.Store.Account(ctx, d.ws(), one)
	if err != nil || a.Name == name {
		return a, set, err
	}
	a.Name, a.Personal = name, false
	entry := d.entry("account.changed", string(one))
	entry.After = changed("name")
	set.Replace(a)
	audit.File(&set, entry, one)
	return a, set, nil
}
