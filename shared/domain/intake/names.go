package intake

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"

	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
	"portero/shared/domain/workspace"
)

// Store is what a clerk reads from.
type Store interface {
	invitation.Store
	AccountsOf(ctx context.Context, ws id.Workspace, all []id.Account) (map[id.Account]account.Account, error)
	AccountsNamed(ctx context.Context, ws id.Workspace, name string) ([]account.Account, error)
	Roles(ctx context.Context, ws id.Workspace, p page.Ask) ([]role.Role, page.Cursor, error)
}

func itoa(n int) string { return strconv.Itoa(n) }

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

// accounts finds those that are asked for by name: first what this job made, then
// what the list of accounts has.
func (c Clerk) accounts(ctx context.Context, n *names, asked []string) error {
	if len(asked) == 0 {
		return nil
	}
	mine := make([]id.Account, len(asked))
	for i, key := range asked {
		mine[i] = id.Derived[id.Account](c.Begun, string(c.Desk.Actor.Workspace), string(c.Job), key)
	}
	made, err := c.Store.AccountsOf(ctx, c.Desk.Actor.Workspace, mine)
	if err != nil {
		return err
	}
	var wait sync.WaitGroup
	errs, found, free := make([]error, len(asked)), make([]named, len(asked)), make(chan struct{}, atOnce)
	for i, key := range asked {
		if a, ok := made[mine[i]]; ok {
			found[i] = named{account: a}
			continue
		}
		typed := n.accounts[key].account.Name
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			found[i], errs[i] = c.account(ctx, typed, mine[i])
		})
	}
	wait.Wait()
	for i, key := range asked {
		if errs[i] != nil {
			return errs[i]
		}
		n.accounts[key] = found[i]
	}
	return nil
}

func (c Clerk) account(ctx context.Context, typed string, mine id.Account) (named, error) {
	name, err := workspace.Named("account", typed)
	if f := fault.As(err); f != nil {
		return named{no: &refusal{invitation.Malformed, f.Code, f.Detail}}, nil
	}
	all, err := c.Store.AccountsNamed(ctx, c.Desk.Actor.Workspace, name)
	switch {
	case err != nil:
		return named{}, err
	case len(all) == 1:
		return named{account: all[0]}, nil
	case len(all) > 1:
		return named{no: &refusal{invitation.AccountUnknown, "account_ambiguous", "Several accounts have this name. Write the identifier of one."}}, nil
	}
	if !access.May(c.Desk.Actor, access.AccountManage) {
		return named{no: &refusal{invitation.AccountUnknown, "account_unknown", "There is no such account, and you may not make one."}}, nil
	}
	return named{fresh: true, account: account.Account{ID: mine, Workspace: c.Desk.Actor.Workspace, Name: name, CreatedAt: c.Desk.Now}}, nil
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

// known is a store that knows the accounts that are to be made.
func (n names) known(s Store) invitation.Store {
	made := map[id.Account]account.Account{}
	for _, a := range n.accounts {
		if a.fresh {
			made[a.account.ID] = a.account
		}
	}
	if len(made) == 0 {
		return s
	}
	return knowing{s, made}
}

type knowing struct {
	invitation.Store
	made map[id.Account]account.Account
}

// Known answers as the store does, and with what is to be made.
func (k knowing) Known(ctx context.Context, ws id.Workspace, w invitation.Wanted) (invitation.Found, error) {
	f, err := k.Store.Known(ctx, ws, w)
	if err != nil {
		return f, err
	}
	for _, one := range w.Accounts {
		if a, ok := k.made[one]; ok {
			f.Accounts[one] = a
		}
	}
	return f, nil
}

// open adds each account that is to be made to the first row that needs it, or to
// the row that one stands with.
func (n names) open(d invitation.Desk, all []Outcome) {
	first := map[id.Account]int{}
	for _, a := range n.accounts {
		if !a.fresh {
			continue
		}
		for i := range all {
			if all[i].Account == a.account.ID && all[i].Verdict.Good() {
				at, seen := first[a.account.ID]
				if !seen || i-all[i].With < at {
					first[a.account.ID] = i - all[i].With
				}
			}
		}
	}
	for _, one := range slices.Sorted(maps.Keys(first)) { // in one order: the same question is the same call
		at, a := first[one], n.byID(one)
		var set change.Set
		set.Insert(a)
		set.Insert(audit.Of(d.Actor, d.Now, "account.created", string(one)))
		set.Add(all[at].Set)
		all[at].Set = set
	}
}

// byID is an account that is to be made.
func (n names) byID(one id.Account) account.Account {
	for _, a := range n.accounts {
		if a.account.ID == one {
			return a.account
		}
	}
	return account.Account{}
}

// Made counts the accounts that rows would make.
func Made(all []Outcome) int {
	made := 0
	for _, o := range all {
		for _, w := range o.Set.Writes {
			if a, ok := w.Record.(account.Account); ok && !a.Personal {
				made++
			}
		}
	}
	return made
}
