package jobs

import (
	"context"
	"errors"
	"strconv"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
)

// Remind queues the reminders that are due.
var Remind = app.Job(contract.Job{
	Function: contract.Function{
		Name: "jobs/remind", Summary: "Queue the reminders that are due.", Timeout: app.TickTime, MemoryMiB: app.TickMemoryMiB,
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Mailbox, schema.Workspace, schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Every: time.Minute,
}, remind)

// oneItem is the time that must be left to begin another invitation: a few
// calls to the database, each with its retries (chosen; no evidence).
const oneItem = 5 * time.Second

func remind(ctx context.Context, a *app.App, now time.Time) (app.Swept, error) {
	r := reminding{app: a, book: newBook(a.Store), now: now}
	return a.Sweep(ctx, app.Sweep{Job: invitation.JobRemind, Now: now, One: oneItem, Do: r.one})
}

type reminding struct {
	app  *app.App
	book *book
	now  time.Time
}

// one reminds, moves the reminder, or silences: whatever the invitation's own
// rule says at the tick's instant.
func (r reminding) one(ctx context.Context, due app.Due) (app.Fate, error) {
	i, err := r.app.Store.Invitation(ctx, due.Workspace, id.Invitation(due.Thing))
	if err != nil {
		return gone(err)
	}
	w, err := r.book.workspace(ctx, due.Workspace)
	if err != nil {
		return app.Skipped, err
	}
	box, err := r.app.Store.Mailbox(ctx, due.Workspace, i.Key)
	if err != nil {
		return app.Skipped, err
	}
	letter := id.New[id.Message](r.now)
	next, number, err := i.Remind(letter, invitation.TermsOf(w), r.now)
	if err != nil {
		return notDue(err)
	}
	if !box.Takes(message.Reminder) { // nobody who bounced or opted out is reminded (row C1)
		next, number = i.Silence(), 0
	}
	var set change.Set
	set.Replace(next)
	if number == 0 { // moved, or nothing is left but the expiry
		return committed(r.app.Store.Commit(ctx, set), app.Skipped)
	}
	p, err := r.book.portal(ctx, i.Workspace, i.Portal)
	if err != nil {
		return app.Skipped, err
	}
	m := next.Letter(letter, message.Reminder, w, p, r.now)
	m.Number, m.Caps.Policy, m.For = number, &w.Settings.Policy, i.SlotAt(number, invitation.TermsOf(w))
	set.Insert(m)
	entry := audit.Of(access.Actor{Kind: access.Clock, Workspace: i.Workspace}, r.now, "invitation.reminded", string(i.ID))
	entry.After = map[string]string{"number": strconv.Itoa(number)}
	audit.File(&set, entry, i.Accounts()...)
	return committed(r.app.Store.Commit(ctx, set), app.Done)
}

// committed tells what was changed meanwhile, and is left to the next tick,
// from what failed.
func committed(err error, as app.Fate) (app.Fate, error) {
	if errors.Is(err, fault.Stale(nil)) {
		return app.Skipped, nil
	}
	if err != nil {
		return app.Skipped, err
	}
	return as, nil
}

// gone tells a thing that is not there any more from one that could not be read.
func gone(err error) (app.Fate, error) {
	if errors.Is(err, fault.NotYours()) {
		return app.Skipped, nil
	}
	return app.Skipped, err
}

// notDue tells what the index still shows from what is wrong.
func notDue(err error) (app.Fate, error) {
	if errors.Is(err, invitation.ErrNotDue) {
		return app.Skipped, nil
	}
	return app.Skipped, err
}
