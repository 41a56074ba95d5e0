package job

import "time"

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
