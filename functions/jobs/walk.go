package jobs

import (
	"context"
	"encoding/json"
	"time"

	"portero/shared/app"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/job"
)

// route is the spec of a kind whose work is a walk.
type route interface {
	Walk(store directory.WalkStore, d directory.Desk, j job.Job) job.Walk
}

// walk is kind.Work of such a kind: its spec says where it goes; what it does is
// done in the name of whoever asked for the job.
func walk[R route](a *app.App, j job.Job, now func() time.Time) (job.Worker, error) {
	var r R
	err := json.Unmarshal([]byte(j.Spec), &r)
	return walking{app: a, route: r, now: now}, err
}

// walking is one run over a walk: each step is at its own instant.
type walking struct {
	app   *app.App
	route route
	now   func() time.Time
}

// Decide decides lines as of now.
func (w walking) Decide(ctx context.Context, j job.Job, lines []job.Line) ([]job.Result, error) {
	d := directory.Desk{Store: w.app.Store, Now: w.now(), Actor: access.Actor{Kind: access.Person, Workspace: j.Workspace, Identity: j.Creator}}
	return w.route.Walk(w.app.Store, d, j).Decide(ctx, j, lines)
}
