package intake

import (
	"context"

	"portero/shared/domain/account"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
)

// Store is what a clerk reads from.
type Store interface {
	invitation.Store
	AccountsOf(ctx context.Context, ws id.Workspace, all []id.Account) (map[id.Account]account.Account, error)
	AccountsNamed(ctx context.Context, ws id.Workspace, name string) ([]account.Account, error)
	Roles(ctx context.Context, ws id.Workspace, p page.Ask) ([]role.Role, page.Cursor, error)
}

// names are the accounts and roles that rows call by their names.
type names struct {
	accounts map[string]named // by folded name
	roles    map[string][]role.Role
	spec     Spec
}

// named is what an account's name leads to: one that is there, one to be made,
// or a refusal.
type named struct {
	account account.Account
	fresh   bool
	no      *refusal
}

// atOnce is how many names are looked up at the same time (chosen, as
// dynamo.Bulk's).
const atOnce = 8

func (c Clerk) names(ctx context.Context, rows []Row) (names, error) {
	n := names{accounts: map[string]named{}, roles: map[string][]role.Role{}, spec: c.Spec}
	var asked []string
	calls := false
	for _, r := range rows {
		if r.refused() != nil {
			continue
		}
		calls = calls || r.Role != "" && id.Role(r.Role).Check() != nil
		key := folded(r.Account)
		if _, known := n.accounts[key]; known || key == "" || id.Account(r.Account).Check() == nil {
			continue
		}
		n.accounts[key] = named{account: account.Account{Name: r.Account}}
		asked = append(asked, key)
	}
	if calls && c.Spec.Access != None {
		if err := c.roles(ctx, &n); err != nil {
			return n, err
		}
	}
	return n, c.accounts(ctx, &n, asked)
}

// roles reads the workspace's, by name.
func (c Clerk) roles(ctx context.Context, n *names) error {
	for ask := (page.Ask{Now: c.Desk.Now}); ; {
		some, next, err := c.Store.Roles(ctx, c.Desk.Actor.Workspace, ask)
		if err != nil {
			return err
		}
		for _, r := range some {
			if r.Portal == c.Spec.Portal && !r.Gone() {
				n.roles[folded(r.Name)] = append(n.roles[folded(r.Name)], r)
			}
		}
		if ask.Cursor = next; next == "" {
			return nil
		}
	}
}

// line is a row as the desk takes it.
func (n names) line(r Row, access Access) (invitation.Line, *refusal) {
	l := invitation.Line{Address: r.Address, Name: r.Name, Language: r.Language, Zone: r.Zone, Source: r.Source}
	if no := r.refused(); no != nil {
		return l, no
	}
	if r.Contact != "" {
		l.Contact, l.Account = r.Contact, id.Account(r.Account)
		return l, nil
	}
	if r.Address == "" {
		return l, &refusal{invitation.Malformed, "address_missing", "The row has no address."}
	}
	if a, ok := n.accounts[folded(r.Account)]; ok {
		if a.no != nil {
			return l, a.no
		}
		l.Account = a.account.ID
	} else {
		l.Account = id.Account(r.Account)
	}
	if r.Role == "" || access == None {
		return l, nil
	}
	l.Role = id.Role(r.Role)
	if l.Role.Check() == nil {
		return l, nil
	}
	of := n.roles[folded(r.Role)]
	if len(of) != 1 {
		return l, &refusal{invitation.RoleUnknown, "role_unknown", "There is no such role in this portal."}
	}
	l.Role = of[0].ID
	return l, nil
}
