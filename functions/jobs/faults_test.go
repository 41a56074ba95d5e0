//go:build !rehearsal

package jobs_test

import (
	"context"
	"fmt"
	"testing"

	"portero/functions/jobs"
	"portero/infra/local/standin/ses"
	"portero/shared/app"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
	"portero/shared/testkit/outbox"
)

// TestATickThatGoesWrongIsMadeGoodByTheNext makes the first call of each kind go
// wrong in each way, then ticks again: one reminder, one expiry, one notice.
func TestATickThatGoesWrongIsMadeGoodByTheNext(t *testing.T) {
	for how, harm := range map[string]outbox.Harm{
		"is lost": outbox.LoseCall, "loses its answer": outbox.LoseAnswer,
		"is never made, the process dies": outbox.DieBefore, "is the last, the process dies": outbox.DieAfter,
	} {
		for _, call := range []string{"Query", "GetItem", "TransactWriteItems"} {
			t.Run(fmt.Sprintf("%s %s", call, how), func(t *testing.T) {
				t.Parallel()
				b := outbox.New(t)
				i, _ := b.Invite("lucia@empresa.example")
				b.Settle()
				b.Clock.Set(slots[0])
				hurt(b, jobs.Remind, call, harm)
				tick(b, jobs.Remind, slots[0])
				if got := b.Invitation(i); got.Reminded != 1 || reminders(b, "lucia@empresa.example") != 1 {
					t.Errorf("%d slots used", got.Reminded)
				}
				b.Replace(b.Invitation(i).Silence())
				b.Clock.Set(i.ExpiresAt)
				hurt(b, jobs.Expire, call, harm)
				tick(b, jobs.Expire, i.ExpiresAt)
				b.Settle()
				if got := b.Invitation(i); got.State != invitation.Expired || b.System.Mail().Count(ses.Filter{Tags: map[string]string{"kind": string(message.ExpiryNotice)}}) != 1 {
					t.Errorf("%s", got.State)
				}
			})
		}
	}
}

// hurt runs a job whose first call of a kind goes wrong.
func hurt(b *outbox.Bench, f app.Function, call string, harm outbox.Harm) {
	b.T.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := false
	b.Wire.Harming(cancel, func(_ int, name string) outbox.Harm {
		if name != call || done {
			return outbox.Pass
		}
		done = true
		return harm
	})
	_ = b.Call(ctx, f, app.Tick{Time: b.Now()}, nil) // an error is what Lambda repeats
	b.Wire.Well()
}
