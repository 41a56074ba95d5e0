package directory

import (
	"context"
	"errors"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/job"
)

// The faults of leaving staff.
var (
	// ErrHeirMissing says that who leaves by themselves names nobody.
	ErrHeirMissing = fault.On("successor", "successor_missing", "Name the colleague to whom your clients and open invitations go.")
	// ErrHeirUnknown says that nothing can go to who was named.
	ErrHeirUnknown = fault.On("successor", "successor_unknown", "This is nobody of the staff, or who leaves. Name another colleague.")
	// ErrHeirUnneeded says that nobody leaves.
	ErrHeirUnneeded = fault.On("successor", "successor_unneeded", "A successor is named only when somebody leaves. Leave it out.")
)

// settling is how long handing over waits. A request that was let in before the
// leaver left, and bulk work in their name, may still write: the longest of them
// ends within a minute (app.TickTime). Chosen: twice that.
const settling = 2 * time.Minute

// heir is to whom somebody's things go who leaves: the colleague who was named,
// else the actor, unless they themselves leave. successor_missing,
// successor_unknown.
func (d Desk) heir(ctx context.Context, leaver, named id.Identity) (identity.Identity, error) {
	if named == "" && d.Actor.Identity == leaver {
		return identity.Identity{}, ErrHeirMissing
	}
	if named == "" {
		named = d.Actor.Identity
	}
	found, err := d.Store.Identity(ctx, d.ws(), named)
	if err == nil && (found.ID == leaver || !found.Serves()) {
		err = ErrHeirUnknown
	}
	return found, unknown(err, ErrHeirUnknown)
}

// handOver queues the job that gives everything of a leaver to somebody else.
func (d Desk) handOver(set *change.Set, leaver, heir identity.Identity, actor identity.Identity) id.Job {
	j := job.New(id.New[id.Job](d.Now), d.ws(), HandOver, d.Now)
	e := Estate{From: leaver.ID, To: heir.ID}
	j.Spec = e.Text()
	j.Creator, j.CreatorName = actor.ID, actor.Name
	return job.StartLater(set, j, e.begin(), d.Now.Add(settling), job.ReasonSettling).ID
}

// maxHeirs bounds how many who left one after the other are followed (chosen).
const maxHeirs = 10

// Heir follows those who left, each to their successor, to somebody who is staff
// still, or to the workspace's default owner; the zero identity if that is nobody.
func (d Desk) Heir(ctx context.Context, one id.Identity) (identity.Identity, error) {
	for range maxHeirs {
		if one == "" {
			break
		}
		who, err := d.Store.Identity(ctx, d.ws(), one)
		if err != nil && !errors.Is(err, fault.NotYours()) {
			return who, err
		}
		if who.Serves() {
			return who, nil
		}
		one = who.Successor
	}
	w, err := d.Store.Workspace(ctx, d.ws())
	if err != nil || w.Settings.DefaultOwner == "" {
		return identity.Identity{}, err
	}
	who, err := d.Store.Identity(ctx, d.ws(), w.Settings.DefaultOwner)
	if errors.Is(err, fault.NotYours()) || err == nil && !who.Serves() {
		return identity.Identity{}, nil
	}
	return who, err
}

// left is what is said to whoever asks that somebody go who is not staff.
func left(who identity.Identity, err error) error {
	if err == nil && who.Level == access.None {
		return fault.NotYours()
	}
	return err
}
