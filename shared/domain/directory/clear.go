package directory

import (
	"context"
	"errors"
	"slices"
	"time"

	"portero/shared/domain/account"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/page"
	"portero/shared/domain/seat"
	"portero/shared/domain/standing"
)

// clearedAtOnce is how many things one step removes: with the counts of their
// roles, the job and its part within one transaction (chosen).
const clearedAtOnce = 40

// ClearStore is what a Clearer reads. What an index finds may be a second behind:
// everything is looked for again when nothing was found for a while (settling).
type ClearStore interface {
	Store
	RemoveStore
	// TestGuests are test clients whom one has invited and who are not leaving yet.
	TestGuests(ctx context.Context, ws id.Workspace, host id.Contact, most int) ([]contact.Contact, error)
	ContactHistory(ctx context.Context, ws id.Workspace, c id.Contact) ([]contact.History, error)
	IdentityHistory(ctx context.Context, ws id.Workspace, who id.Identity) ([]identity.History, error)
	History(ctx context.Context, ws id.Workspace, one id.Invitation) ([]invitation.History, error)
	TestInvitations(ctx context.Context, ws id.Workspace, a email.Address, most int) ([]invitation.Invitation, error)
	TestRequests(ctx context.Context, ws id.Workspace, a email.Address, most int) ([]joinlink.Request, error)
	TestMessages(ctx context.Context, ws id.Workspace, k email.Key, most int) ([]message.Message, error)
	StandingOf(ctx context.Context, ws id.Workspace, a id.Account) (standing.Standing, standing.Seen, error)
}

// clearsLeft is the one leg of a clearance: what is left of a test client. Behind a
// place of it, nothing was found since an instant.
const clearsLeft = "left"

// begin is where a clearance begins.
func (Clearance) begin(now time.Time) []job.Line {
	return []job.Line{job.Place{Leg: clearsLeft, After: since(now)}.Line()}
}

func since(now time.Time) string { return now.Format(time.RFC3339) }

// Walk is the way through what there is of a test client, the contact last; d is who
// asked for its removal.
func (one Clearance) Walk(store WalkStore, d Desk, j job.Job) job.Walk {
	c := clearer{store: store, desk: d, contact: one.Contact, job: j.ID}
	return job.Walk{Legs: []job.Leg{{Name: clearsLeft, Look: c.left}}}
}

// clearer does one step of a clearance.
type clearer struct {
	store   ClearStore
	desk    Desk
	contact id.Contact
	job     id.Job
}

// leaver is a test client that goes, with what is known of its address.
type leaver struct {
	contact.Contact
	box mailbox.Mailbox   // read before all that is looked for: whoever came in meanwhile wrote it
	who identity.Identity // zero: none
}

// left removes some of what there is; the contact, once nothing else was found for as
// long as a request that was let in before may still write (settling).
func (c clearer) left(ctx context.Context, at job.Place) (job.Seen, error) {
	var s job.Seen
	l, there, err := c.leaver(ctx)
	if err != nil || !there {
		return s, err
	}
	for _, some := range []func(context.Context, *change.Set, leaver) error{
		c.guests, c.grants, c.requests, c.invitations, c.messages, c.sessions, c.histories,
	} {
		if err := some(ctx, &s.Set, l); err != nil {
			return s, err
		}
		if !s.Set.Empty() {
			s.After = since(c.desk.Now)
			return s, nil
		}
	}
	found, err := time.Parse(time.RFC3339, at.After)
	if err != nil {
		return s, err
	}
	if until := found.Add(settling); c.desk.Now.Before(until) {
		return s, &job.Pause{Until: until, Reason: job.ReasonSettling}
	}
	return s, c.last(ctx, &s.Set, l)
}

// leaver reads who goes; false if that is done, or another job's.
func (c clearer) leaver(ctx context.Context) (l leaver, there bool, err error) {
	l.Contact, err = c.store.Contact(ctx, c.desk.ws(), c.contact)
	if errors.Is(err, fault.NotYours()) || err == nil && l.Leaving != c.job {
		return l, false, nil
	}
	if err != nil {
		return l, false, err
	}
	if l.box, err = c.store.Mailbox(ctx, c.desk.ws(), l.Address.Key()); err != nil {
		return l, false, err
	}
	l.who, err = c.store.Identity(ctx, c.desk.ws(), identity.IDOf(c.desk.ws(), l.Address.Key()))
	if errors.Is(err, fault.NotYours()) {
		err = nil
	}
	return l, true, err
}

// guests has those whom it invited removed as well, one in a step.
func (c clearer) guests(ctx context.Context, set *change.Set, l leaver) error {
	all, err := c.store.TestGuests(ctx, c.desk.ws(), l.ID, 1)
	if err != nil || len(all) == 0 {
		return err
	}
	_, also, err := c.desk.RemoveTest(ctx, c.store, all[0].ID)
	if errors.Is(err, fault.NotYours()) {
		return nil
	}
	set.Add(also)
	return err
}

