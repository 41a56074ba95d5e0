package jobs

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/dynamo/schema"
)

// Advance does bulk work: the stream calls it when there is something to do, the
// clock takes up what that left (design.md §5, "Bulk").
var Advance = app.KickedJob(contract.Job{
	Function: contract.Function{
		Name: "jobs/advance", Summary: "Do the bulk work that was queued, or goes on.", Timeout: app.TickTime, MemoryMiB: app.TickMemoryMiB,
		Uses: advanceUses(),
	},
	Every: time.Minute, Kick: contract.Bulk,
}, func(ctx context.Context, a *app.App, k app.Kick) (app.Swept, error) { return advance(ctx, a, k, kinds) })

func advanceUses() contract.Uses {
	u := contract.Uses{Tables: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due},
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query, contract.Put, contract.Delete}, Kinds: []schema.Kind{schema.Job}},
	}}
	for _, k := range kinds {
		u.Tables = append(u.Tables, k.Uses...)
	}
	return u
}

// oneStep is the time that must be left to begin another step: reading and
// deciding a transaction's lines, some retries, and the commit (chosen).
const oneStep = 8 * time.Second

// advance takes up the jobs that the stream names, or those that are due.
func advance(ctx context.Context, a *app.App, k app.Kick, all []kind) (app.Swept, error) {
	begun := a.Now()
	one := func(ctx context.Context, due app.Due) (app.Fate, error) {
		// A tick that comes late does what it would have done in time; leases and
		// caps are the clock's.
		now := func() time.Time {
			if clock := a.Now(); clock.After(k.Now) {
				return clock
			}
			return k.Now.Add(a.Now().Sub(begun))
		}
		return newRun(a, all, now).job(ctx, due.Workspace, id.Job(due.Thing))
	}
	if len(k.Things) == 0 {
		return a.Sweep(ctx, app.Sweep{Job: job.Clock, Now: k.Now, One: oneStep, Do: one})
	}
	return a.Do(ctx, app.Sweep{Job: job.Clock, Now: k.Now, One: oneStep, Do: one}, k.Things), nil
}
