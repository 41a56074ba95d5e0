package dynamo

import (
	"context"

	"portero/shared/domain/account"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// Known reads things of many kinds by their names, strongly consistent, in
// batches; what is not there is left out. A workspace that is wanted and not
// there is not_found.
func (s *Store) Known(ctx context.Context, ws id.Workspace, w invitation.Wanted) (invitation.Found, error) {
	var r reading
	var f invitation.Found
	if w.Workspace {
		r.places = append(r.places, place{schema.Core, workspaceKeys(ws)})
	}
	f.Portals = want[id.Portal, portal.Portal](&r, w.Portals, func(p id.Portal) keys { return portalKeys(ws, p) })
	f.Roles = want[id.Role, role.Role](&r, w.Roles, func(o id.Role) keys { return roleKeys(ws, o) })
	f.Accounts = want[id.Account, account.Account](&r, w.Accounts, func(a id.Account) keys { return accountKeys(ws, a) })
	f.Contacts = want[id.Contact, contact.Contact](&r, w.Contacts, func(c id.Contact) keys { return contactKeys(ws, c) })
	f.Identities = want[id.Identity, identity.Identity](&r, w.Identities, func(i id.Identity) keys { return identityKeys(ws, i) })
	f.Mailboxes = want[email.Key, mailbox.Mailbox](&r, w.Mailboxes, func(k email.Key) keys { return mailboxKeys(ws, k) })
	f.Alike = want[email.Key, mailbox.Alike](&r, w.Alike, func(k email.Key) keys { return alikeKeys(ws, k) })
	f.Invitations = want[id.Invitation, invitation.Invitation](&r, w.Invitations, func(i id.Invitation) keys { return invitationKeys(ws, i) })
	f.Grants = want[grant.Key, grant.Grant](&r, w.Grants, func(k grant.Key) keys { return grantKeys(ws, k) })
	found, err := s.batch(ctx, r.places)
	if err != nil {
		return f, err
	}
	if w.Workspace {
		if f.Workspace, err = pick[workspace.Workspace](found, workspaceKeys(ws)); err != nil {
			return f, err
		}
	}
	for _, fill := range r.fill {
		if err := fill(found); err != nil {
			return f, err
		}
	}
	return f, s.follow(ctx, ws, f.Roles)
}

// reading is a batch being put together: where to look, and what to do with
// what is there.
type reading struct {
	places []place
	fill   []func(found map[string]Item) error
}

// want adds records of one kind to a reading and returns the map they will
// stand in.
func want[K comparable, T any](r *reading, all []K, key func(K) keys) map[K]T {
	out := make(map[K]T, len(all))
	for _, k := range all {
		r.places = append(r.places, place{schema.Core, key(k)})
	}
	r.fill = append(r.fill, func(found map[string]Item) error {
		for _, k := range all {
			one, there, err := optional(pick[T](found, key(k)))
			if err != nil {
				return err
			}
			if there {
				out[k] = one
			}
		}
		return nil
	})
	return out
}
