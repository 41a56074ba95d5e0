package directory

import (
	"context"
	"errors"

	"portero/shared/domain/account"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// The faults of external identifiers (row B11).
var (
	ErrExternal      = fault.On("external_id", "external_id_malformed", "An external identifier has 1 to 128 letters, digits and - . _ ~ : without accents.")
	ErrExternalTaken = fault.New(fault.Conflict, "external_id_taken", "Another one has this external identifier. Find it by that, or use another one.")
	errTwoExternal   = fault.On("external_id", fault.CodeInvalid, "The path says another external identifier. Leave this one out.")
)

// checkExternal refuses with external_id_malformed what is none; empty is none at
// all, and will do.
func checkExternal(external string) error {
	if external != "" && id.CheckExternal(external) != nil {
		return ErrExternal
	}
	return nil
}

// FindContact returns the contact that another system calls so; not_found,
// external_id_malformed.
func (d Desk) FindContact(ctx context.Context, external string) (contact.Contact, error) {
	if id.CheckExternal(external) != nil {
		return contact.Contact{}, ErrExternal
	}
	e, err := d.Store.ContactCalled(ctx, d.ws(), external)
	if err != nil {
		return contact.Contact{}, err
	}
	return d.Store.Contact(ctx, d.ws(), e.Contact)
}

// UpsertContact writes the card of the contact that another system calls so, who is
// made if there is none: of two at once, one makes it and the other finds it. What
// the card leaves out stays. AddContact's faults and ChangeContact's.
func (d Desk) UpsertContact(ctx context.Context, external string, card Card) (contact.Contact, Outcome, change.Set, error) {
	if card.ExternalID != nil && *card.ExternalID != external {
		return contact.Contact{}, Outcome{}, change.Set{}, errTwoExternal
	}
	c, err := d.FindContact(ctx, external)
	if err == nil {
		return d.ChangeContact(ctx, c.ID, card)
	}
	if !errors.Is(err, fault.NotYours()) {
		return c, Outcome{}, change.Set{}, err
	}
	card.ExternalID = &external
	c, set, err := d.AddContact(ctx, card)
	return c, Outcome{}, found(set), err
}

// FindAccount returns the account that another system calls so; not_found,
// external_id_malformed.
func (d Desk) FindAccount(ctx context.Context, external string) (account.Account, error) {
	if id.CheckExternal(external) != nil {
		return account.Account{}, ErrExternal
	}
	e, err := d.Store.AccountCalled(ctx, d.ws(), external)
	if err != nil {
		return account.Account{}, err
	}
	return d.Store.Account(ctx, d.ws(), e.Account)
}

// UpsertAccount is UpsertContact for an account.
func (d Desk) UpsertAccount(ctx context.Context, external, name string) (account.Account, change.Set, error) {
	a, err := d.FindAccount(ctx, external)
	if err == nil {
		return d.ChangeAccount(ctx, a.ID, &name, nil)
	}
	if !errors.Is(err, fault.NotYours()) {
		return a, change.Set{}, err
	}
	a, set, err := d.AddAccount(name, external)
	return a, found(set), err
}

// found makes a set that meets an external identifier in use be decided again,
// which finds whose it is.
func found(set change.Set) change.Set {
	for n, w := range set.Writes {
		if errors.Is(w.Conflict, ErrExternalTaken) {
			set.Writes[n].Conflict = nil
		}
	}
	return set
}
