package invitation

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/link"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
)

// MaxReasonRune bounds why somebody declined (chosen; no evidence).
const MaxReasonRune = 300

// ErrReason refuses a reason that would not read well in a mail.
var ErrReason = fault.On("reason", "reason_malformed", "A reason has at most 300 characters of text.")

// linkRequestEvery is how often an invitee's wish for a new link is passed on
// (product rule: once a day).
const linkRequestEvery = 24 * time.Hour

// Decline answers an open invitation with no, and tells the inviter. A second
// time changes nothing. link_unknown, reason_malformed, or why the invitation is
// not open: invitation_accepted, invitation_cancelled, invitation_expired.
func (g Guest) Decline(ctx context.Context, t link.Token, reason string, v Visitor) (change.Set, error) {
	var set change.Set
	reason = strings.TrimSpace(reason)
	if !prose(reason) {
		return set, ErrReason
	}
	o, err := g.follow(ctx, t)
	if err != nil {
		return set, err
	}
	declined, err := o.offer.Decline(v.Now)
	if err != nil || o.offer.State == Declined {
		return set, err
	}
	set.Replace(declined)
	o.box.Release(o.offer.Portal, o.offer.ID).Save(&set)
	if err := Vacate(ctx, g.Store, &set, true, o.offer); err != nil {
		return change.Set{}, err
	}
	entry := ended(v, o.offer, Declined)
	audit.File(&set, entry, o.offer.Accounts()...)
	if reason != "" {
		set.Insert(History{Workspace: o.firm.ID, Invitation: o.offer.ID, Entry: entry.ID, At: v.Now, After: map[string]string{"reason": reason}})
	}
	return set, g.inform(ctx, &set, o, message.Declined, reason, v.Now)
}

// OptOut stops every mail to the address but those it asks for itself, and
// declines what is open for it. Only the person can lift that. link_unknown.
func (g Guest) OptOut(ctx context.Context, t link.Token, v Visitor) (change.Set, error) {
	o, err := g.follow(ctx, t)
	if err != nil {
		return change.Set{}, err
	}
	set, err := g.stop(ctx, o, v, func(i Invitation) (Invitation, bool) {
		next, err := i.Decline(v.Now)
		return next, err == nil
	})
	if err != nil || !o.offer.Open(v.Now) {
		return set, err
	}
	return set, g.inform(ctx, &set, o, message.Declined, "", v.Now)
}

// Unsubscribe does what the List-Unsubscribe of a mail is for (RFC 8058): no
// more mail to the address, no more reminders. Its token is not the mail's link
// and opens nothing; open invitations stay open, since mail programs post this
// without asking anybody. link_unknown.
func (g Guest) Unsubscribe(ctx context.Context, t link.Token, v Visitor) (change.Set, error) {
	letter, firm, err := g.letter(ctx, t, func(m message.Message) bool { return m.Kind.ToInvitee() && t.Opens(m.Stops...) })
	if err != nil {
		return change.Set{}, err
	}
	o := offered{token: t, letter: letter, firm: firm}
	found, err := g.Store.Known(ctx, firm.ID, Wanted{Mailboxes: []email.Key{letter.Key}})
	if err != nil {
		return change.Set{}, err
	}
	o.box = found.mailbox(firm.ID, letter.Key)
	return g.stop(ctx, o, v, func(i Invitation) (Invitation, bool) {
		silent := i.Silence()
		return silent, silent.Quiet && !i.Quiet
	})
}

// stop opts the address out and does the same to every invitation that is open
// for it: at most one a portal and one to staff.
func (g Guest) stop(ctx context.Context, o offered, v Visitor, to func(Invitation) (Invitation, bool)) (change.Set, error) {
	var set change.Set
	open := slices.Sorted(maps.Values(o.box.Open)) // in one order, so that a repeat writes the same
	found, err := g.Store.Known(ctx, o.firm.ID, Wanted{Invitations: open})
	if err != nil {
		return set, err
	}
	box := o.box
	var over []Invitation
	for _, one := range open {
		i, there := found.Invitations[one]
		if !there || !i.Open(v.Now) || i.Key != box.Key {
			continue
		}
		next, changed := to(i)
		if !changed {
			continue
		}
		set.Replace(next)
		if next.State != Pending {
			box, over = box.Release(i.Portal, i.ID), append(over, i)
			audit.File(&set, ended(v, i, next.State), i.Accounts()...)
		}
	}
	if err := Vacate(ctx, g.Store, &set, true, over...); err != nil {
		return change.Set{}, err
	}
	box, halted := box.Halt(mailbox.OptedOut, "", v.Now)
	if halted {
		entry := audit.Of(v.Actor, v.Now, "address.opted_out", string(identity.IDOf(o.firm.ID, box.Key)))
		entry.After = map[string]string{"message": string(o.letter.ID)}
		set.Insert(entry)
	} else if set.Empty() {
		return set, nil
	}
	box.Save(&set)
	return set, nil
}

// AskAgain passes on that the invitee of an invitation that is over asks for a
// new link, at most once a day. It says nothing about the invitation: the
// answer is the same whatever becomes of it. link_unknown.
func (g Guest) AskAgain(ctx context.Context, t link.Token, v Visitor) (change.Set, error) {
	var set change.Set
	o, err := g.follow(ctx, t)
	if err != nil {
		return set, err
	}
	state := o.offer.StateAt(v.Now)
	waits := state == Expired || state == Cancelled || state == Declined
	asked := o.offer.LinkAskedAt
	if !waits || (!asked.IsZero() && v.Now.Before(asked.Add(linkRequestEvery))) {
		return set, nil
	}
	o.offer.LinkAskedAt = v.Now
	set.Replace(o.offer)
	audit.File(&set, audit.Of(v.Actor, v.Now, "invitation.link_asked", string(o.offer.ID)), o.offer.Accounts()...)
	return set, g.inform(ctx, &set, o, message.LinkRequest, "", v.Now)
}

// inform adds the notice to whoever hears of it.
func (g Guest) inform(ctx context.Context, set *change.Set, o offered, kind message.Kind, note string, now time.Time) error {
	to, err := g.Listener(ctx, o.firm, o.offer.Inviter)
	if err != nil {
		return err
	}
	if listens(to) {
		notice := o.notice(to, kind, now)
		notice.Model.Note = note
		if kind == message.LinkRequest {
			notice.Model.State = string(o.offer.StateAt(now))
		}
		to.Tell(set, o.firm, notice, now)
	}
	return nil
}

// ended is the audit entry of an invitation that the invitee ends.
func ended(v Visitor, i Invitation, s State) audit.Entry {
	entry := audit.Of(v.Actor, v.Now, "invitation."+string(s), string(i.ID))
	entry.Before, entry.After = map[string]string{"state": string(i.State)}, map[string]string{"state": string(s)}
	return entry
}

// prose reports whether a text may stand in a mail as it is: of a bounded
// length, without control characters other than line breaks and tabs.
func prose(s string) bool {
	control := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= MaxReasonRune && !strings.ContainsFunc(s, control)
}
