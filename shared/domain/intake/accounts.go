package intake

import (
	"context"
	"maps"
	"slices"
	"sync"

	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/workspace"
)

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
