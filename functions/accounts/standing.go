package accounts

import (
	"context"
	"time"

	"portero/shared/domain/account"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/standing"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo"
)

// AccountStanding is what an account comes to (rows T11, T13).
type AccountStanding struct {
	State        standing.State `json:"state,omitempty" enum:"active,pending,offline" doc:"active: somebody may sign in; pending: nobody yet, but a sign-in switch is on; offline: neither. Lists follow within a minute or two."`
	LastSignInAt time.Time      `json:"last_sign_in_at,omitzero" doc:"Of anybody here, to the day; absent: never."`
}

// AccountRow is an account as lists show it.
type AccountRow struct {
	AccountItem
	AccountStanding
}

// errDay refuses what is no day.
var errDay = fault.On("last_sign_in_before", "date_malformed", "A day is written as 2026-06-01.")

// errEither refuses filters that no one query answers.
var errEither = fault.On("last_sign_in_before", "filter_contradicts", "Ask for a name, for those never signed in, or for a last sign-in before a day: one of them. A state goes with the latter two.")

func (f AccountList) which(ctx context.Context, s *dynamo.Store, ws id.Workspace) (dynamo.WhichAccounts, error) {
	w := dynamo.WhichAccounts{State: standing.State(f.State), Never: f.Signed == "never"}
	switch {
	case f.Name != "" && !(w.Zero() && f.Before == ""), w.Never && f.Before != "":
		return w, errEither
	case f.Before == "":
		return w, nil
	}
	var day localtime.Date
	if err := day.UnmarshalText([]byte(f.Before)); err != nil || day.IsZero() {
		return w, errDay
	}
	firm, err := s.Workspace(ctx, ws)
	if err != nil {
		return w, err
	}
	zone, err := localtime.Load(firm.Settings.Zone)
	w.Before = localtime.Resolve(day, localtime.Clock{}, zone)
	return w, err
}

// named shows accounts with what they come to, in one batch.
func named(ctx context.Context, s *dynamo.Store, ws id.Workspace, all []account.Account) ([]AccountRow, error) {
	names := make([]id.Account, len(all))
	for n, a := range all {
		names[n] = a.ID
	}
	known, err := s.Standings(ctx, ws, names)
	rows := make([]AccountRow, len(all))
	for n, a := range all {
		rows[n] = AccountRow{item(a), shown(known[a.ID])}
	}
	return rows, err
}

// found shows accounts that a filter named.
func found(ctx context.Context, s *dynamo.Store, ws id.Workspace, names []id.Account) ([]AccountRow, error) {
	there, err := s.AccountsOf(ctx, ws, names)
	if err != nil {
		return nil, err
	}
	all := make([]account.Account, 0, len(names))
	for _, one := range names {
		if a, ok := there[one]; ok {
			all = append(all, a)
		}
	}
	return named(ctx, s, ws, all)
}

// shown is what was derived; of an account that is so new that nothing was, that
// nobody can sign in.
func shown(is standing.Standing) AccountStanding {
	if is.State == "" {
		is.State = standing.Offline
	}
	return AccountStanding{State: is.State, LastSignInAt: is.LastAt}
}

// derived shows what was derived of one account.
func derived(ctx context.Context, s *dynamo.Store, ws id.Workspace, one id.Account) (AccountStanding, error) {
	known, err := s.Standings(ctx, ws, []id.Account{one})
	return shown(known[one]), err
}

// afresh derives one account's from all its grants, as of now.
func afresh(ctx context.Context, s *dynamo.Store, w workspace.Workspace, all []grant.Grant, people map[id.Contact]contact.Contact, now time.Time) (AccountStanding, error) {
	var who []id.Identity
	for _, g := range all {
		if g.Identity != "" {
			who = append(who, g.Identity)
		}
	}
	known, err := s.Identities(ctx, w.ID, who)
	if err != nil {
		return AccountStanding{}, err
	}
	held := make([]standing.Held, len(all))
	for n, g := range all {
		zone, err := localtime.Load(w.ZoneOf(people[g.Contact].Zone))
		if err != nil {
			return AccountStanding{}, err
		}
		held[n] = standing.Held{Grant: g, Zone: zone, Out: !known[g.Identity].Active()}
	}
	state, last := standing.Of(held, now)
	return AccountStanding{State: state, LastSignInAt: last}, nil
}
