package app

import (
	"context"
	"errors"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/message"
	"portero/shared/dynamo"
)

// GiveUp ends a message whose attempts all went without an answer. If one of
// them was reported meanwhile, the mail is out and the message says so.
func (c Courier) GiveUp(ctx context.Context, m message.Message, now time.Time) (Mailed, message.Message, error) {
	mailed, done := MailFailed, m.Fail(message.ReasonGaveUp)
	if m.Kind.ToInvitee() {
		about, err := c.app.Store.Invitation(ctx, m.Workspace, m.Invitation)
		if err != nil && !errors.Is(err, fault.NotYours()) {
			return "", m, err
		}
		if d, out := about.Out(m); out {
			done, _ = m.Told(d, "")
			mailed = MailSkipped
		}
	}
	return c.settle(ctx, mailed, m, done, now)
}

// recordTries is how often an outcome is tried to be recorded: without it the
// mail would go out again (chosen; the function's time ends it anyway).
const recordTries = 6

// settle records an outcome. What was sent is recorded on top of whatever
// happened to the message meanwhile; the rest is dropped then, because whoever
// changed it knew better.
func (c Courier) settle(ctx context.Context, mailed Mailed, claimed, done message.Message, now time.Time) (Mailed, message.Message, error) {
	for try := range recordTries {
		r := message.Report{Delivery: done.Delivery, Reason: done.Reason, At: now}
		err := c.app.Store.RecordMessage(ctx, done, r, shown(claimed, done))
		if err == nil {
			return mailed, done, nil
		}
		if dynamo.Pause(ctx, try) != nil {
			break
		}
		if !errors.Is(err, fault.Stale(nil)) {
			continue
		}
		fresh, err := c.app.Store.Message(ctx, claimed.Workspace, claimed.ID)
		if err != nil {
			continue
		}
		if mailed != MailSent || fresh.SESID == done.SESID {
			return mailed, fresh, nil
		}
		claimed, done = fresh, fresh.Sent(done.SESID, now)
	}
	// Nobody knows: the lease ends, and redelivery looks again.
	return MailAgain, claimed, nil
}

// shown reports whether the invitation is told: not of what it shows already,
// nor of a mail that is not about it any more.
func shown(was, is message.Message) bool {
	if is.Reason == message.ReasonOver || is.Reason == message.ReasonSuperseded {
		return false
	}
	return is.Delivery != was.Delivery || is.Reason != was.Reason
}
