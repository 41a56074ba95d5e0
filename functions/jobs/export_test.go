package jobs

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/job"
	"portero/shared/dynamo/schema"
)

// AdvanceWith is Advance with one kind of a test's own.
func AdvanceWith(name job.Kind, work func(a *app.App, j job.Job, now func() time.Time) (job.Worker, error)) app.Function {
	return AdvanceMailing(name, work, false)
}

// AdvanceMailing is AdvanceWith, of a kind that may write to people or not.
func AdvanceMailing(name job.Kind, work func(a *app.App, j job.Job, now func() time.Time) (job.Worker, error), mails bool) app.Function {
	return app.KickedJob(contract.Job{Function: contract.Function{Name: "jobs/advance"}}, func(ctx context.Context, a *app.App, k app.Kick) (app.Swept, error) {
		one := kind{Name: name, Work: work}
		if mails {
			one.Uses = []contract.Access{{Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}}}
		}
		return advance(ctx, a, k, []kind{one})
	})
}

// Mailing are the kinds of which a restore stops what was begun before.
func Mailing() (all []job.Kind) {
	for _, k := range kinds {
		if k.mails() {
			all = append(all, k.Name)
		}
	}
	return all
}
