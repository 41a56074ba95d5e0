package limit_test

import (
	"testing"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/limit"
)

func TestAFullCounterSaysItsLimitAndWhenItEnds(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC)
	why := fault.New(fault.TooMany, fault.CodeTooMany, "Too often.")
	for _, c := range []struct {
		name    string
		counter limit.Counter
		wait    time.Duration
	}{
		{"a window that ends says when", limit.Counter{Public: "sign-in", Most: 10, Per: 15 * time.Minute, Until: now.Add(10 * time.Minute)}, 10 * time.Minute},
		{"a window that no time ends says no time", limit.Counter{Public: "sign-in-in-a-row", Most: 100, Until: now.Add(time.Hour)}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.counter.Over(why, now)
			if got.RetryAfter != c.wait || got.Quota != (fault.Quota{Name: c.counter.Public, Most: c.counter.Most, Window: c.counter.Per}) {
				t.Errorf("%+v", got)
			}
			if why.RetryAfter != 0 || why.Quota != (fault.Quota{}) {
				t.Error("the declared fault was changed")
			}
		})
	}
}
