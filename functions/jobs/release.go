package jobs

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
)

// Release lets go of the mails that wait since the tables were restored: they
// may have been sent before. Ops invoke it, once the restored data was looked
// at; it has no route.
//
// TODO(#3): erasures. What was erased after the instant that was restored is
// back. There is no erasure yet; its record must lie outside of what it erases,
// and be replayed here, before anything is let go.
var Release = app.Task(contract.Task{Function: contract.Function{
	Name: "jobs/release", Summary: "After a restore: send or give up the mails that wait because they may be out.",
	Timeout: app.TickTime, MemoryMiB: app.TickMemoryMiB,
	Uses: contract.Uses{Tables: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due},
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Message}},
		{Table: schema.Core, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Invitation}},
	}},
}}, release)

// Releasing says what becomes of them.
type Releasing struct {
	Drop bool `json:"drop"` // given up, with the reason on the message; else sent
}

// anyTime is after every instant at which a mail may be due.
var anyTime = time.Date(9999, time.January, 1, 0, 0, 0, 0, time.UTC)

// release goes through all that is queued, parked or not. Where its time is up
// it says that something is left: invoke it again.
func release(ctx context.Context, a *app.App, in Releasing) (app.Swept, error) {
	now := a.Now()
	return a.Sweep(ctx, app.Sweep{Job: message.JobRedeliver, Now: anyTime, One: oneItem, Do: func(ctx context.Context, due app.Due) (app.Fate, error) {
		m, err := a.Store.Message(ctx, due.Workspace, id.Message(due.Thing))
		if err != nil {
			return gone(err)
		}
		next, waits := m.LetGo(in.Drop, now)
		if !waits {
			return app.Skipped, nil
		}
		told := message.Report{Delivery: next.Delivery, Reason: next.Reason, At: now}
		return committed(a.Store.RecordMessage(ctx, next, told, true), app.Done)
	}})
}
