package directory

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/workspace"
)

// Card is what staff write on a contact's card; nil leaves as it is.
type Card struct {
	Name     *string
	Address  *email.Address // empty takes it away
	Accounts *[]id.Account
	Language *string
	Zone     *string
	Source   *string
	Support  *Support
	Test     bool // of a new one: a test client (row T6), which needs an address
	Lead     bool // of a new one: still a lead; ConvertLeads makes a contact of it
	// ExternalID is what another system calls the contact; empty takes it away.
	ExternalID *string
}

// maxWrites leaves room for the idempotency record and another in one
// transaction of 100 items
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html).
const maxWrites = 98

// AddContact makes a contact. Its address is listed in the mailbox, once for
// each account, in the same transaction. name_malformed, language_unknown,
// zone_unknown, source_malformed, external_id_malformed, external_id_taken, too_many_accounts, account_unknown,
// address_shared_too_often; of a test client test_client_without_address, test_client_address;
// and, as a portal user, what Support says.
func (d Desk) AddContact(ctx context.Context, card Card) (contact.Contact, change.Set, error) {
	c, _, err := card.write(contact.New(d.ws(), d.Now))
	c.Lead, c.Test = card.Lead, card.Test
	var set change.Set
	if err != nil {
		return c, set, err
	}
	if err := d.accounts(ctx, c, c.Accounts); err != nil {
		return c, set, err
	}
	if c.Name == "" && c.Address == "" {
		return c, set, errNobody
	}
	if c.Test && c.Address == "" {
		return c, set, errTestNowhere
	}
	if _, err := d.support(ctx, &set, c, nil, card.Support, unsaid); err != nil {
		return c, change.Set{}, err
	}
	set.Insert(c)
	if c.ExternalID != "" {
		set.InsertOr(c.External(), ErrExternalTaken)
	}
	for _, a := range c.Accounts {
		set.Insert(account.Link{Workspace: d.ws(), Account: a, Contact: c.ID})
	}
	if c.Address != "" && (len(c.Accounts) > 0 || c.Test) {
		m, err := d.Store.Mailbox(ctx, d.ws(), c.Address.Key())
		if err == nil {
			err = list(&set, m, c)
		}
		if err != nil {
			return c, change.Set{}, err
		}
	}
	entry := d.entry("contact.created", string(c.ID))
	if c.Test {
		entry.After = map[string]string{"test": "true"}
	}
	audit.File(&set, entry, c.Accounts...)
	if len(set.Writes) > maxWrites {
		return c, change.Set{}, contact.ErrTooManyAtOnce
	}
	return c, set, nil
}

// ChangeContact changes a contact's card and keeps what hangs on it true: the
// mailboxes that list it, and the grants. Another address takes every accepted
// grant from the identity of the former one: whoever reads the new address has
// to accept anew. The same address, written again, confirms one that bounced.
// Where the workspace sends by the switch, the outcome says whether somebody who
// became a portal user was sent their way in. Beside AddContact's faults: test_client_fixed; contact_invited while an invitation to the former
// address is open, contact_has_access if an account with a grant is left out,
// too_many_changes.
func (d Desk) ChangeContact(ctx context.Context, one id.Contact, card Card) (contact.Contact, Outcome, change.Set, error) {
	var set change.Set
	before, err := d.Store.Contact(ctx, d.ws(), one)
	if err == nil && before.Leaving != "" {
		err = fault.NotYours()
	}
	if err != nil {
		return before, Outcome{}, set, err
	}
	c, fields, err := card.write(before)
	if err == nil && c.Test && c.Address.Key() != before.Address.Key() {
		err = contact.ErrTestFixed
	}
	if err != nil {
		return before, Outcome{}, set, err
	}
	if err := d.accounts(ctx, c, without(c.Accounts, before.Accounts)); err != nil {
		return before, Outcome{}, set, err
	}
	entry := d.entry("contact.changed", string(one))
	entry.After = changed(fields...)
	if err := d.relist(ctx, &set, before, c, card.Address != nil); err != nil {
		return before, Outcome{}, change.Set{}, err
	}
	how := sent
	if !slices.Equal(c.Accounts, before.Accounts) || card.Address != nil {
		how = told
	}
	unbound, out, err := d.regrant(ctx, &set, before, c, card.Support, how)
	if err != nil {
		return before, Outcome{}, change.Set{}, err
	}
	if unbound > 0 {
		entry.After["grants_unbound"] = strconv.Itoa(unbound)
	}
	if c.ExternalID != before.ExternalID {
		if before.ExternalID != "" {
			set.Remove(before.External())
		}
		if c.ExternalID != "" {
			set.InsertOr(c.External(), ErrExternalTaken)
		}
	}
	if s := card.Support; s != nil && s.User != nil {
		entry.After["portal_user"] = strconv.FormatBool(*s.User)
	}
	for _, a := range without(c.Accounts, before.Accounts) {
		set.Insert(account.Link{Workspace: d.ws(), Account: a, Contact: one})
	}
	for _, a := range without(before.Accounts, c.Accounts) {
		set.Remove(account.Link{Workspace: d.ws(), Account: a, Contact: one, Version: 1})
	}
	if len(fields) > 0 {
		set.Replace(c)
	}
	if set.Empty() {
		return c, out, set, nil
	}
	switch {
	case len(fields) == 0 && card.Support == nil:
		entry.After = changed("address_confirmed")
	case len(fields) == 0:
		delete(entry.After, "changed")
	}
	audit.File(&set, entry, slices.Concat(c.Accounts, without(before.Accounts, c.Accounts))...)
	if h, personal := c.Since(before, entry); personal {
		set.Insert(h)
	}
	if len(set.Writes) > maxWrites {
		return before, Outcome{}, change.Set{}, contact.ErrTooManyAtOnce
	}
	return c, out, set, nil
}

