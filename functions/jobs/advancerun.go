package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"portero/shared/app"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
)

const (
	// mostLines is how many lines are decided at once: no transaction takes more.
	mostLines = job.MaxWrites - 1
	// firstLines is how many are decided at first; how many fit is seen then
	// (chosen: granting takes three writes a line).
	firstLines = 33
	// tries is how often a run begins a step anew before it leaves the job to the
	// next one (chosen; no evidence).
	tries = 6
	// triesAlone is how often one line is tried by itself before its verdict is
	// that it failed (chosen: who invites 50 times at once needs about 8).
	triesAlone = 8
)

// run is one holder's work on one job.
type run struct {
	app    *app.App
	kinds  []kind
	now    func() time.Time
	holder string
	part   job.Part // the last that was read
	size   int      // how many lines to decide next
	alone  int      // how many of the next lines are done one by one
	stale  int      // how often in a row a step had to begin anew
	moved  bool
}

func newRun(a *app.App, all []kind, now func() time.Time) *run {
	return &run{app: a, kinds: all, now: now, holder: rand.Text(), size: firstLines}
}

// job takes a job up, if it is anybody's turn, and does as much of it as there
// is time for.
func (r *run) job(ctx context.Context, ws id.Workspace, one id.Job) (app.Fate, error) {
	j, err := r.app.Store.Job(ctx, ws, one)
	if err != nil {
		return gone(err)
	}
	if j.Rubbish(r.now()) {
		return r.remove(ctx, j)
	}
	next, mine := j.Claim(r.holder, r.now())
	if !mine {
		return app.Skipped, nil
	}
	k, known := kindOf(r.kinds, j.Kind)
	if k.mails() && j.Since().Before(r.app.Config.Restored) {
		return committed(r.put(ctx, j.Stop(job.ReasonRestored, r.now())), app.Done)
	}
	if err := r.put(ctx, next); err != nil {
		return committed(err, app.Skipped)
	}
	next.Version++
	if !known {
		return app.Skipped, r.trouble(ctx, next, job.ReasonUnknown, fmt.Errorf("no kind of job is called %q", j.Kind))
	}
	return r.work(ctx, k, next)
}

// trouble leaves a job that cannot go on to a later run, or another version, and to
// staff, who see it and may resume it.
func (r *run) trouble(ctx context.Context, j job.Job, reason string, why error) error {
	return errors.Join(fmt.Errorf("job %s: %w", j.ID, why), r.put(ctx, j.Trouble(reason, r.now())))
}

// work does step after step, and gives the job up in order where it can: else
// its lease ends.
func (r *run) work(ctx context.Context, k kind, j job.Job) (app.Fate, error) {
	worker, err := k.Work(r.app, j, r.now)
	if err != nil {
		return app.Skipped, r.trouble(ctx, j, job.ReasonUnknown, err)
	}
	for j.State == job.Running {
		if !app.TimeLeft(ctx, oneStep) {
			return app.Done, r.put(ctx, j.Release(r.now()))
		}
		next, err := r.step(ctx, worker, j)
		var pause *job.Pause
		switch {
		case errors.As(err, &pause):
			return app.Done, r.put(ctx, j.Wait(pause.Until, pause.Reason))
		case err == nil:
			j = next
			continue
		case ctx.Err() != nil:
			return app.Skipped, err
		}
		if r.stale++; r.stale == tries+triesAlone {
			return app.Skipped, r.trouble(ctx, j, job.ReasonTrouble, err)
		}
		if j, err = r.again(ctx, j); err != nil || !j.Held(r.holder) {
			return app.Skipped, err
		}
	}
	return app.Done, nil
}

// again reads the job anew after a step that failed: it may have been done all
// the same, or somebody else may hold the job now.
func (r *run) again(ctx context.Context, j job.Job) (job.Job, error) {
	if err := dynamo.Pause(ctx, r.stale); err != nil {
		return j, err
	}
	return r.app.Store.Job(ctx, j.Workspace, j.ID)
}

func (r *run) put(ctx context.Context, j job.Job) error {
	var set change.Set
	set.Replace(j)
	return r.app.Store.Commit(ctx, set)
}

