package invitation

import (
	"context"
	"maps"

	"portero/shared/domain/account"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
)

// Wanted names what is to be read at once, over kinds of thing: inviting asks
// many small questions, and one batch answers a hundred of them.
type Wanted struct {
	Workspace   bool
	Portals     []id.Portal
	Roles       []id.Role
	Accounts    []id.Account
	Contacts    []id.Contact
	Identities  []id.Identity
	Mailboxes   []email.Key
	Alike       []email.Key // their variants
	Invitations []id.Invitation
	Grants      []grant.Key
}

// Found is what was there, by name; the rest is left out.
type Found struct {
	Workspace   workspace.Workspace
	Portals     map[id.Portal]portal.Portal
	Roles       map[id.Role]role.Role
	Accounts    map[id.Account]account.Account
	Contacts    map[id.Contact]contact.Contact
	Identities  map[id.Identity]identity.Identity
	Mailboxes   map[email.Key]mailbox.Mailbox
	Alike       map[email.Key]mailbox.Alike
	Invitations map[id.Invitation]Invitation
	Grants      map[grant.Key]grant.Grant
}

// Store is what a Desk reads from.
type Store interface {
	// Known reads everything wanted of a workspace, strongly consistent, in as
	// few calls as fit.
	Known(ctx context.Context, ws id.Workspace, w Wanted) (Found, error)
	seat.Store
}

// add reads more and adds it to what is known.
func (f *Found) add(ctx context.Context, s Store, ws id.Workspace, w Wanted) error {
	if w.empty() {
		return nil
	}
	more, err := s.Known(ctx, ws, w)
	if err != nil {
		return err
	}
	if w.Workspace {
		f.Workspace = more.Workspace
	}
	join(&f.Portals, more.Portals)
	join(&f.Roles, more.Roles)
	join(&f.Accounts, more.Accounts)
	join(&f.Contacts, more.Contacts)
	join(&f.Identities, more.Identities)
	join(&f.Mailboxes, more.Mailboxes)
	join(&f.Alike, more.Alike)
	join(&f.Invitations, more.Invitations)
	join(&f.Grants, more.Grants)
	return nil
}

func (w Wanted) empty() bool {
	return !w.Workspace && len(w.Portals)+len(w.Roles)+len(w.Accounts)+len(w.Contacts)+len(w.Identities)+
		len(w.Mailboxes)+len(w.Alike)+len(w.Invitations)+len(w.Grants) == 0
}

func join[K comparable, V any](into *map[K]V, more map[K]V) {
	if *into == nil {
		*into = make(map[K]V, len(more))
	}
	maps.Copy(*into, more)
}

// mailbox returns what is known of an address; of one never seen, an empty one.
func (f Found) mailbox(ws id.Workspace, k email.Key) mailbox.Mailbox {
	if m, ok := f.Mailboxes[k]; ok {
		return m
	}
	return mailbox.Mailbox{Workspace: ws, Key: k}
}
