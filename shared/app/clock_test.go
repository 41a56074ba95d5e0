package app_test

import (
	"context"
	"testing"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
)

func TestAFunctionsTimeIsThePlatformsNotTheMachines(t *testing.T) {
	clock := app.NewClock(contract.Job{Function: contract.Function{Name: "jobs/x", Timeout: 10 * time.Second}})
	for name, shift := range map[string]time.Duration{"a year behind": -365 * 24 * time.Hour, "now": 0, "a year ahead": 365 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			began := time.Now().Add(shift).Truncate(time.Millisecond)
			given, end := context.WithDeadline(t.Context(), began.Add(10*time.Second))
			defer end()
			ctx, cancel := clock.Begin(given)
			defer cancel()
			if d := clock.Now().Sub(began); d < 0 || d > 5*time.Second {
				t.Errorf("%v after its beginning", d)
			}
			if ctx.Err() != nil {
				t.Error("the context is over before it began")
			}
			if end, ok := ctx.Deadline(); !ok || time.Until(end) > 10*time.Second || time.Until(end) <= 0 {
				t.Errorf("the deadline is %v away", time.Until(end))
			}
		})
	}
}
