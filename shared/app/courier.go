package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/link"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/verification"
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
	// First says that nobody has tried yet, as the stream believes; what was
	// tried and put off waits until it is due.
	First bool
}

// Deliver tries to send one message at now. An error says that the database
// failed before anything was claimed: the same call may be repeated. Everything
// after the claim is an outcome, and redelivery's business if it is not final.
func (c Courier) Deliver(ctx context.Context, l Letter, now time.Time) (Mailed, message.Message, error) {
	try := attempt{Courier: c, now: now, claim: message.Claim{Name: rand.Text(), At: now, First: l.First}}
	if l.Kind.Secret().Links() {
		try.link = link.New(l.Workspace, string(l.Message))
		try.claim.Secret, try.claim.Stop = try.link.Hash(), try.link.Unsubscribe().Hash()
	}
	m, mine, err := c.app.Store.ClaimMessage(ctx, l.Workspace, l.Message, try.claim)
	switch {
	case err != nil:
		return "", m, fmt.Errorf("claim %s: %w", l.Message, err)
	case !mine:
		return MailSkipped, m, nil
	}
	mailed, done, hindered := try.hindered(ctx, m)
	if !hindered {
		mailed, done = try.post(ctx, done)
	}
	return c.settle(ctx, mailed, m, done, now)
}

// attempt is one try at one message that was claimed for it.
type attempt struct {
	Courier
	now   time.Time
	claim message.Claim
	link  link.Token
}

// later puts the message off: nothing was sent.
func (a attempt) later(m message.Message, reason string, until time.Time) message.Message {
	return m.Release(a.claim, reason, until)
}

// broken puts the message off because the database did not answer.
func (a attempt) broken(m message.Message) (Mailed, message.Message) {
	return MailAgain, a.later(m, message.ReasonStore, message.AfterStore(a.now, a.jitter()))
}

// hindered looks for what keeps a claimed message from being sent, or returns
// it with the caps it was counted against.
func (a attempt) hindered(ctx context.Context, m message.Message) (Mailed, message.Message, bool) {
	reason, out, err := a.unwanted(ctx, m)
	switch {
	case err != nil:
		mailed, done := a.broken(m)
		return mailed, done, true
	case out != "":
		m.Attempts-- // this one sends nothing
		done, _ := m.Told(out, "")
		return MailSkipped, done, true
	case reason == message.ReasonStopped:
		m.Attempts--
		done, _ := m.Told(message.Suppressed, reason)
		return MailFailed, done, true
	case reason != "":
		return MailFailed, m.Fail(reason), true
	}
	if at := m.AllowedAt(a.now); at.After(a.now) {
		return MailHeld, a.later(m, message.ReasonHeld, at), true
	}
	if m.Predates(a.app.Config.Restored) {
		mailed, done := MailHeld, m.Park(a.claim)
		if m.Passing() {
			mailed, done = MailFailed, m.Fail(message.ReasonRestored)
		}
		return mailed, done, true
	}
	return a.capped(ctx, m)
}

// capped counts the mail where it is claimed.
func (a attempt) capped(ctx context.Context, m message.Message) (Mailed, message.Message, bool) {
	for _, b := range m.Bounds(a.now) {
		within, err := a.app.Store.Count(ctx, b.Counter)
		if err != nil {
			mailed, done := a.broken(m)
			return mailed, done, true
		}
		if within {
			m = m.Count(b)
			continue
		}
		if m = m.Over(a.claim, b); m.Delivery == message.Failed {
			return MailFailed, m, true
		}
		return MailHeld, m, true
	}
	return "", m, false
}

