package jobs

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/job"
)

// AdvanceWith is Advance with one kind of a test's own.
func AdvanceWith(name job.Kind, work func(a *app.App, j job.Job, now func() time.Time) (job.Worker, error)) app.Function {
	return AdvanceMailing(name, work, false)
}

// AdvanceMailing is AdvanceWith, of a kind that may write to people or not.
func AdvanceMailing(name job.Kind, work func(a *app.App, j job.Job, now func() time.Time) (job.Worker, error), mails bool) app.Function {
	return app.KickedJob(contract.Job{Function: contract.Function{Name: "jobs/advance"}}, func(ctx context.Context, a *app.App, k app.Kick) (app.Swept, error) {
		return advance(ctx, a, k, []kind{{Name: name, Work: work, Mails: mails}})
	})
}
