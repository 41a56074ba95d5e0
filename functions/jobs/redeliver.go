package jobs

import (
	"context"
	"maps"
	"sync"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
)

// Redeliver takes what the stream did not finish: records that were lost,
// leases that ended, and what was throttled, capped or held.
var Redeliver = app.Job(contract.Job{
	Function: contract.Function{
		Name: "jobs/redeliver", Summary: "Send the mails that are overdue.", Timeout: app.TickTime, MemoryMiB: app.CourierMemoryMiB,
		Uses: redeliverUses(),
	},
	Every: time.Minute,
}, redeliver)

func redeliverUses() contract.Uses {
	u := app.CourierUses()
	u.Tables = append(u.Tables,
		contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due},
		contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Message}})
	return u
}

// Redelivered is a tick's answer.
type Redelivered struct {
	app.Swept
	Counts     map[app.Mailed]int `json:"counts,omitempty"`
	Duplicates int                `json:"duplicates,omitempty"` // mails that may have gone out twice
	// OldestQueued is the age in seconds of the oldest mail that still waits
	// after the tick, those that wait for a cap or a working hour aside; 0 if
	// none. The watch stack's alarm reads it from the log under this name
	// (infra/stacks/watch.go).
	OldestQueued int64 `json:"oldest_queued_s"`
}

// patience is how many mails in a row SES may put off before the tick ends: it
// takes nobody's then, and each try costs units. Those that were put off come
// later than those behind them, so nobody waits for ever (chosen; no evidence).
const patience = 10

func redeliver(ctx context.Context, a *app.App, now time.Time) (Redelivered, error) {
	r := &redelivering{app: a, courier: a.Courier(), now: now, counts: map[app.Mailed]int{}}
	swept, err := a.Sweep(ctx, app.Sweep{Job: message.JobRedeliver, Now: now, One: app.OneMail, Do: r.one, Enough: r.enough})
	if err != nil {
		return Redelivered{}, err
	}
	oldest, err := oldestQueued(ctx, a, now)
	return Redelivered{Swept: swept, Counts: maps.Clone(r.counts), Duplicates: r.duplicates, OldestQueued: int64(oldest / time.Second)}, err
}

// How far oldestQueued looks: past the longest wait between attempts
// (message.AfterSilence), so that a mail counts on every tick and not only on
// those that try it; and at so many of each shard, which keeps its price under
// that of sending as many mails (chosen; no evidence).
const (
	lookAhead = 8 * time.Hour
	lookAt    = 25
)

// oldestQueued looks at what is due or soon will be again.
func oldestQueued(ctx context.Context, a *app.App, now time.Time) (oldest time.Duration, err error) {
	for shard := range app.DueShards() {
		page, _, err := a.Store.DuePage(ctx, message.JobRedeliver, shard, now.Add(lookAhead), "", lookAt)
		if err != nil {
			return 0, err
		}
		waiting, err := a.Store.Waiting(ctx, page)
		if err != nil {
			return 0, err
		}
		for _, m := range waiting {
			if m.Reason != message.ReasonCapped && m.Reason != message.ReasonHeld {
				oldest = max(oldest, now.Sub(m.CreatedAt))
			}
		}
	}
	return oldest, nil
}

type redelivering struct {
	app     *app.App
	courier app.Courier
	now     time.Time

	mu         sync.Mutex
	counts     map[app.Mailed]int
	duplicates int
	putOff     int // in a row
}

// one delivers a message if it is anybody's turn. What is due is the tick's
// matter, a lease is the clock's: a tick that comes late must not take a lease
// that ended for it alone.
func (r *redelivering) one(ctx context.Context, due app.Due) (app.Fate, error) {
	m, err := r.app.Store.Message(ctx, due.Workspace, id.Message(due.Thing))
	if err != nil {
		return gone(err)
	}
	now := r.now
	if clock := r.app.Now(); clock.After(now) {
		now = clock
	}
	var mailed app.Mailed
	switch m.Turn(now) {
	case message.Spent:
		mailed, m, err = r.courier.GiveUp(ctx, m, now)
	case message.Ready:
		mailed, m, err = r.courier.Deliver(ctx, app.Letter{Workspace: m.Workspace, Message: m.ID, Kind: m.Kind}, now)
	default:
		return app.Skipped, nil
	}
	if err != nil {
		return app.Skipped, err
	}
	return r.count(mailed, m), nil
}

func (r *redelivering) count(mailed app.Mailed, m message.Message) app.Fate {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[mailed]++
	switch mailed {
	case app.MailSent:
		r.duplicates += m.Duplicates
		r.putOff = 0
	case app.MailWaits:
		r.putOff++
	}
	if mailed == app.MailSent || mailed == app.MailFailed {
		return app.Done
	}
	return app.Skipped
}

func (r *redelivering) enough() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.putOff >= patience
}
