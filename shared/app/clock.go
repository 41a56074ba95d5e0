package app

import (
	"context"
	"time"

	"portero/shared/contract"
)

// Clock tells a Lambda function the time as the platform says it: an
// invocation began at its deadline less the function's timeout
// (Lambda-Runtime-Deadline-Ms,
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). So time comes
// in with each invocation, as a value, and the rehearsal can move it without
// touching the machine's clock.
//
// The timeout is the row's, as the template's is: whoever changes it by hand
// shifts the function's time by the difference. A process serves one
// invocation at a time; Begin and Now are not for concurrent use beside it.
type Clock struct {
	timeout time.Duration
	began   time.Time // as the platform says
	since   time.Time // by this machine, whose monotonic part is all that counts
}

// NewClock returns the clock of a row's function.
func NewClock(row contract.Row) *Clock {
	now := time.Now()
	return &Clock{timeout: row.Base().TimeLimit(), since: now, began: now}
}

// Now is the invocation's beginning and what has passed since.
func (c *Clock) Now() time.Time { return c.began.Add(time.Since(c.since)) }

// Begin takes the time of an invocation from its context, and gives it the
// function's timeout from now on: the deadline is an instant of the platform's
// clock, which need not be this machine's.
func (c *Clock) Begin(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok { // not from Lambda
		return context.WithCancel(ctx)
	}
	c.since = time.Now()
	c.began = deadline.Add(-c.timeout)
	return context.WithTimeout(context.WithoutCancel(ctx), c.timeout)
}
