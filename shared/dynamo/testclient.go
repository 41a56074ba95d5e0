package dynamo

import (
	"context"

	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/message"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
)

// TestInvitations reads some of those to a test client (row T6): one query and a
// batch, as the two below.
func (s *Store) TestInvitations(ctx context.Context, ws id.Workspace, a email.Address, most int) ([]invitation.Invitation, error) {
	q := query{table: schema.Core, index: schema.Address, partition: in(ws, schema.Invitation), prefix: begins(string(a)),
		start: func(sort string) keys { return invitationKeys(ws, id.Invitation(lastPart(sort))) }}
	all, _, err := found(ctx, s, q, page.Inside("", most), itself,
		func(i invitation.Invitation) bool { return i.Test && i.Key == a.Key() })
	return all, err
}

// TestGuests reads some of the test clients whom one has invited: of the test clients,
// who are few, page by page.
func (s *Store) TestGuests(ctx context.Context, ws id.Workspace, host id.Contact, most int) ([]contact.Contact, error) {
	q := query{table: schema.Core, index: schema.Called, partition: in(ws, schema.Contact),
		start: func(sort string) keys { return contactKeys(ws, id.Contact(lastPart(sort))) }}
	for after := page.Cursor(""); ; {
		all, next, err := found(ctx, s, q, page.Inside(after, most), itself, func(c contact.Contact) bool { return c.Host == host && c.Leaving == "" })
		if err != nil || len(all) > 0 || next == "" {
			return all, err
		}
		after = next
	}
}

// TestRequests reads some of the join requests of a test client's address.
func (s *Store) TestRequests(ctx context.Context, ws id.Workspace, a email.Address, most int) ([]joinlink.Request, error) {
	q := query{table: schema.Core, index: schema.Address, partition: in(ws, schema.JoinRequest), prefix: begins(string(a)),
		start: func(sort string) keys { return joinRequestKeys(ws, id.JoinRequest(lastPart(sort))) }}
	all, _, err := found(ctx, s, q, page.Inside("", most), itself,
		func(r joinlink.Request) bool { return r.Key == a.Key() })
	return all, err
}

// TestMessages reads some of the mails to a test client, and of those about it.
func (s *Store) TestMessages(ctx context.Context, ws id.Workspace, k email.Key, most int) ([]message.Message, error) {
	q := query{table: schema.Core, index: schema.List, partition: in(ws, schema.Message, string(k)),
		start: func(sort string) keys { return messageKeys(ws, id.Message(sort)) }}
	all, _, err := found[message.Message](ctx, s, q, page.Inside("", most), itself, nil)
	return all, err
}

// IdentityHistory reads what was changed in an identity's personal parts, newest
// first: at most a page.
func (s *Store) IdentityHistory(ctx context.Context, ws id.Workspace, who id.Identity) ([]identity.History, error) {
	all, _, err := list[identity.History](ctx, s, query{table: schema.Core, partition: identityKeys(ws, who).pk, prefix: historyPrefix}, page.Ask{})
	return all, err
}
