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
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// Remind queues the reminders that are due.
var Remind = app.Job(contract.Job{
	Function: contract.Function{
		Name: "jobs/remind", Summary: "Queue the reminders that are due.", Timeout: tickTime, MemoryMiB: 512,
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

func remind(ctx context.Context, a *app.App, now time.Time) (Swept, error) {
	r := reminding{app: a, book: newBook(a.Store), now: now}
	s := sweep{app: a, job: invitation.JobRemind, now: now, oneItem: oneItem, do: r.one}
	return s.run(ctx)
}

type reminding struct {
	app  *app.App
	book *book
	now  time.Time
}

// one reminds, moves the reminder, or silences: whatever the invitation's own
// rule says at the tick's instant.
func (r reminding) one(ctx context.Context, due dynamo.DueItem) (fate, error) {
	i, err := r.app.Store.Invitation(ctx, due.Workspace, id.Invitation(due.Thing))
	if err != nil {
		return gone(err)
	}
	w, err := r.book.workspace(ctx, due.Workspace)
	if err != nil {
		return skipped, err
	}
	box, err := r.app.Store.Mailbox(ctx, due.Workspace, i.Key)
	if err != nil {
		return skipped, err
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
		return committed(r.app.Store.Commit(ctx, set), skipped)
	}
	p, err := r.book.portal(ctx, i.Workspace, i.Portal)
	if err != nil {
		return skipped, err
	}
	m := next.Letter(letter, message.Reminder, w, p, r.now)
	m.Number, m.Caps.Policy = number, &w.Settings.Policy
	set.Insert(m)
	entry := audit.Of(access.Actor{Kind: access.Clock, Workspace: i.Workspace}, r.now, "invitation.reminded", string(i.ID))
	entry.After = map[string]string{"number": strconv.Itoa(number)}
	set.Insert(entry)
	return committed(r.app.Store.Commit(ctx, set), done)
}

// committed tells what was changed meanwhile, and is left to the next tick,
// from what failed.
func committed(err error, as fate) (fate, error) {
	if errors.Is(err, fault.Stale(nil)) {
		return skipped, nil
	}
	if err != nil {
		return skipped, err
	}
	return as, nil
}

// gone tells a thing that is not there any more from one that could not be read.
func gone(err error) (fate, error) {
	if errors.Is(err, fault.NotYours()) {
		return skipped, nil
	}
	return skipped, err
}

// notDue tells what the index still shows from what is wrong.
func notDue(err error) (fate, error) {
	if errors.Is(err, invitation.ErrNotDue) {
		return skipped, nil
	}
	return skipped, err
}
