package job

import (
	"time"

	"portero/shared/domain/fault"
)

// Claim is the job as its holder takes it; false if it is nobody's turn: over,
// somebody else's, or waiting.
func (j Job) Claim(holder string, now time.Time) (Job, bool) {
	switch {
	case j.State == Queued:
	case j.State == Running && !now.Before(j.Lease):
	case j.State == Waiting && !now.Before(j.Due):
	default:
		return j, false
	}
	j.State, j.Holder, j.Reason = Running, holder, ""
	return j.leased(now), true
}

func (j Job) leased(now time.Time) Job {
	j.Lease = now.Add(LeaseTime)
	j.Due = j.Lease
	return j
}

// Held reports whether the job is this holder's still. A lease that ended and
// that nobody took goes on: the version decides.
func (j Job) Held(holder string) bool { return j.State == Running && j.Holder == holder }

// renewed is the job with a lease that does not end soon.
func (j Job) renewed(now time.Time) Job {
	if j.Lease.Sub(now) < renewAt {
		return j.leased(now)
	}
	return j
}

// Release gives up the lease of a job with something left to do: whoever comes
// first goes on.
func (j Job) Release(now time.Time) Job {
	j.State, j.Holder, j.Lease, j.Due = Queued, "", time.Time{}, now
	return j
}

// Wait gives up the lease until an instant, for a reason.
func (j Job) Wait(until time.Time, reason string) Job {
	j.State, j.Holder, j.Lease, j.Due, j.Reason = Waiting, "", time.Time{}, until, reason
	return j
}

// Trouble gives up the lease of a job that could not go on, for as long as it is
// likely to be in vain; it is never given up, since what nobody finishes stays half
// done.
func (j Job) Trouble(reason string, now time.Time) Job {
	wait := mostTrouble
	if j.Troubles < 6 {
		wait = min(firstTrouble<<j.Troubles, mostTrouble)
	}
	j.Troubles++
	return j.Wait(now.Add(wait), reason)
}

// ErrGoesOn says that a job needs nobody: it goes on, waits for something that will
// come, or is done.
var ErrGoesOn = fault.New(fault.Conflict, "job_goes_on", "This job is done, or goes on by itself. There is nothing to resume.")

// Resume lets a job go on at once, where it was: one that is in trouble, or was
// stopped. job_goes_on. What a stopped one did before it was stopped it may do once
// more, if the tables were restored meanwhile.
func (j Job) Resume(now time.Time) (Job, error) {
	troubled := j.State == Waiting && (j.Reason == ReasonTrouble || j.Reason == ReasonUnknown)
	if !troubled && j.State != Stopped || j.Rubbish(now) {
		return j, ErrGoesOn
	}
	j.EndedAt, j.Reason, j.Troubles, j.ResumedAt = time.Time{}, "", 0, now
	return j.Queue(now), nil
}

// Since is when the job was begun, or somebody last said that it is to go on.
func (j Job) Since() time.Time {
	if j.ResumedAt.After(j.CreatedAt) {
		return j.ResumedAt
	}
	return j.CreatedAt
}

// Stop ends the job before its end.
func (j Job) Stop(reason string, now time.Time) Job {
	j = j.end(now)
	j.State, j.Reason = Stopped, reason
	return j
}

func (j Job) end(now time.Time) Job {
	j.State, j.Holder, j.Lease, j.EndedAt, j.Due = Done, "", time.Time{}, now, now.Add(Kept)
	return j
}

// Rubbish reports whether the job's time is up: it was never queued, or its
// report was kept long enough. What it holds is removed, it last.
func (j Job) Rubbish(now time.Time) bool {
	return (j.State == Receiving || j.State.Over()) && !now.Before(j.Due)
}