// write puts the card onto a contact and names the fields that are new.
func (card Card) write(c contact.Contact) (contact.Contact, []string, error) {
	before := c
	if card.Name != nil {
		c.Name = strings.TrimSpace(*card.Name)
	}
	if card.Address != nil {
		c.Address = *card.Address
	}
	if card.Language != nil {
		c.Language = *card.Language
	}
	if card.Zone != nil {
		c.Zone = *card.Zone
	}
	if card.Source != nil {
		c.Source = *card.Source
	}
	put(&c.ExternalID, card.ExternalID)
	if card.Support != nil {
		put(&c.From, card.Support.From)
		put(&c.Until, card.Support.Until)
	}
	if card.Accounts != nil {
		var err error
		if c, err = c.At(*card.Accounts); err != nil {
			return before, nil, err
		}
	}
	if err := check(c); err != nil {
		return before, nil, err
	}
	var fields []string
	for name, same := range map[string]bool{
		"name": c.Name == before.Name, "address": c.Address == before.Address, "language": c.Language == before.Language,
		"zone": c.Zone == before.Zone, "source": c.Source == before.Source, "accounts": slices.Equal(c.Accounts, before.Accounts),
		"external_id": c.ExternalID == before.ExternalID, "support_from": c.From == before.From, "support_until": c.Until == before.Until,
	} {
		if !same {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return c, fields, nil
}

func check(c contact.Contact) error {
	if c.Name != "" {
		if err := workspace.CheckName("name", c.Name); err != nil {
			return err
		}
	}
	if c.Language != "" && !workspace.Speaks(c.Language) {
		return fault.On("language", "language_unknown", "A language is en or es.")
	}
	if _, err := localtime.Load(c.Zone); c.Zone != "" && err != nil {
		return fault.On("zone", "zone_unknown", "A zone is a name such as Europe/Madrid.")
	}
	if !c.From.IsZero() && !c.Until.IsZero() && c.Until.Before(c.From) {
		return errSupportReversed
	}
	if err := checkExternal(c.ExternalID); err != nil {
		return err
	}
	return contact.CheckSource(c.Source)
}

// accounts refuses, each by its place, those that are not the workspace's, or are
// a test client's and the contact is none.
func (d Desk) accounts(ctx context.Context, c contact.Contact, all []id.Account) error {
	if len(all) == 0 {
		return nil
	}
	found, err := d.Store.AccountsOf(ctx, d.ws(), all)
	if err != nil {
		return err
	}
	for i, a := range all {
		if one, ok := found[a]; !ok || one.Test && !c.Test {
			return fault.On(fmt.Sprintf("accounts[%d]", i), account.ErrUnknown.Code, account.ErrUnknown.Detail)
		}
	}
	return nil
}

// without returns what a has and b has not.
func without(a, b []id.Account) []id.Account {
	return slices.DeleteFunc(slices.Clone(a), func(one id.Account) bool { return slices.Contains(b, one) })
}

// errTestNowhere is a test client whom nobody can invite.
var errTestNowhere = fault.On("address", "test_client_without_address", "A test client needs an address: it is invited there, and keeps it.")

// errNobody is a contact of whom nothing is known.
var errNobody = fault.On("name", "contact_empty", "Say at least a name or an address.")
