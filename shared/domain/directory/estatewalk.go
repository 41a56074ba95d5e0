package directory

import (
	"context"
	"errors"

	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
)

// The lists that a handover goes through. Nothing is found by its owner but what
// is somebody's in a list: an index for the owner of a grant would cost each grant
// a write for a question that is asked when somebody leaves. So it goes through
// the accounts once, one query each. Expired invitations go too: they can be
// reopened.
const (
	leavesLinks    = "links"
	leavesPending  = string(invitation.Pending)
	leavesExpired  = string(invitation.Expired)
	leavesAccounts = "accounts" // for their grants
	leavesGrants   = "of_account"
)

// begin is where a handover begins.
func (Estate) begin() []job.Line {
	return job.Begin(leavesLinks, leavesPending, leavesExpired, leavesAccounts)
}

// EstateStore is what a handover reads beyond the desk's. Cursors are the store's.
type EstateStore interface {
	Store
	Accounts(ctx context.Context, ws id.Workspace, name string, p page.Ask) ([]account.Account, page.Cursor, error)
	JoinLink(ctx context.Context, ws id.Workspace, l id.JoinLink) (joinlink.JoinLink, error)
	LinksOf(ctx context.Context, ws id.Workspace, creator id.Identity, after string) ([]joinlink.JoinLink, string, error)
	InvitationsBy(ctx context.Context, ws id.Workspace, s invitation.State, inviter id.Identity, after string) ([]invitation.Invitation, string, error)
	GrantsOwned(ctx context.Context, ws id.Workspace, a id.Account, owner id.Identity, p page.Ask) ([]grant.Grant, page.Cursor, error)
}

// Walk is the way through what a leaver had; d is who sent them away, or the
// leaver. Nothing goes while they are staff (again).
func (e Estate) Walk(store WalkStore, d Desk, _ job.Job) job.Walk {
	h := handing{store: store, desk: d, estate: e}
	return job.Walk{Wanted: h.wanted, Do: h.do, Legs: []job.Leg{
		{Name: leavesLinks, Look: h.links},
		{Name: leavesPending, Look: h.invitations(invitation.Pending)},
		{Name: leavesExpired, Look: h.invitations(invitation.Expired)},
		{Name: leavesAccounts, Look: d.everyAccount(store), Each: leavesGrants},
		{Name: leavesGrants, Look: h.grants},
	}}
}

// handing gives things of one person to another, who are read at its first line.
type handing struct {
	store    EstateStore
	desk     Desk
	estate   Estate
	from, to identity.Identity
}

func (h handing) wanted(ctx context.Context) (bool, error) {
	from, err := h.desk.Store.Identity(ctx, h.desk.ws(), h.estate.From)
	return !from.Serves(), err
}

func (h handing) links(ctx context.Context, at job.Place) (job.Seen, error) {
	all, next, err := h.store.LinksOf(ctx, h.desk.ws(), h.estate.From, at.After)
	return job.Seen{After: next, Things: page.Each(all, func(l joinlink.JoinLink) string { return text(Bequest{Link: l.ID}) })}, err
}

func (h handing) invitations(s invitation.State) func(context.Context, job.Place) (job.Seen, error) {
	return func(ctx context.Context, at job.Place) (job.Seen, error) {
		all, next, err := h.store.InvitationsBy(ctx, h.desk.ws(), s, h.estate.From, at.After)
		return job.Seen{After: next, Things: page.Each(all, func(i invitation.Invitation) string { return text(Bequest{Invitation: i.ID}) })}, err
	}
}

func (h handing) grants(ctx context.Context, at job.Place) (job.Seen, error) {
	all, next, err := h.store.GrantsOwned(ctx, h.desk.ws(), id.Account(at.Of), h.estate.From, page.Inside(page.Cursor(at.After), job.PageOf))
	return job.Seen{After: string(next), Things: page.Each(all, func(g grant.Grant) string {
		k := g.Key()
		return text(Bequest{Grant: &k})
	})}, err
}

// do decides some bequests: each goes to the heir, if it is the leaver's still.
func (h handing) do(ctx context.Context, things []string) ([]job.Result, error) {
	var err error
	if h.from, err = h.desk.Store.Identity(ctx, h.desk.ws(), h.estate.From); err != nil {
		return nil, err
	}
	if h.to, err = h.desk.Heir(ctx, h.estate.To); err != nil {
		return nil, err
	}
	all, err := parsed[Bequest](things)
	if err != nil {
		return nil, err
	}
	var keys []grant.Key
	var offers []id.Invitation
	for _, b := range all {
		switch {
		case b.Grant != nil:
			keys = append(keys, *b.Grant)
		case b.Invitation != "":
			offers = append(offers, b.Invitation)
		}
	}
	grants, err := h.store.Grants(ctx, h.desk.ws(), keys)
	if err != nil {
		return nil, err
	}
	invitations, err := h.store.InvitationsOf(ctx, h.desk.ws(), offers)
	if err != nil {
		return nil, err
	}
	results := make([]job.Result, len(all))
	for n, b := range all {
		switch {
		case h.from.Serves():
			results[n].Verdict = Unchanged
		case h.to.ID == "":
			results[n].Verdict = NoHeir
		case b.Grant != nil:
			results[n] = h.grant(grants[*b.Grant])
		case b.Invitation != "":
			results[n] = h.invitation(invitations[b.Invitation])
		default:
			l, err := h.store.JoinLink(ctx, h.desk.ws(), b.Link)
			if err != nil && !errors.Is(err, fault.NotYours()) {
				return nil, err
			}
			results[n] = h.link(l)
		}
		b.name(&results[n])
	}
	return results, nil
}

func (h handing) grant(g grant.Grant) job.Result {
	if g.Owner != h.from.ID {
		return kept()
	}
	next := g
	next.Owner = h.to.ID
	return gone(next, h.desk.differs(g, next))
}

func (h handing) link(l joinlink.JoinLink) job.Result {
	if l.Creator != h.from.ID {
		return kept()
	}
	l.Creator = h.to.ID
	return gone(l, h.entry("joinlink.handed_over", string(l.ID)))
}

func (h handing) invitation(i invitation.Invitation) job.Result {
	next, changed := i.HandOver(h.from.ID, h.to.ID, h.to.Name, h.desk.Now)
	if !changed {
		return kept()
	}
	return gone(next, h.entry("invitation.handed_over", string(i.ID)), i.Accounts()...)
}

// entry names both, by identifier.
func (h handing) entry(action, subject string) audit.Entry {
	e := h.desk.entry(action, subject)
	e.Before, e.After = map[string]string{"owner": string(h.from.ID)}, map[string]string{"owner": string(h.to.ID)}
	return e
}

func kept() job.Result { return job.Result{Entry: job.Entry{Verdict: Unchanged}} }

func gone(record change.Record, e audit.Entry, accounts ...id.Account) job.Result {
	r := job.Result{Entry: job.Entry{Verdict: HandedOver}}
	r.Set.Replace(record)
	if len(accounts) == 0 {
		r.Set.Insert(e)
		return r
	}
	audit.File(&r.Set, e, accounts...)
	return r
}
