package job

import (
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// Kind names what a job's lines are and who decides them.
type Kind string

// State is how far a job is.
type State string

// The states.
const (
	Receiving State = "receiving" // its lines are being stored; nothing is done yet
	Queued    State = "queued"    // there is something to do, for whoever comes first
	Running   State = "running"   // somebody does it: Holder, until Lease
	Waiting   State = "waiting"   // for Reason, until Due
	Done      State = "done"
	Stopped   State = "stopped" // for Reason, before its end
)

// Over reports whether a job in this state does nothing more.
func (s State) Over() bool { return s == Done || s == Stopped }

// Clock is how the due index calls the job that advances jobs.
const Clock = "advance"

const (
	// LeaseTime is how long a job is its holder's (design.md §5).
	LeaseTime = 60 * time.Second
	// renewAt is how much of a lease is left when it is renewed, so that not
	// every transaction moves the job in the due index (chosen).
	renewAt = 30 * time.Second
	// Kept is how long a job and its report are kept after its end (chosen: a
	// report is read within days; its addresses must not stay for ever).
	Kept = 30 * 24 * time.Hour
	// ReceiveTime is how long storing the lines may take; what is not queued by
	// then was given up, and is removed (chosen; a request ends within 30 s).
	ReceiveTime = time.Hour
	// firstTrouble and mostTrouble are how long a job waits that could not go on: twice
	// as long each time in a row (chosen; no evidence).
	firstTrouble = time.Minute
	mostTrouble  = time.Hour
)

// The reasons of what waits or was stopped.
const (
	ReasonMailCap    = "mail_cap"    // the workspace's mails of the day are used up
	ReasonMailPaused = "mail_paused" // the workspace's mail is held back
	ReasonRestored   = "restored"    // the tables were restored: nobody knows what it had done since
	ReasonUnknown    = "unknown"     // this version does not know its kind, or its spec
	ReasonTrouble    = "trouble"     // it failed and is tried again, by itself or by Resume
	ReasonSettling   = "settling"    // what was let in before may still be written
)

// Job is bulk work of one workspace.
type Job struct {
	ID          id.Job       `json:"id"`
	Workspace   id.Workspace `json:"ws"`
	Kind        Kind         `json:"kind_of"`
	State       State        `json:"state"`
	Creator     id.Identity  `json:"inviter,omitempty"` // in whose name it is done; empty: the clock's
	CreatorName string       `json:"inviter_name,omitempty"`
	CreatedAt   time.Time    `json:"created_at"`
	EndedAt     time.Time    `json:"ended_at,omitzero"`
	// Spec is what holds for every line, in the kind's own words.
	Spec string `json:"spec,omitempty"`
	// Digest is of the request that the lines are from: another one must not add
	// its lines to these.
	Digest []byte `json:"digest,omitempty"`

	Parts int `json:"parts"` // stored so far; numbered from 0
	Part  int `json:"part"`  // the cursor: the part
	At    int `json:"at"`    // the cursor: the next line in it
	Lines int `json:"lines"` // that have or will have an entry, as far as they are known
	Done  int `json:"done"`  // that have one
	// Counts is how many lines have each verdict.
	Counts map[string]int `json:"counts,omitempty"`
	// Day and Mails are how many mails the job has queued on a day of its
	// workspace.
	Day   string `json:"day,omitempty"`
	Mails int    `json:"mails,omitempty"`

	Holder string    `json:"holder,omitempty"`
	Lease  time.Time `json:"lease,omitzero"`
	Due    time.Time `json:"due,omitzero"` // when the clock must look at it
	Reason string    `json:"reason,omitempty"`
	// Troubles is how often in a row the job could not go on.
	Troubles int `json:"troubles,omitempty"`
	// ResumedAt is when somebody last said that it is to go on.
	ResumedAt time.Time `json:"resumed_at,omitzero"`
	// Version is the store's.
	Version int `json:"v"`
}

// Part is some of a job's lines, as they were stored: never changed, removed once
// the last of them is done.
type Part struct {
	Workspace id.Workspace `json:"ws"`
	Job       id.Job       `json:"job"`
	Number    int          `json:"number"`
	Lines     []Line       `json:"lines"`
	Version   int          `json:"v"`
}

// Line is one thing to do.
type Line struct {
	Number int `json:"n,omitempty"` // of its entry, from 0
	// Step marks what has no entry: it only finds further lines.
	Step bool   `json:"s,omitempty"`
	Text string `json:"t"` // in the kind's own words
}

// Entry is what became of a line: identifiers, and the address as it was given.
type Entry struct {
	Workspace  id.Workspace  `json:"ws"`
	Job        id.Job        `json:"job"`
	Number     int           `json:"number"`
	Row        int           `json:"row,omitempty"` // where the line stood in what was sent, from 1; 0: nowhere
	Verdict    string        `json:"verdict"`
	Code       fault.Code    `json:"code,omitempty"`
	Detail     string        `json:"detail,omitempty"`
	Address    string        `json:"address,omitempty"`
	Account    id.Account    `json:"account,omitempty"`
	Contact    id.Contact    `json:"contact,omitempty"`
	Invitation id.Invitation `json:"invitation,omitempty"`
	Version    int           `json:"v"`
}

// New begins a job whose lines are to be stored: nothing is done before Queue.
func New(one id.Job, ws id.Workspace, k Kind, now time.Time) Job {
	return Job{ID: one, Workspace: ws, Kind: k, State: Receiving, CreatedAt: now, Due: now.Add(ReceiveTime)}
}

// Queue says that all lines are stored.
func (j Job) Queue(now time.Time) Job {
	j.State, j.Due = Queued, now
	return j
}

// Start adds a job with few lines, at most a part's, to a set: it is queued with
// whatever else the set makes true.
func Start(set *change.Set, j Job, lines []Line, now time.Time) Job {
	j = put(set, j, lines).Queue(now)
	set.Insert(j)
	return j
}

// StartLater is Start for a job that waits for a reason until an instant before
// anybody takes it up.
func StartLater(set *change.Set, j Job, lines []Line, until time.Time, reason string) Job {
	j = put(set, j, lines).Wait(until, reason)
	set.Insert(j)
	return j
}

// put adds a job's first parts to a set.
func put(set *change.Set, j Job, lines []Line) Job {
	parts := Pack(j, lines)
	for _, p := range parts {
		set.Insert(p)
	}
	return j.With(lines, len(parts))
}

// With is the job with so many more parts that hold these lines.
func (j Job) With(lines []Line, parts int) Job {
	j.Parts += parts
	for _, l := range lines {
		if !l.Step {
			j.Lines++
		}
	}
	return j
}
