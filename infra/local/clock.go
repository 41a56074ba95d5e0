package local

import (
	"context"
	"time"

	"portero/functions"
	"portero/shared/contract"
)

// Clock calls every job as often as its row says, until ctx ends. A job that
// is still running is not called again, as EventBridge Scheduler's target
// would be: the next tick does what this one left.
func (s *System) Clock(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		for _, row := range functions.Rows() {
			job, ok := row.(contract.Job)
			if !ok || ctx.Err() != nil {
				continue
			}
			if _, err := s.Tick(ctx, job.Name, s.options.Now()); err != nil && ctx.Err() == nil {
				s.options.Log.Error("function failed", "fn", job.Name, "cause", err.Error())
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
