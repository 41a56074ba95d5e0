package jobs

import (
	"slices"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/job"
	"portero/shared/dynamo/schema"
)

// kind is one kind of bulk work: what deciding its lines touches, and who decides
// them.
type kind struct {
	Name job.Kind
	// Uses is what its worker reads and what its results write.
	Uses []contract.Access
	// Work makes the worker of one run over a job, as the job is then; now is the
	// instant of each of its steps.
	Work func(a *app.App, j job.Job, now func() time.Time) (job.Worker, error)
}

// kinds lists every kind of bulk work: one line each.
var kinds = []kind{intaking, handingOver, moving, clearing}

// mails reports whether its lines may queue mails, as its uses say: after a restore
// nobody knows to whom it had written by then. What writes to nobody just goes on.
func (k kind) mails() bool {
	return slices.ContainsFunc(k.Uses, func(a contract.Access) bool {
		return slices.Contains(a.Ops, contract.Put) && slices.Contains(a.Kinds, schema.Message)
	})
}

// Kinds are the names of all kinds of bulk work.
func Kinds() []job.Kind {
	all := make([]job.Kind, len(kinds))
	for n, k := range kinds {
		all[n] = k.Name
	}
	return all
}

// kindOf finds a kind by its name.
func kindOf(all []kind, name job.Kind) (kind, bool) {
	for _, k := range all {
		if k.Name == name {
			return k, true
		}
	}
	return kind{}, false
}
