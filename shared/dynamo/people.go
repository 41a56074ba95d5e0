package dynamo

import (
	"context"
	"strings"

	"portero/shared/domain/account"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// Account reads one, or not_found.
func (s *Store) Account(ctx context.Context, ws id.Workspace, a id.Account) (account.Account, error) {
	return get[account.Account](ctx, s, schema.Core, accountKeys(ws, a))
}

// Accounts reads a page by name, of those whose name begins like this; empty: all.
func (s *Store) Accounts(ctx context.Context, ws id.Workspace, name string, p page.Ask) ([]account.Account, page.Cursor, error) {
	return list[account.Account](ctx, s, query{table: schema.Core, index: schema.List, partition: in(ws, schema.Account), prefix: begins(name),
		start: func(sort string) keys { return accountKeys(ws, id.Account(lastPart(sort))) }}, p)
}

// AccountPeople reads a page of who belongs to an account, and of their
// grants: both lie in the account's partition, so it is one query.
func (s *Store) AccountPeople(ctx context.Context, ws id.Workspace, a id.Account, p page.Ask) ([]account.Link, []grant.Grant, page.Cursor, error) {
	partition := accountKeys(ws, a).pk
	items, next, err := s.items(ctx, query{table: schema.Core, partition: partition,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, p)
	if err != nil {
		return nil, nil, "", err
	}
	var links []account.Link
	var grants []grant.Grant
	for _, item := range items {
		switch sort := str(item[schema.SK]); {
		case sort == self:
		case strings.HasPrefix(sort, "grant"+schema.Sep):
			g, err := decode[grant.Grant](item)
			if err != nil {
				return nil, nil, "", err
			}
			grants = append(grants, g)
		default:
			l, err := decode[account.Link](item)
			if err != nil {
				return nil, nil, "", err
			}
			links = append(links, l)
		}
	}
	return links, grants, next, nil
}

// AccountsOf reads those that are there, by identifier.
func (s *Store) AccountsOf(ctx context.Context, ws id.Workspace, all []id.Account) (map[id.Account]account.Account, error) {
	return many[id.Account, account.Account](ctx, s, all, func(a id.Account) keys { return accountKeys(ws, a) })
}

// AccountCalled reads whose an external identifier is, or not_found.
func (s *Store) AccountCalled(ctx context.Context, ws id.Workspace, external string) (account.External, error) {
	return get[account.External](ctx, s, schema.Core, externalKeys(ws, schema.Account, external))
}

// ContactCalled reads whose an external identifier is, or not_found.
func (s *Store) ContactCalled(ctx context.Context, ws id.Workspace, external string) (contact.External, error) {
	return get[contact.External](ctx, s, schema.Core, externalKeys(ws, schema.Contact, external))
}

// Contact reads one, or not_found.
func (s *Store) Contact(ctx context.Context, ws id.Workspace, c id.Contact) (contact.Contact, error) {
	return get[contact.Contact](ctx, s, schema.Core, contactKeys(ws, c))
}

// ContactHistory reads what was changed in a contact's personal parts, newest
// first: at most a page.
func (s *Store) ContactHistory(ctx context.Context, ws id.Workspace, c id.Contact) ([]contact.History, error) {
	all, _, err := list[contact.History](ctx, s, query{table: schema.Core, partition: contactKeys(ws, c).pk, prefix: historyPrefix}, page.Ask{})
	return all, err
}

// ContactsOf reads those that are there, by identifier.
func (s *Store) ContactsOf(ctx context.Context, ws id.Workspace, all []id.Contact) (map[id.Contact]contact.Contact, error) {
	return many[id.Contact, contact.Contact](ctx, s, all, func(c id.Contact) keys { return contactKeys(ws, c) })
}

// Grant reads one, or not_found.
func (s *Store) Grant(ctx context.Context, ws id.Workspace, k grant.Key) (grant.Grant, error) {
	return get[grant.Grant](ctx, s, schema.Core, grantKeys(ws, k))
}

// Grants reads those that are there, by key.
func (s *Store) Grants(ctx context.Context, ws id.Workspace, all []grant.Key) (map[grant.Key]grant.Grant, error) {
	return many[grant.Key, grant.Grant](ctx, s, all, func(k grant.Key) keys { return grantKeys(ws, k) })
}

// Mailbox reads what is known of an address; the zero value with Workspace and
// Key set if nothing is.
func (s *Store) Mailbox(ctx context.Context, ws id.Workspace, k email.Key) (mailbox.Mailbox, error) {
	m, there, err := optional(get[mailbox.Mailbox](ctx, s, schema.Core, mailboxKeys(ws, k)))
	if err == nil && !there {
		m = mailbox.Mailbox{Workspace: ws, Key: k}
	}
	return m, err
}

// Mailboxes reads what is known of many addresses; those never seen are left
// out.
func (s *Store) Mailboxes(ctx context.Context, ws id.Workspace, all []email.Key) (map[email.Key]mailbox.Mailbox, error) {
	return many[email.Key, mailbox.Mailbox](ctx, s, all, func(k email.Key) keys { return mailboxKeys(ws, k) })
}

// Identity reads one, or not_found.
func (s *Store) Identity(ctx context.Context, ws id.Workspace, who id.Identity) (identity.Identity, error) {
	return get[identity.Identity](ctx, s, schema.Core, identityKeys(ws, who))
}

// Identities reads those that are there, by identifier.
func (s *Store) Identities(ctx context.Context, ws id.Workspace, all []id.Identity) (map[id.Identity]identity.Identity, error) {
	return many[id.Identity, identity.Identity](ctx, s, all, func(who id.Identity) keys { return identityKeys(ws, who) })
}

// many reads records of core by their names, in batches.
func many[K comparable, T any](ctx context.Context, s *Store, all []K, key func(K) keys) (map[K]T, error) {
	places := make([]place, len(all))
	for i, k := range all {
		places[i] = place{schema.Core, key(k)}
	}
	found, err := s.batch(ctx, places)
	if err != nil {
		return nil, err
	}
	out := make(map[K]T, len(found))
	for _, k := range all {
		one, there, err := optional(pick[T](found, key(k)))
		if err != nil {
			return nil, err
		}
		if there {
			out[k] = one
		}
	}
	return out, nil
}

// AccountsNamed reads the accounts of one name, in whatever case: two at most,
// since more than one is ambiguous. A name that was given in this second may not
// be seen yet.
func (s *Store) AccountsNamed(ctx context.Context, ws id.Workspace, name string) ([]account.Account, error) {
	all, _, err := list[account.Account](ctx, s, query{table: schema.Core, index: schema.List, partition: in(ws, schema.Account), prefix: nameKey(name, "")},
		page.Ask{Oldest: true, Limit: 2})
	return all, err
}

// AccountContacts reads who belongs to an account, in the order of their
// identifiers, after one of them; more says that there are others behind.
func (s *Store) AccountContacts(ctx context.Context, ws id.Workspace, a id.Account, after id.Contact, most int) (all []account.Link, more bool, err error) {
	partition := accountKeys(ws, a).pk
	ask := page.Inside("", most)
	q := query{table: schema.Core, partition: partition, prefix: linkKeys(ws, a, "").sk,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}
	if after != "" {
		ask.Cursor = q.cursor(linkKeys(ws, a, after).sk, ask)
	}
	all, next, err := list[account.Link](ctx, s, q, ask)
	return all, next != "", err
}