// step does the next lines: what they come to, their entries and the cursor's
// move, all or nothing. Lines that failed together are tried one by one; one that
// fails by itself for good gets that as its verdict, so that it keeps none of the
// others waiting.
func (r *run) step(ctx context.Context, worker job.Worker, j job.Job) (job.Job, error) {
	if err := r.read(ctx, j); err != nil {
		return j, err
	}
	lines := r.part.Lines[j.At:]
	lines = lines[:min(len(lines), r.lines())]
	s, err := r.decide(ctx, worker, j, lines)
	if err == nil {
		err = r.app.Store.Commit(ctx, s.Set)
	}
	var pause *job.Pause
	switch {
	case err == nil:
	case errors.As(err, &pause) || ctx.Err() != nil:
		return j, err
	case len(lines) > 1:
		r.alone = len(lines)
		return j, err
	case r.stale >= triesAlone && !down(err) && !lines[0].Step: // a step has everything behind it
		if s, err = r.giveUp(ctx, j, lines[0], err); err != nil {
			return j, err
		}
	default:
		return j, err
	}
	r.done(s, len(lines))
	s.Next.Version++
	return s.Next, nil
}

// down reports whether the database did not answer: that is no line's fault.
func down(err error) bool {
	f := fault.As(err)
	return f != nil && f.Kind == fault.Unavailable
}

// read keeps the part of the cursor at hand.
func (r *run) read(ctx context.Context, j job.Job) (err error) {
	if r.part.Job == j.ID && r.part.Number == j.Part && r.part.Version > 0 {
		return nil
	}
	r.part, err = r.app.Store.JobPart(ctx, j.Workspace, j.ID, j.Part)
	return err
}

// lines is how many lines the next step looks at.
func (r *run) lines() int {
	if r.alone > 0 {
		return 1
	}
	return r.size
}

// done learns from a step: how many lines fit, and that there was progress.
func (r *run) done(s job.Step, looked int) {
	r.stale, r.moved = 0, true
	switch {
	case r.alone > 0:
		r.alone -= s.Lines
	case s.Lines == looked:
		r.size = min(2*max(looked, 1), mostLines)
	default:
		r.size = s.Lines + 1
	}
}

// decide asks the worker and takes what fits. If not even the first line fits
// with those it stands with, it is decided by itself; then it is refused.
func (r *run) decide(ctx context.Context, worker job.Worker, j job.Job, lines []job.Line) (job.Step, error) {
	results, err := worker.Decide(ctx, j, lines)
	if err != nil {
		return job.Step{}, err
	}
	if s := j.Take(r.part, results, r.now()); s.Lines > 0 {
		return s, nil
	}
	if len(lines) > 1 {
		return r.decide(ctx, worker, j, lines[:1])
	}
	return j.Take(r.part, []job.Result{job.Refuse(job.Failed, errTooLarge)}, r.now()), nil
}

var errTooLarge = fault.New(fault.Conflict, "too_many_changes", "This line changes too much at once. Do it in smaller steps.")

// giveUp writes the verdict of a line that failed each time. It says that nothing
// came of it, and knows: a line's changes, its entry and the cursor's move are one
// transaction under the job's version. If one whose answer was lost was done all the
// same, this one meets another version, and the job is read anew; once this one is
// done, no former one can be.
func (r *run) giveUp(ctx context.Context, j job.Job, l job.Line, why error) (job.Step, error) {
	r.app.Log.LogAttrs(ctx, slog.LevelError, "line failed", slog.String("fn", "jobs/advance"), slog.String("workspace", string(j.Workspace)),
		slog.String("thing", string(j.ID)), slog.Int("line", l.Number), slog.String("cause", why.Error()))
	s := j.Take(r.part, []job.Result{job.Refuse(job.Failed, fault.New(fault.Unavailable, fault.CodeUnavailable, "Nothing came of this line. Send it again."))}, r.now())
	return s, r.app.Store.Commit(ctx, s.Set)
}

// remove removes what a job holds, as much as there is time for, the job itself
// last.
func (r *run) remove(ctx context.Context, j job.Job) (app.Fate, error) {
	for n := j.Part; n < j.Parts; n++ {
		p, err := r.app.Store.JobPart(ctx, j.Workspace, j.ID, n)
		if errors.Is(err, fault.NotYours()) {
			continue
		}
		if err == nil {
			err = r.app.Store.Commit(ctx, change.Set{Writes: []change.Write{{Op: change.Remove, Record: p}}})
		}
		if err != nil {
			return committed(err, app.Skipped)
		}
	}
	for app.TimeLeft(ctx, oneStep) {
		all, _, err := r.app.Store.JobEntries(ctx, j.Workspace, j.ID, page.Ask{Oldest: true, Limit: job.MaxWrites - 1, Now: r.now()})
		if err != nil {
			return app.Skipped, err
		}
		var set change.Set
		for _, e := range all {
			set.Remove(e)
		}
		if len(all) < job.MaxWrites-1 {
			set.Remove(j)
			return committed(r.app.Store.Commit(ctx, set), app.Done)
		}
		if err := r.app.Store.Commit(ctx, set); err != nil {
			return committed(err, app.Skipped)
		}
	}
	return app.Skipped, nil
}
