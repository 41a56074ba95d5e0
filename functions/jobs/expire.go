package jobs

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
)

// Expire records the invitations that are over and tells their inviters. It
// makes nothing true: an invitation is expired from its instant on for every
// reader, however late this runs. One whose reminder is late as well waits for
// jobs/remind to pass it on (invitation.Due).
var Expire = app.Job(contract.Job{
	Function: contract.Function{
		Name: "jobs/expire", Summary: "Record the invitations that are over and tell who invited.", Timeout: app.TickTime, MemoryMiB: app.TickMemoryMiB,
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Invitation, schema.Mailbox}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Identity, schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account}}, app.Seats[0], app.SeatsTaken,
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Every: time.Minute,
}, expire)

func expire(ctx context.Context, a *app.App, now time.Time) (app.Swept, error) {
	e := expiring{app: a, book: newBook(a.Store), now: now}
	return a.Sweep(ctx, app.Sweep{Job: invitation.JobExpire, Now: now, One: oneItem, Do: e.one})
}

type expiring struct {
	app  *app.App
	book *book
	now  time.Time
}

// one records an expiry: the invitation, the address free for another, the
// audit entry and the notice to the inviter, all or nothing.
func (e expiring) one(ctx context.Context, due app.Due) (app.Fate, error) {
	i, err := e.app.Store.Invitation(ctx, due.Workspace, id.Invitation(due.Thing))
	if err != nil {
		return gone(err)
	}
	next, err := i.Expire(e.now)
	if err != nil {
		return notDue(err)
	}
	box, err := e.app.Store.Mailbox(ctx, i.Workspace, i.Key)
	if err != nil {
		return app.Skipped, err
	}
	var set change.Set
	set.Replace(next)
	held, ok := box.OpenAt(i.Portal)
	holds := ok && held == i.ID
	if holds {
		set.Replace(box.Release(i.Portal, i.ID))
	}
	if err := invitation.Vacate(ctx, e.app.Store, &set, holds, i); err != nil {
		return app.Skipped, err
	}
	entry := audit.Of(access.Actor{Kind: access.Clock, Workspace: i.Workspace}, e.now, "invitation.expired", string(i.ID))
	entry.Before, entry.After = map[string]string{"state": string(invitation.Pending)}, map[string]string{"state": string(invitation.Expired)}
	audit.File(&set, entry, i.Accounts()...)
	if err := e.tell(ctx, &set, next); err != nil {
		return app.Skipped, err
	}
	return committed(e.app.Store.Commit(ctx, set), app.Done)
}

// tell adds the notice to the inviter, or to the default owner if the inviter
// is gone; nobody is told if there is neither.
func (e expiring) tell(ctx context.Context, set *change.Set, i invitation.Invitation) error {
	w, err := e.book.workspace(ctx, i.Workspace)
	if err != nil {
		return err
	}
	who, found, err := e.app.Informed(ctx, w, i.Inviter)
	if err != nil || !found {
		return err
	}
	p, err := e.book.portal(ctx, i.Workspace, i.Portal)
	if err != nil {
		return err
	}
	notice := i.Notice(id.New[id.Message](e.now), message.ExpiryNotice, w, who, e.now)
	notice.Model.Portal, notice.Model.PortalURL, notice.For = p.Title, p.Name, i.ExpiresAt
	who.Tell(set, w, notice, e.now)
	return nil
}