// grants removes access, and counts it off its roles; seats it has none.
func (c clearer) grants(ctx context.Context, set *change.Set, l leaver) error {
	held, err := c.desk.held(ctx, l.Contact)
	if err != nil || len(held) == 0 {
		return err
	}
	held = held[:min(len(held), clearedAtOnce)]
	book, err := seat.Open(ctx, c.store, c.desk.ws(), held)
	if err != nil {
		return err
	}
	for _, g := range held {
		if err := book.Regrant(0, g, grant.Grant{}, false); err != nil {
			return err
		}
		set.Remove(g)
	}
	book.Save(0, set)
	return nil
}

func (c clearer) requests(ctx context.Context, set *change.Set, l leaver) error {
	all, err := c.store.TestRequests(ctx, c.desk.ws(), l.Address, clearedAtOnce)
	removeAll(set, all)
	return err
}

// invitations removes those to the test client, each behind its history, and lets
// go of the doors that they hold. One to be staff is none of them.
func (c clearer) invitations(ctx context.Context, set *change.Set, l leaver) error {
	all, err := c.store.TestInvitations(ctx, c.desk.ws(), l.Address, clearedAtOnce)
	if err != nil {
		return err
	}
	box, held := l.box, len(l.box.Open)
	defer func() {
		if len(box.Open) < held {
			set.Replace(box)
		}
	}()
	for _, i := range all {
		past, err := c.store.History(ctx, c.desk.ws(), i.ID)
		if err != nil {
			return err
		}
		if len(past) > 0 && !set.Empty() {
			return nil // in a step of its own
		}
		if removeAll(set, past); len(past) < page.Size {
			set.Remove(i)
			box = box.Release(i.Portal, i.ID)
		}
		if len(past) > 0 {
			return nil
		}
	}
	return nil
}

// messages removes mails to the test client and about it, those that wait to be
// sent as well.
func (c clearer) messages(ctx context.Context, set *change.Set, l leaver) error {
	all, err := c.store.TestMessages(ctx, c.desk.ws(), l.box.Key, clearedAtOnce)
	removeAll(set, all)
	return err
}

func (c clearer) sessions(ctx context.Context, set *change.Set, l leaver) error {
	if !goes(l.who) {
		return nil
	}
	all, _, err := c.store.Sessions(ctx, c.desk.ws(), l.who.ID, page.Inside("", clearedAtOnce))
	removeAll(set, all)
	return err
}

func (c clearer) histories(ctx context.Context, set *change.Set, l leaver) error {
	past, err := c.store.ContactHistory(ctx, c.desk.ws(), l.ID)
	if err != nil || len(past) > 0 {
		removeAll(set, past)
		return err
	}
	if !goes(l.who) {
		return nil
	}
	own, err := c.store.IdentityHistory(ctx, c.desk.ws(), l.who.ID)
	removeAll(set, own)
	return err
}

// last removes the contact with what names it, all at once: its links, what its
// mailbox holds, what another system calls it, its identity, if that goes, and the
// accounts that were made for it alone.
func (c clearer) last(ctx context.Context, set *change.Set, l leaver) error {
	one, box := l.Contact, l.box.Left(l.ID)
	switch {
	case goes(l.who):
		box.Identity = ""
		set.Remove(l.who)
	case l.who.Test: // staff by now, and like any other
		l.who.Test = false
		set.Replace(l.who)
	}
	switch {
	case box.Version == 0:
	case box.Stop != nil || box.Identity != "" || len(box.Open) > 0: // whoever wants no mail is not asked again
		set.Replace(box)
	default:
		set.Remove(box)
	}
	known, err := c.store.AccountsOf(ctx, c.desk.ws(), one.Accounts)
	if err != nil {
		return err
	}
	for _, a := range one.Accounts {
		set.Remove(account.Link{Workspace: c.desk.ws(), Account: a, Contact: one.ID, Version: 1})
		if known[a].Test {
			if err := c.account(ctx, set, known[a], one.ID); err != nil {
				return err
			}
		}
	}
	if one.ExternalID != "" {
		set.Remove(one.External())
	}
	set.Remove(one)
	return nil
}

// account removes one that was made for a test client, if nobody else is there.
func (c clearer) account(ctx context.Context, set *change.Set, a account.Account, one id.Contact) error {
	links, grants, _, err := c.store.AccountPeople(ctx, c.desk.ws(), a.ID, page.Inside("", 3))
	if err != nil {
		return err
	}
	if len(grants) > 0 || slices.ContainsFunc(links, func(l account.Link) bool { return l.Contact != one }) {
		return nil
	}
	is, seen, err := c.store.StandingOf(ctx, c.desk.ws(), a.ID)
	if err != nil {
		return err
	}
	if is.Version > 0 {
		set.Remove(is)
	}
	if seen.Version > 0 {
		set.Remove(seen)
	}
	if a.ExternalID != "" {
		set.Remove(a.External())
	}
	set.Remove(a)
	return nil
}

// removeAll adds things to what a step removes.
func removeAll[T any](set *change.Set, all []T) {
	for _, one := range all {
		set.Remove(one)
	}
}