// unwanted reads, strongly, what the mail is about and to whom it goes: nobody
// is mailed who answered, opted out or bounced before the claim. out is the
// state that was reported already, if the mail is out.
func (a attempt) unwanted(ctx context.Context, m message.Message) (reason string, out message.Delivery, err error) {
	if m.Late(a.now) {
		return message.ReasonOver, "", nil
	}
	if m.Kind.ToInvitee() {
		about, err := a.app.Store.Invitation(ctx, m.Workspace, m.Invitation)
		switch {
		case errors.Is(err, fault.NotYours()):
			return message.ReasonOver, "", nil
		case err != nil:
			return "", "", err
		}
		if d, isOut := about.Out(m); isOut {
			return "", d, nil
		}
		if reason = about.Awaits(m, a.now); reason != "" {
			return reason, "", nil
		}
	}
	to, err := a.app.Store.Mailbox(ctx, m.Workspace, m.Key)
	if err == nil && !to.Takes(m.Kind) {
		reason = message.ReasonStopped
	}
	return reason, "", err
}

// post mints what the kind carries, composes and sends.
func (a attempt) post(ctx context.Context, m message.Message) (Mailed, message.Message) {
	letter := mail.Letter{Message: m, Link: a.link}
	if m.Model.Look {
		var err error
		if letter.Look, err = a.app.Store.Look(ctx, m.Workspace); err != nil {
			return a.broken(m)
		}
	}
	if m.Kind.Secret().Digits() {
		code, err := a.digits(ctx, m)
		switch {
		case errors.Is(err, fault.NotYours()):
			return MailFailed, m.Fail(message.ReasonOver)
		case err != nil:
			return a.broken(m)
		}
		letter.Code = code
	}
	raw, err := mail.Compose(letter, mail.Settings{BaseURL: a.app.Config.BaseURL, Sender: a.app.Config.Sender}, a.now)
	if err != nil {
		return MailFailed, m.Fail(message.ReasonCompose)
	}
	name, err := a.app.Mail.Send(ctx, raw, mail.TagsOf(m))
	if err != nil {
		return a.refused(m, err)
	}
	return MailSent, m.Sent(name, a.now)
}

// refused turns what SES said into what becomes of the message.
func (a attempt) refused(m message.Message, err error) (Mailed, message.Message) {
	reason := message.ReasonGaveUp
	var why *mail.Failure
	if errors.As(err, &why) {
		reason = why.Reason
	}
	switch {
	case errors.Is(err, mail.ErrThrottled):
		return MailWaits, a.later(m, reason, message.AfterThrottle(a.now, a.jitter()))
	case errors.Is(err, mail.ErrQuota):
		return MailWaits, a.later(m, reason, message.AfterQuota(a.now, a.jitter()))
	case errors.Is(err, mail.ErrUnavailable):
		return MailWaits, a.later(m, reason, message.AfterOutage(a.now, a.jitter()))
	case errors.Is(err, mail.ErrRejected):
		return MailFailed, m.Fail(reason)
	}
	m = m.Retry(reason, message.AfterSilence(a.now, m.Attempts, a.jitter()))
	if m.Delivery == message.Failed {
		return MailFailed, m
	}
	return MailAgain, m
}

// digits draws what is to be typed.
func (a attempt) digits(ctx context.Context, m message.Message) (mail.Code, error) {
	if m.Kind.Secret() == message.PasswordSecret {
		return a.temporary(ctx, m)
	}
	return a.code(ctx, m)
}

// temporary draws a temporary password and stores its hash with the address, in
// the place of the one before.
func (a attempt) temporary(ctx context.Context, m message.Message) (mail.Code, error) {
	drawn, err := drawCode(mailbox.TemporaryDigits)
	if err != nil {
		return "", err
	}
	hash, err := password.New(password.Plain(drawn), a.app.Cost, rand.Reader)
	if err != nil {
		return "", err
	}
	return drawn, a.app.Store.SetTemporary(ctx, m.Workspace, m.Key, mailbox.Temporary{Hash: hash, Invitation: m.Invitation, Until: m.Expires})
}

// code draws the code of a verification and stores its hash there.
func (a attempt) code(ctx context.Context, m message.Message) (mail.Code, error) {
	code, err := drawCode(verification.CodeDigits)
	if err != nil {
		return "", err
	}
	hash, err := password.New(password.Plain(code), a.app.Cost, rand.Reader)
	if err != nil {
		return "", err
	}
	return code, a.app.Store.SetCode(ctx, m.Workspace, m.Verification, hash)
}
