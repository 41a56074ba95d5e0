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
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// Redeliver takes what the stream did not finish: records that were lost,
// leases that ended, and what was throttled, capped or held.
var Redeliver = app.Job(contract.Job{
	Function: contract.Function{
		Name: "jobs/redeliver", Summary: "Send the mails that are overdue.", Timeout: tickTime, MemoryMiB: app.CourierMemoryMiB,
		Uses: redeliverUses(),
	},
	Every: time.Minute,
}, redeliver)

func redeliverUses() contract.Uses {
	u := app.CourierUses()
	u.Tables = append(u.Tables, contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due})
	return u
}

// Redelivered is a tick's answer.
type Redelivered struct {
	Swept
	Counts     map[app.Mailed]int `json:"counts,omitempty"`
	Duplicates int                `json:"duplicates,omitempty"` // mails that may have gone out twice
}

// oneMail is the time that must be left to begin another mail: a send may take
// ten seconds, and its record must not be cut off (chosen; no evidence).
const oneMail = 13 * time.Second

// patience is how many mails in a row SES may put off before the tick ends: it
// takes nobody's then, and each try costs units. Those that were put off come
// later than those behind them, so nobody waits for ever (chosen; no evidence).
const patience = 10

func redeliver(ctx context.Context, a *app.App, now time.Time) (Redelivered, error) {
	r := &redelivering{app: a, courier: a.Courier(), now: now, counts: map[app.Mailed]int{}}
	s := sweep{app: a, job: dynamo.JobRedeliver, now: now, oneItem: oneMail, do: r.one, enough: r.enough}
	swept, err := s.run(ctx)
	return Redelivered{Swept: swept, Counts: maps.Clone(r.counts), Duplicates: r.duplicates}, err
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
func (r *redelivering) one(ctx context.Context, due dynamo.DueItem) (fate, error) {
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
		return skipped, nil
	}
	if err != nil {
		return skipped, err
	}
	return r.count(mailed, m), nil
}

func (r *redelivering) count(mailed app.Mailed, m message.Message) fate {
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
		return done
	}
	return skipped
}

func (r *redelivering) enough() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.putOff >= patience
}
