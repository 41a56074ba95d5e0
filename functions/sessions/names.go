package sessions

import (
	"context"

	"portero/shared/app"
	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/directory"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/role"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
)

// names are what the things around somebody's grants are called.
type names struct {
	accounts map[id.Account]account.Account
	roles    map[id.Role]role.Role
	staff    map[id.Identity]identity.Identity
}

func namesOf(ctx context.Context, a *app.App, w workspace.Workspace, found []session.Door) (n names, err error) {
	var accounts []id.Account
	var roles []id.Role
	var staff []id.Identity
	for _, door := range found {
		accounts, roles = append(accounts, door.Grant.Account), append(roles, door.Grant.Role)
		for _, who := range []id.Identity{door.Grant.Owner, door.Grant.InvitedBy, w.Settings.DefaultOwner} {
			if who != "" {
				staff = append(staff, who)
			}
		}
	}
	if n.accounts, err = a.Store.AccountsOf(ctx, w.ID, accounts); err != nil {
		return n, err
	}
	if n.roles, err = a.Store.RolesOf(ctx, w.ID, roles); err != nil {
		return n, err
	}
	n.staff, err = a.Store.Identities(ctx, w.ID, staff)
	return n, err
}

func (n names) offered(door session.Door, using access.Grant) WhoamiOffered {
	g := door.Grant
	r := n.roles[g.Role] // as it is now: its users may have moved on
	return WhoamiOffered{
		Account: WhoamiNamed[id.Account]{g.Account, n.accounts[g.Account].Name},
		Contact: WhoamiNamed[id.Contact]{g.Contact, door.Contact.Name},
		Portal:  WhoamiPortal{door.Portal.ID, door.Portal.Name, door.Portal.Title},
		Role:    WhoamiNamed[id.Role]{r.ID, r.Name},
		Current: using.Account == g.Account && using.Contact == g.Contact && using.Portal == g.Portal,
	}
}

// colleagues returns whom a client asks, and who invited them.
func (n names) colleagues(w workspace.Workspace, g grant.Grant) (owner, inviter *WhoamiColleague) {
	if who, ok := n.staff[directory.OwnerOf(w, g, n.staff)]; ok {
		owner = &WhoamiColleague{Name: called(who), Address: string(who.Address)}
	}
	if who, ok := n.staff[g.InvitedBy]; ok {
		inviter = &WhoamiColleague{Name: called(who)}
	}
	return owner, inviter
}

// called is the name of a colleague, or their address while they have none.
func called(who identity.Identity) string {
	if who.Name != "" {
		return who.Name
	}
	return string(who.Address)
}
