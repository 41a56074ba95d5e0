package limit

import (
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
)

// Counter is one window of one limit.
type Counter struct {
	Workspace id.Workspace
	Name      string    // what is counted, and for whom; no address in clear
	Window    string    // which window: a day, a quarter of an hour
	Most      int       // how often it may happen in the window
	Until     time.Time // when the window is rubbish
	// Public is the limit's name for whoever meets it, "sign-in"; empty for
	// those that refuse nobody.
	Public string
	// Per is how long a window lasts; zero for one that no time ends.
	Per time.Duration
}

// Over is why, said of a full counter at now: with the limit it met and, where
// a time ends its window, how long to wait. It is the one way to a fault of the
// kind TooMany, so that each answer 429 has the same headers.
func (c Counter) Over(why *fault.Error, now time.Time) *fault.Error {
	over := *why
	over.Quota = fault.Quota{Name: c.Public, Most: c.Most, Window: c.Per}
	if c.Per > 0 {
		over.RetryAfter = c.Until.Sub(now)
	}
	return &over
}
