package jobs

import (
	"context"
	"errors"
	"sync"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/directory"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// Digest tells staff who wish so once a day what became of invitations (row B13).
var Digest = app.Job(contract.Job{
	Function: contract.Function{
		Name: "jobs/digest", Summary: "Queue the digests of notices that are due.", Timeout: app.TickTime, MemoryMiB: app.TickMemoryMiB,
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.Due},
			{Table: schema.Core, Ops: []contract.Op{contract.Query, contract.Put, contract.Delete}, Kinds: []schema.Kind{schema.Message}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Identity}},
		}},
	},
	Every: time.Minute,
}, digest)

func digest(ctx context.Context, a *app.App, now time.Time) (app.Swept, error) {
	d := digesting{app: a, book: newBook(a.Store), now: now, seen: &sync.Map{}}
	return a.Sweep(ctx, app.Sweep{Job: message.JobDigest, Now: now, One: oneItem, Do: d.one})
}

type digesting struct {
	app  *app.App
	book *book
	now  time.Time
	seen *sync.Map // readers of this tick: each has a note for everything they hear of
}

// atMost is how many notes one transaction takes, with room for the digest.
const atMost = dynamo.MaxItems - 1

// errToday says that the reader had a digest today.
var errToday = errors.New("jobs: a digest of this day is there")

// one gathers what waits for a reader into their digest. Every step is a
// transaction that leaves either the notes or what they became: whatever ends it
// leaves the rest due.
func (d digesting) one(ctx context.Context, due app.Due) (app.Fate, error) {
	if _, twice := d.seen.LoadOrStore(string(due.Workspace)+due.Thing, true); twice {
		return app.Skipped, nil
	}
	w, err := d.book.workspace(ctx, due.Workspace)
	if err != nil {
		return gone(err)
	}
	reader := id.Identity(due.Thing)
	desk := directory.Desk{Store: d.app.Store, Actor: access.Actor{Kind: access.Clock, Workspace: due.Workspace}, Now: d.now}
	to, err := desk.Heir(ctx, reader)
	if err != nil {
		return app.Skipped, err
	}
	for {
		notes, err := d.app.Store.Notes(ctx, due.Workspace, reader, atMost)
		if err != nil || len(notes) == 0 {
			return app.Skipped, err
		}
		var set change.Set
		last := true
		switch {
		case to.ID == "" || to.Profile.Hears(message.Accepted) == identity.HearNone:
			d.remove(&set, notes)
			last = len(notes) < atMost
		case len(notes) == atMost: // there may be more
			d.fold(&set, notes, notes[0].Due)
			last = false
		case to.ID != reader: // they left
			heirs := notes[0].Fold(notes[1:]...)
			heirs.To, heirs.Due, heirs.Version = to.ID, d.now, 0
			set.Insert(heirs)
			d.remove(&set, notes)
		default:
			set.InsertOr(d.letter(w, to, notes), errToday)
			d.remove(&set, notes)
		}
		err = d.app.Store.Commit(ctx, set)
		if errors.Is(err, errToday) {
			set = change.Set{}
			d.fold(&set, notes, w.NextDigest(d.now))
			return committed(d.app.Store.Commit(ctx, set), app.Skipped)
		}
		if err != nil || last {
			return committed(err, app.Done)
		}
		if !app.TimeLeft(ctx, oneItem) {
			return app.Skipped, nil
		}
	}
}

// remove takes notes away.
func (d digesting) remove(set *change.Set, notes []message.Note) {
	for _, n := range notes {
		set.Remove(n)
	}
}

// fold makes one note of many, due then.
func (d digesting) fold(set *change.Set, notes []message.Note, due time.Time) {
	one := notes[0].Fold(notes[1:]...)
	one.Due = due
	set.Replace(one)
	d.remove(set, notes[1:])
}

// letter is the digest of the reader's day. It is held back as reminders are, if
// it is late.
func (d digesting) letter(w workspace.Workspace, to identity.Identity, notes []message.Note) message.Message {
	m := w.Letter(message.DigestOf(w.ID, to.ID, w.Today(d.now)), message.Digest, to.Address, to.Profile.Language, d.now)
	m.Identity, m.Model.Recipient = to.ID, to.Name
	m.Model.About = notes[0].Fold(notes[1:]...).About
	m.Caps.Policy, m.For = &w.Settings.Policy, notes[0].Due
	return m
}
