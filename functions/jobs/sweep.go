package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"portero/shared/app"
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
	workers  = 8
	perPage  = 100
	perTick  = 2000
	tickTime = 55 * time.Second
	// oneItem is the time that must be left to begin another item.
	oneItem = 5 * time.Second
)

// fate is what became of one thing that was due.
type fate uint8

const (
	skipped fate = iota
	done
)

// sweep goes through what is due.
type sweep struct {
	app     *app.App
	job     string        // dynamo's name of what is due
	now     time.Time     // up to and including which it is due
	oneItem time.Duration // that must be left to begin another
	do      func(ctx context.Context, due dynamo.DueItem) (fate, error)
	// enough, if set, ends the tick early.
	enough func() bool

	mu    sync.Mutex
	swept Swept
}

// run takes a page of each shard, the oldest of all of them first, until
// nothing is left or the tick has done its share. It fails only if a shard
// could not be read; the others are gone through all the same.
func (s *sweep) run(ctx context.Context) (Swept, error) {
	var unread []error
	after := make([]string, dynamo.DueShards())
	open := len(after)
	over := make([]bool, len(after))
	for open > 0 && !s.swept.Left {
		var round []dynamo.DueItem
		for shard := range after {
			if over[shard] {
				continue
			}
			page, last, err := s.app.Store.DuePage(ctx, s.job, shard, s.now, after[shard], perPage)
			if err != nil {
				unread = append(unread, err)
			}
			round = append(round, page...)
			if after[shard] = last; last == "" || err != nil {
				over[shard] = true
				open--
			}
		}
		slices.SortStableFunc(round, func(a, b dynamo.DueItem) int { return a.At.Compare(b.At) })
		s.work(ctx, round)
	}
	return s.swept, errors.Join(unread...)
}

// work does a round, several at a time.
func (s *sweep) work(ctx context.Context, round []dynamo.DueItem) {
	queue := make(chan dynamo.DueItem)
	var all sync.WaitGroup
	for range min(workers, len(round)) {
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
	s.swept.Left = !app.TimeLeft(ctx, s.oneItem) || s.swept.Due >= perTick || s.enough != nil && s.enough()
	return s.swept.Left
}

func (s *sweep) one(ctx context.Context, due dynamo.DueItem) {
	became, err := s.do(ctx, due)
	if err != nil {
		s.app.Log.LogAttrs(ctx, slog.LevelError, "due item failed", slog.String("fn", "jobs/"+s.job),
			slog.String("workspace", string(due.Workspace)), slog.String("thing", due.Thing), slog.String("cause", err.Error()))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.swept.Due++
	switch {
	case err != nil:
		s.swept.Failed++
	case became == done:
		s.swept.Done++
	default:
		s.swept.Skipped++
	}
}
