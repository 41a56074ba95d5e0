package jobs

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/page"
	"portero/shared/domain/standing"
	"portero/shared/dynamo/schema"
)

// Assess derives what accounts come to whose grants were written, whose grants'
// dates have come, or whose people were shut out or let in (rows T11, T8). It
// makes nothing true but what lists show: who may sign in is decided by the
// grant itself, at each request.
var Assess = app.Job(contract.Job{
	Function: contract.Function{
		Name: "jobs/assess", Summary: "Derive the state of the accounts whose grants changed or whose dates have come.", Timeout: app.TickTime, MemoryMiB: app.TickMemoryMiB,
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query, contract.Put}, Kinds: []schema.Kind{schema.Account}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Standing}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Contact}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Mailbox}},
		}},
	},
	Every: time.Minute,
}, assess)

func assess(ctx context.Context, a *app.App, now time.Time) (app.Swept, error) {
	e := assessing{app: a, book: newBook(a.Store), now: now}
	return a.Sweep(ctx, app.Sweep{Job: standing.Job, Now: now, One: oneItem, Do: e.one})
}

type assessing struct {
	app  *app.App
	book *book
	now  time.Time
}

// one derives an account, or all accounts of a person. What it was derived from
// is noted last: whatever ends it before leaves the account due.
func (e assessing) one(ctx context.Context, due app.Due) (app.Fate, error) {
	if who := id.Identity(due.Thing); who.Check() == nil {
		return e.person(ctx, due.Workspace, who)
	}
	return e.account(ctx, due.Workspace, id.Account(due.Thing))
}

// person derives every account of somebody who was shut out or let in.
func (e assessing) person(ctx context.Context, ws id.Workspace, one id.Identity) (app.Fate, error) {
	who, err := e.app.Store.Identity(ctx, ws, one)
	if err != nil {
		return gone(err)
	}
	if who.Assess.IsZero() {
		return app.Skipped, nil
	}
	box, err := e.app.Store.Mailbox(ctx, ws, who.Key)
	if err != nil {
		return app.Skipped, err
	}
	for _, h := range box.Contacts {
		if _, err := e.account(ctx, ws, h.Account); err != nil {
			return app.Skipped, err
		}
	}
	who.Assess = time.Time{}
	return committed(e.write(ctx, func(set *change.Set) { set.Replace(who) }), app.Done)
}

// account derives one account.
func (e assessing) account(ctx context.Context, ws id.Workspace, one id.Account) (app.Fate, error) {
	// The former standing is read before the grants: of two that derive at once,
	// the one that read older grants is stale.
	was, seen, err := e.app.Store.StandingOf(ctx, ws, one)
	if err != nil {
		return app.Skipped, err
	}
	held, err := e.held(ctx, ws, one)
	if err != nil {
		return app.Skipped, err
	}
	is := was
	is.State, is.LastAt = standing.Of(held, e.now)
	err = e.write(ctx, func(set *change.Set) {
		if is != was {
			save(set, is, is.Version)
		}
		if seen.Version == 0 || !seen.LastAt.Equal(is.LastAt) {
			seen.LastAt = is.LastAt
			save(set, seen, seen.Version)
		}
	})
	if err != nil {
		return committed(err, app.Done)
	}
	return committed(e.note(ctx, ws, one, held), app.Done)
}

// note notes on each grant, and on the account, that it was derived from.
func (e assessing) note(ctx context.Context, ws id.Workspace, one id.Account, held []standing.Held) error {
	for _, h := range held {
		turns := h.Turns(e.now)
		if h.Assessed == h.Version && h.Grant.Turns.Equal(turns) {
			continue
		}
		if err := e.write(ctx, func(set *change.Set) { set.Replace(h.Grant.Assess(turns)) }); err != nil {
			return err
		}
	}
	a, err := e.app.Store.Account(ctx, ws, one)
	if err != nil || a.Assessed {
		_, err = gone(err)
		return err
	}
	a.Assessed = true
	return e.write(ctx, func(set *change.Set) { set.Replace(a) })
}

// held reads an account's grants with what deriving needs: the zones of those
// with dates, and who of those who accepted is shut out.
func (e assessing) held(ctx context.Context, ws id.Workspace, one id.Account) ([]standing.Held, error) {
	w, err := e.book.workspace(ctx, ws)
	if err != nil {
		return nil, err
	}
	all, err := e.grants(ctx, ws, one)
	if err != nil {
		return nil, err
	}
	var people []id.Identity
	var dated []id.Contact
	for _, g := range all {
		if g.Identity != "" {
			people = append(people, g.Identity)
		}
		if !g.From.IsZero() || !g.Until.IsZero() {
			dated = append(dated, g.Contact)
		}
	}
	who, err := e.app.Store.Identities(ctx, ws, people)
	if err != nil {
		return nil, err
	}
	contacts, err := e.app.Store.ContactsOf(ctx, ws, dated)
	if err != nil {
		return nil, err
	}
	held := make([]standing.Held, len(all))
	for n, g := range all {
		zone, err := localtime.Load(w.ZoneOf(contacts[g.Contact].Zone))
		if err != nil {
			return nil, err
		}
		held[n] = standing.Held{Grant: g, Zone: zone, Out: !who[g.Identity].Active()}
	}
	return held, nil
}

// grants reads all of an account's.
func (e assessing) grants(ctx context.Context, ws id.Workspace, one id.Account) ([]grant.Grant, error) {
	var all []grant.Grant
	ask := page.Ask{Oldest: true, Limit: 500, Now: e.now} // half a kilobyte each, within a megabyte
	for {
		_, some, next, err := e.app.Store.AccountPeople(ctx, ws, one, ask)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if ask.Cursor = next; next == "" {
			return all, nil
		}
	}
}

func (e assessing) write(ctx context.Context, fill func(*change.Set)) error {
	var set change.Set
	fill(&set)
	return e.app.Store.Commit(ctx, set)
}

// save inserts what was never stored, and replaces what was.
func save(set *change.Set, record change.Record, version int) {
	if version == 0 {
		set.Insert(record)
		return
	}
	set.Replace(record)
}
