package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/verification"
	"portero/shared/dynamo"
	"portero/shared/mail"
)

// Mailed is what became of one try to deliver a message.
type Mailed string

// What may become of it.
const (
	MailSent    Mailed = "sent"
	MailSkipped Mailed = "skipped" // it was sent, given up, or is somebody else's turn
	MailHeld    Mailed = "held"    // over a cap, or a reminder out of hours: later
	MailWaits   Mailed = "waits"   // SES does not take anybody's mail at the moment: later
	MailAgain   Mailed = "again"   // no answer, or the database failed: later
	MailFailed  Mailed = "failed"  // given up, with the reason on the message
)

// Courier delivers messages of the outbox one by one: claim, look whether the
// mail is still wanted, count the caps, mint, compose, send, record. The stream
// (triggers/deliver) and the clock (jobs/redeliver) both go through it, so the
// claim alone decides who sends.
type Courier struct {
	app *App
	// jitter is in [0,1).
	jitter func() float64
}

// Courier returns the courier of the app.
func (a *App) Courier() Courier { return Courier{app: a, jitter: jitter} }

// Letter names a message and what is known of it without reading it.
type Letter struct {
	Workspace id.Workspace
	Message   id.Message
	Kind      message.Kind
}

// Deliver tries to send one message at now. An error says that the database
// failed before anything was claimed: the same call may be repeated. Everything
// after the claim is an outcome, and redelivery's business if it is not final.
func (c Courier) Deliver(ctx context.Context, l Letter, now time.Time) (Mailed, message.Message, error) {
	claim := message.Claim{Name: rand.Text(), At: now}
	var token link.Token
	if l.Kind.Secret() == message.LinkSecret {
		token = link.New(l.Workspace, string(l.Message))
		claim.Secret, claim.Stop = token.Hash(), token.Unsubscribe().Hash()
	}
	m, mine, err := c.app.Store.ClaimMessage(ctx, l.Workspace, l.Message, claim)
	switch {
	case err != nil:
		return "", m, fmt.Errorf("claim %s: %w", l.Message, err)
	case !mine:
		return MailSkipped, m, nil
	}
	mailed, done, hindered := c.hindered(ctx, m, now)
	if !hindered {
		mailed, done = c.post(ctx, done, token, now)
	}
	return c.settle(ctx, mailed, m, done, now)
}

// hindered looks for what keeps a claimed message from being sent: what it is
// about is over, the address is stopped, it is out already, or a cap is full.
func (c Courier) hindered(ctx context.Context, m message.Message, now time.Time) (Mailed, message.Message, bool) {
	reason, out, err := c.unwanted(ctx, m, now)
	switch {
	case err != nil:
		return MailAgain, m.Release(message.ReasonStore, message.AfterStore(now, c.jitter())), true
	case out != "":
		done, _ := m.Told(out, "")
		return MailSkipped, done, true
	case reason == message.ReasonStopped:
		done, _ := m.Told(message.Suppressed, reason)
		return MailFailed, done, true
	case reason != "":
		return MailFailed, m.Fail(reason), true
	}
	if at := m.AllowedAt(now); at.After(now) {
		return MailHeld, m.Release(message.ReasonHeld, at), true
	}
	for _, b := range m.Bounds(now) {
		within, err := c.app.Store.Count(ctx, b.Counter)
		if err != nil {
			return MailAgain, m.Release(message.ReasonStore, message.AfterStore(now, c.jitter())), true
		}
		if !within {
			return MailHeld, m.Over(b), true
		}
		m = m.Count(b)
	}
	return "", m, false
}

// unwanted reads, strongly, what the mail is about and to whom it goes: nobody
// is mailed who answered, opted out or bounced before the claim. out is the
// state that was reported already, if the mail is out.
func (c Courier) unwanted(ctx context.Context, m message.Message, now time.Time) (reason string, out message.Delivery, err error) {
	if m.Late(now) {
		return message.ReasonOver, "", nil
	}
	var about invitation.Invitation
	to, err := c.app.Store.Mailbox(ctx, m.Workspace, m.Key)
	if err == nil && m.Kind.ToInvitee() {
		about, err = c.app.Store.Invitation(ctx, m.Workspace, m.Invitation)
	}
	switch {
	case errors.Is(err, fault.NotYours()):
		return message.ReasonOver, "", nil
	case err != nil:
		return "", "", err
	}
	if m.Kind.ToInvitee() {
		if d, isOut := about.Out(m); isOut {
			return "", d, nil
		}
		if reason = about.Awaits(m, now); reason != "" {
			return reason, "", nil
		}
	}
	if !to.Takes(m.Kind) {
		return message.ReasonStopped, "", nil
	}
	return "", "", nil
}

// post mints what the kind carries, composes and sends.
func (c Courier) post(ctx context.Context, m message.Message, token link.Token, now time.Time) (Mailed, message.Message) {
	letter := mail.Letter{Message: m, Link: token}
	if m.Kind.Secret() == message.CodeSecret {
		code, err := c.code(ctx, m)
		switch {
		case errors.Is(err, fault.NotYours()):
			return MailFailed, m.Fail(message.ReasonOver)
		case err != nil:
			return MailAgain, m.Release(message.ReasonStore, message.AfterStore(now, c.jitter()))
		}
		letter.Code = code
	}
	raw, err := mail.Compose(letter, mail.Settings{BaseURL: c.app.Config.BaseURL, Sender: c.app.Config.Sender}, now)
	if err != nil {
		return MailFailed, m.Fail(message.ReasonCompose)
	}
	name, err := c.app.Mail.Send(ctx, raw, mail.TagsOf(m))
	if err != nil {
		return c.refused(m, err, now)
	}
	return MailSent, m.Sent(name, now)
}

// refused turns what SES said into what becomes of the message.
func (c Courier) refused(m message.Message, err error, now time.Time) (Mailed, message.Message) {
	reason := message.ReasonGaveUp
	var why *mail.Failure
	if errors.As(err, &why) {
		reason = why.Reason
	}
	switch {
	case errors.Is(err, mail.ErrThrottled):
		return MailWaits, m.Release(reason, message.AfterThrottle(now, c.jitter()))
	case errors.Is(err, mail.ErrQuota):
		return MailWaits, m.Release(reason, message.AfterQuota(now, c.jitter()))
	case errors.Is(err, mail.ErrUnavailable):
		return MailWaits, m.Release(reason, message.AfterOutage(now, c.jitter()))
	case errors.Is(err, mail.ErrRejected):
		return MailFailed, m.Fail(reason)
	}
	m = m.Retry(reason, message.AfterSilence(now, m.Attempts, c.jitter()))
	if m.Delivery == message.Failed {
		return MailFailed, m
	}
	return MailAgain, m
}

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
		r := dynamo.Report{Delivery: done.Delivery, Reason: done.Reason, At: now}
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

// code draws the code of a verification and stores its hash there.
func (c Courier) code(ctx context.Context, m message.Message) (mail.Code, error) {
	code, err := drawCode(verification.CodeDigits)
	if err != nil {
		return "", err
	}
	hash, err := password.New(password.Plain(code), c.app.Cost, rand.Reader)
	if err != nil {
		return "", err
	}
	return code, c.app.Store.SetCode(ctx, m.Workspace, m.Verification, hash)
}
