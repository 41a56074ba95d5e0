package bulk

import (
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/dynamo/schema"
)

// Functions are this resource's.
var Functions = []app.Function{Import, Preview, Create, Foresee, List, Get, Lines, Report, Resume}

// Job is bulk work as people see it.
type Job struct {
	ID        id.Job         `json:"id"`
	Kind      string         `json:"kind" doc:"What its lines are; intake: people of a file, or of accounts; handover: what belonged to somebody who left staff; role_move: the grants of a role that was deleted; test_client: a test client that is removed, without lines."`
	State     string         `json:"state" enum:"receiving,queued,running,waiting,done,stopped"`
	Reason    string         `json:"reason,omitempty" doc:"Why it waits or was stopped: mail_cap, mail_paused, settling, trouble, restored, unknown."`
	GoesOnAt  time.Time      `json:"goes_on_at,omitzero" doc:"Of a job that waits."`
	Lines     int            `json:"lines" doc:"That have or will have a verdict, as far as they are known; a list leaves it out."`
	Done      int            `json:"done" doc:"That have one; a list leaves it out."`
	Counts    map[string]int `json:"counts,omitempty" doc:"How many lines have each verdict; a list leaves it out."`
	By        id.Identity    `json:"by,omitempty" doc:"In whose name it is done."`
	ByName    string         `json:"by_name,omitempty"`
	CreatedAt time.Time      `json:"created_at"`
	EndedAt   time.Time      `json:"ended_at,omitzero"`
	KeptUntil time.Time      `json:"kept_until,omitzero" doc:"When it is removed with its report; a list leaves it out."`
}

func shown(j job.Job) Job {
	out := Job{
		ID: j.ID, Kind: string(j.Kind), State: string(j.State), Reason: j.Reason, Lines: j.Lines, Done: j.Done, Counts: j.Counts,
		By: j.Creator, ByName: j.CreatorName, CreatedAt: j.CreatedAt, EndedAt: j.EndedAt,
	}
	switch {
	case j.State == job.Waiting:
		out.GoesOnAt = j.Due
	case j.State.Over():
		out.KeptUntil = j.Due
	}
	return out
}

// One names a job in a path.
type One struct {
	Workspace id.Workspace `path:"workspace"`
	Job       id.Job       `path:"job"`
}

// checking is what looking at a list as a whole reads.
var checking = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Portal, schema.Role, schema.Seat}}

// storing is what beginning a job takes.
var storing = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Job}},
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
}

func codesOf(faults ...*fault.Error) []fault.Code {
	all := make([]fault.Code, len(faults))
	for i, f := range faults {
		all[i] = f.Code
	}
	return all
}
