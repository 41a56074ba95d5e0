package session

import (
	"context"
	"errors"
	"strconv"
	"time"

	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/limit"
	"portero/shared/domain/link"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
)

const (
	// ResetLife is how long a reset link works (chosen; OWASP's Forgot Password
	// cheat sheet asks for "an appropriate period").
	ResetLife = time.Hour
	// mostResets is how many reset mails one address gets in an hour (chosen).
	mostResets = 3
)

// ErrLinkOver says that a reset link was used, is too old, or belongs to a
// password that has been changed since.
var ErrLinkOver = fault.New(fault.Gone, "link_over", "This link is over. Ask for a new one where you sign in.")

// errNobody is what committing a reset that mails nobody comes to.
var errNobody = errors.New("session: nobody to mail")

// Mailed turns what committing a reset came to into what its caller is told:
// the same, whether or not somebody was mailed.
func Mailed(err error) error {
	if errors.Is(err, errNobody) {
		return nil
	}
	return err
}

// Forgot asks for a reset link for an address; what committing it comes to goes
// through Mailed. Whether or not the address is known, the answer is the same
// and so are the calls: one batch read, one counter, one write to the outbox,
// which for nobody is one whose condition cannot hold, so that strangers leave
// nothing there. not_found for a workspace that is not there.
func (d Desk) Forgot(ctx context.Context, a email.Address) (change.Set, error) {
	var set change.Set
	who := identity.IDOf(d.ws(), a.Key())
	w, found, _, err := d.Store.Entrance(ctx, d.ws(), who, a.Key())
	if err != nil {
		return set, err
	}
	hour := d.Now.Truncate(time.Hour)
	within, err := d.Store.Count(ctx, limit.Counter{Workspace: d.ws(), Name: "reset." + string(who), Most: mostResets,
		Window: strconv.FormatInt(hour.Unix(), 10), Until: hour.Add(time.Hour)})
	if err != nil {
		return set, err
	}
	mails := within && found.HasPassword() && found.Active()
	if !mails {
		found = identity.New(d.ws(), a, "", d.Now)
	}
	letter := w.Letter(id.New[id.Message](d.Now), message.PasswordReset, found.Address, found.Profile.Language, d.Now)
	letter.Identity, letter.Model.Recipient, letter.Test = found.ID, found.Name, found.Tested()
	letter.Expires = d.Now.Add(ResetLife)
	letter.Model.Until = letter.Expires
	if mails {
		set.Insert(letter)
		return set, nil
	}
	letter.Version = 1 // it is not there, so its condition fails
	set.Writes = append(set.Writes, change.Write{Op: change.Replace, Record: letter, Conflict: errNobody})
	return set, nil
}

// Redeem sets a new password by a reset link that was mailed. It signs nobody
// in; every session ends and a mail says what happened. link_unknown for a link
// that is not ours, link_over for one that no longer works, or the password_*
// codes on the field "password".
func (d Desk) Redeem(ctx context.Context, t link.Token, next password.Plain, network string) (change.Set, error) {
	none := change.Set{}
	m, err := t.Message()
	if err != nil {
		return none, err
	}
	letter, w, err := d.Store.LinkedMessage(ctx, t.Workspace, m, true)
	if errors.Is(err, fault.NotYours()) {
		err = link.ErrUnknown
	}
	if err == nil && (letter.Kind != message.PasswordReset || !t.Opens(letter.Secrets...)) {
		err = link.ErrUnknown
	}
	if err != nil {
		return none, err
	}
	who, err := d.Store.Identity(ctx, t.Workspace, letter.Identity)
	if err != nil {
		return none, err
	}
	if !letter.Used.IsZero() || !d.Now.Before(letter.Expires) || letter.CreatedAt.Before(who.PasswordAt) || !who.Active() {
		return none, ErrLinkOver
	}
	if err := who.CheckPassword("password", w, next); err != nil {
		return none, err
	}
	if who.Factor != nil { // the mailbox alone does not take the second factor's place
		lost := who.Factor.Lose()
		who = who.WithFactor(&lost)
	}
	var set change.Set
	if _, err := d.setPassword(&set, w, who, next, "password.reset"); err != nil {
		return none, err
	}
	letter.Used = d.Now
	set.Replace(letter)
	// The link proves the mailbox: failures no longer keep its owner out.
	return set, d.forget(ctx, guardOf(t.Workspace, who.ID, network, false, d.Now))
}
