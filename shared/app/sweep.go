package app

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"portero/shared/dynamo"
)

// Swept is a tick's answer: what was due, and what became of it.
type Swept struct {
	Due     int  `json:"due"`
	Done    int  `json:"done"`
	Skipped int  `json:"skipped"`        // changed meanwhile, done already, or not wanted any more
	Failed  int  `json:"failed"`         // stays due; the log says why
	Left    bool `json:"left,omitempty"` // the tick ended before all that is due was looked at
}

// How far one tick goes (chosen; no evidence): workers overlap the database's
// answers, the rest keeps a tick within its minute.
const (
	workers = 8
	perPage = 100
	perTick = 2000
	// TickTime is the timeout of a job that sweeps.
	TickTime = 55 * time.Second
	// TickMemoryMiB is its memory: a share of a processor for the workers.
	TickMemoryMiB = 512
)

// Fate is what became of one thing that was due.
type Fate uint8

// The fates.
const (
	Skipped Fate = iota
	Done
)

// Due is one thing that is due.
type Due = dynamo.DueItem

// DueShards is how many shards each job's index has.
func DueShards() int { return dynamo.DueShards() }

// Sweep goes through what is due for a job, several things at a time, the
// oldest first. One that fails is logged, counted and left due; it never keeps
// the others waiting.
type Sweep struct {
	Job string    // the due index's name of what is due
	Now time.Time // up to and including which it is due
	// One is the time that must be left to begin another thing.
	One time.Duration
	Do  func(ctx context.Context, due Due) (Fate, error)
	// Enough, if set, ends the tick early.
	Enough func() bool
}

// Sweep runs one. It fails only if the index could not be read.
func (a *App) Sweep(ctx context.Context, s Sweep) (Swept, error) {
	w := &sweep{Sweep: s, app: a}
	return w.run(ctx)
}

// Do does what a sweep would do of these things, due or not.
func (a *App) Do(ctx context.Context, s Sweep, all []Due) Swept {
	w := &sweep{Sweep: s, app: a}
	w.work(ctx, all)
	return w.swept
}

type sweep struct {
	Sweep
	app   *App
	mu    sync.Mutex
	swept Swept
}

// run takes a page of each shard, the oldest of all of them first, until
// nothing is left or the tick has done its share. A shard that cannot be read
// does not keep it from the others.
func (s *sweep) run(ctx context.Context) (Swept, error) {
	var unread []error
	after := make([]string, dynamo.DueShards())
	open := len(after)
	over := make([]bool, len(after))
	for open > 0 && !s.swept.Left {
		var round []Due
		for shard := range after {
			if over[shard] {
				continue
			}
			page, last, err := s.app.Store.DuePage(ctx, s.Job, shard, s.Now, after[shard], perPage)
			if err != nil {
				unread = append(unread, err)
			}
			round = append(round, page...)
			if after[shard] = last; last == "" || err != nil {
				over[shard] = true
				open--
			}
		}
		slices.SortStableFunc(round, func(a, b Due) int { return a.At.Compare(b.At) })
		s.work(ctx, round)
	}
	return s.swept, errors.Join(unread...)
}

// work does a round, several at a time.
func (s *sweep) work(ctx context.Context, round []Due) {
	queue := make(chan Due)
	var all sync.WaitGroup
	for range min(cmp.Or(s.app.Config.Workers, workers), len(round)) {
		all.Go(func() {
			for due := range queue {
				s.one(ctx, due)
			}
		})
	}
	for _, due := range round {
		if s.stop(ctx) {
			break
		}
		queue <- due
	}
	close(queue)
	all.Wait()
}

// stop ends the tick before its next item, and notes that something is left.
func (s *sweep) stop(ctx context.Context) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swept.Left = !TimeLeft(ctx, s.One) || s.swept.Due >= perTick || s.Enough != nil && s.Enough()
	return s.swept.Left
}

func (s *sweep) one(ctx context.Context, due Due) {
	became, err := s.Do(ctx, due)
	if err != nil {
		s.app.Log.LogAttrs(ctx, slog.LevelError, "due item failed", slog.String("fn", "jobs/"+s.Job),
			slog.String("workspace", string(due.Workspace)), slog.String("thing", due.Thing), slog.String("cause", err.Error()))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swept.Due++
	switch {
	case err != nil:
		s.swept.Failed++
	case became == Done:
		s.swept.Done++
	default:
		s.swept.Skipped++
	}
}
