package directory

import (
	"context"
	"strings"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/look"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/page"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// Desk serves one actor at one instant, in the actor's workspace.
type Desk struct {
	Store Store
	Actor access.Actor
	Now   time.Time
	// Self is the actor's identity, and Key what a request's identifiers are made of
	// (invitation.Draft), where grants are switched on: whoever lets somebody in
	// invites them (rows D2, R2).
	Self identity.Identity
	Key  string
}

// Store is what the desk reads. One that is not there is not_found; those that
// are not there are left out.
type Store interface {
	invitation.Store
	Workspace(ctx context.Context, ws id.Workspace) (workspace.Workspace, error)
	Logo(ctx context.Context, ws id.Workspace) (look.Logo, error)
	Portal(ctx context.Context, ws id.Workspace, p id.Portal) (portal.Portal, error)
	Portals(ctx context.Context, ws id.Workspace) ([]portal.Portal, error)
	PortalNames(ctx context.Context, names []string) (map[string]portal.Name, error)
	// Role reads one as it is now: of one that was deleted, the one its users moved to.
	Role(ctx context.Context, ws id.Workspace, r id.Role) (role.Role, error)
	// RolesIn are a portal's, RolesMovedTo those that were deleted and whose users
	// went there; RoleLinks are the join links that give a role, behind a cursor.
	RolesIn(ctx context.Context, ws id.Workspace, p id.Portal) ([]role.Role, error)
	RolesMovedTo(ctx context.Context, ws id.Workspace, to id.Role) ([]role.Role, error)
	RoleLinks(ctx context.Context, ws id.Workspace, r id.Role, after string) ([]joinlink.JoinLink, string, error)
	SeatCounts(ctx context.Context, ws id.Workspace, all []id.Role) (map[id.Role]seat.Count, error)
	AccountsOf(ctx context.Context, ws id.Workspace, all []id.Account) (map[id.Account]account.Account, error)
	Account(ctx context.Context, ws id.Workspace, a id.Account) (account.Account, error)
	ContactsOf(ctx context.Context, ws id.Workspace, all []id.Contact) (map[id.Contact]contact.Contact, error)
	RolesOf(ctx context.Context, ws id.Workspace, all []id.Role) (map[id.Role]role.Role, error)
	Contact(ctx context.Context, ws id.Workspace, c id.Contact) (contact.Contact, error)
	AccountCalled(ctx context.Context, ws id.Workspace, external string) (account.External, error)
	ContactCalled(ctx context.Context, ws id.Workspace, external string) (contact.External, error)
	Mailbox(ctx context.Context, ws id.Workspace, k email.Key) (mailbox.Mailbox, error)
	Grant(ctx context.Context, ws id.Workspace, k grant.Key) (grant.Grant, error)
	Grants(ctx context.Context, ws id.Workspace, all []grant.Key) (map[grant.Key]grant.Grant, error)
	AccountPeople(ctx context.Context, ws id.Workspace, a id.Account, p page.Ask) ([]account.Link, []grant.Grant, page.Cursor, error)
	Identity(ctx context.Context, ws id.Workspace, who id.Identity) (identity.Identity, error)
	Identities(ctx context.Context, ws id.Workspace, all []id.Identity) (map[id.Identity]identity.Identity, error)
	Invitation(ctx context.Context, ws id.Workspace, one id.Invitation) (invitation.Invitation, error)
	InvitationsOf(ctx context.Context, ws id.Workspace, all []id.Invitation) (map[id.Invitation]invitation.Invitation, error)
}

// ws is the workspace the desk works in.
func (d Desk) ws() id.Workspace { return d.Actor.Workspace }

// entry begins the audit entry of a change.
func (d Desk) entry(action, subject string) audit.Entry {
	return audit.Of(d.Actor, d.Now, action, subject)
}

// changed is how the trail names fields whose values it may not hold.
func changed(fields ...string) map[string]string {
	return map[string]string{"changed": strings.Join(fields, ",")}
}
