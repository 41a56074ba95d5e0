package dynamo

import (
	"context"
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/idempotency"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// Credentials reads everything a token leads to in one strongly consistent
// batch: session and identity, and for a member the grant in use and its role.
// What is not there is left zero; nobody is let in by a zero value.
func (s *Store) Credentials(ctx context.Context, t session.Token) (session.Credentials, error) {
	sessionKey := sessionKeys(t.Workspace, t.Identity, t.Session)
	identityKey := identityKeys(t.Workspace, t.Identity)
	places := []place{{schema.Ephemera, sessionKey}, {schema.Core, identityKey}}
	g := t.Grant
	grantKey := grantKeys(t.Workspace, grant.Key{Account: g.Account, Contact: g.Contact, Portal: g.Portal})
	roleKey := roleKeys(t.Workspace, g.Role)
	if !g.Zero() {
		places = append(places, place{schema.Core, grantKey}, place{schema.Core, roleKey})
	}
	found, err := s.batch(ctx, places)
	if err != nil {
		return session.Credentials{}, err
	}
	var c session.Credentials
	if c.Session, _, err = optional(pick[session.Session](found, sessionKey)); err != nil {
		return c, err
	}
	if c.Identity, _, err = optional(pick[identity.Identity](found, identityKey)); err != nil || g.Zero() {
		return c, err
	}
	held, thereGrant, err := optional(pick[grant.Grant](found, grantKey))
	if err != nil {
		return c, err
	}
	named, thereRole, err := optional(pick[role.Role](found, roleKey))
	if err != nil {
		return c, err
	}
	thereRole = thereRole && !named.Deleted
	c.Grant, c.Role = held, named
	c.RoleThere = thereGrant && thereRole && held.Role == g.Role && held.Identity == t.Identity
	if thereGrant && thereRole && held.Identity == t.Identity && (named.Moved != "" || held.Role != g.Role) {
		// The role was deleted, and its users moved to another: before or after
		// the grant was written anew, both lead to the same.
		now, err := s.RolesOf(ctx, t.Workspace, []id.Role{g.Role, held.Role})
		if err != nil {
			return c, err
		}
		c.Role, c.RoleThere = now[g.Role], now[g.Role].ID != "" && now[g.Role].ID == now[held.Role].ID
	}
	return c, nil
}

// Entrance reads, in one strongly consistent batch, what signing in at a
// workspace asks of an address: not_found without the workspace; identity and
// mailbox are zero if they are not there, which costs the same.
func (s *Store) Entrance(ctx context.Context, ws id.Workspace, who id.Identity, k email.Key) (workspace.Workspace, identity.Identity, mailbox.Mailbox, error) {
	var i identity.Identity
	var m mailbox.Mailbox
	found, err := s.batch(ctx, []place{
		{schema.Core, workspaceKeys(ws)}, {schema.Core, identityKeys(ws, who)}, {schema.Core, mailboxKeys(ws, k)},
	})
	if err != nil {
		return workspace.Workspace{}, i, m, err
	}
	w, err := pick[workspace.Workspace](found, workspaceKeys(ws))
	if err != nil {
		return w, i, m, err
	}
	if i, _, err = optional(pick[identity.Identity](found, identityKeys(ws, who))); err != nil {
		return w, i, m, err
	}
	m, _, err = optional(pick[mailbox.Mailbox](found, mailboxKeys(ws, k)))
	return w, i, m, err
}

// Touch records that a session was used. It does nothing if the session is
// gone or was used later already.
func (s *Store) Touch(ctx context.Context, one session.Session, now time.Time) error {
	return s.seen(ctx, sessionKeys(one.Workspace, one.Identity, one.ID), now)
}

// Sessions lists an identity's sessions, newest first, ended ones included
// until they are rubbish; at most a page.
func (s *Store) Sessions(ctx context.Context, ws id.Workspace, who id.Identity, p page.Ask) ([]session.Session, page.Cursor, error) {
	partition := sessionKeys(ws, who, "").pk
	return list[session.Session](ctx, s, query{table: schema.Ephemera, partition: partition,
		start: func(sort string) keys { return keys{pk: partition, sk: sort} }}, p)
}

// Session reads one session, or not_found.
func (s *Store) Session(ctx context.Context, ws id.Workspace, who id.Identity, one id.Session) (session.Session, error) {
	return get[session.Session](ctx, s, schema.Ephemera, sessionKeys(ws, who, one))
}

// Remembered reads an idempotency record.
func (s *Store) Remembered(ctx context.Context, ws id.Workspace, hash string) (idempotency.Record, bool, error) {
	return optional(get[idempotency.Record](ctx, s, schema.Ephemera, idempotencyKeys(ws, hash)))
}
