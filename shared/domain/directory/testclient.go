package directory

import (
	"context"
	"errors"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/domain/session"
)

// ClearKind is the kind of bulk work that removes a test client with all that it
// made (row T6), the contact last: those whom it invited, by jobs of their own;
// grants, join requests, invitations and mails, sessions, histories; then what its
// mailbox holds, the accounts that were made for it, and its identity, unless that is
// staff or was there before. What the trail says stays: it holds identifiers. Codes
// and temporary records go by themselves within a day.
const ClearKind job.Kind = "test_client"

// Clearance is which test client goes.
type Clearance struct {
	Contact id.Contact `json:"contact"`
}

// RemoveStore says what became of a job, or not_found, and who is in.
type RemoveStore interface {
	Job(ctx context.Context, ws id.Workspace, j id.Job) (job.Job, error)
	Sessions(ctx context.Context, ws id.Workspace, who id.Identity, p page.Ask) ([]session.Session, page.Cursor, error)
}

// RemoveTest asks for a test client to be removed. It can do nothing more from the
// next request on: its mailbox, which whoever comes in by the address writes too, is
// shut. A job removes what there is of it. Asked again, the answer is the same.
// not_found, not_a_test_client.
func (d Desk) RemoveTest(ctx context.Context, store RemoveStore, one id.Contact) (contact.Contact, change.Set, error) {
	var set change.Set
	c, err := d.Store.Contact(ctx, d.ws(), one)
	if err != nil {
		return c, set, err
	}
	if !c.Test {
		return c, set, contact.ErrNoTest
	}
	if c.Leaving != "" {
		j, err := store.Job(ctx, d.ws(), c.Leaving)
		if err == nil && !j.State.Over() || err != nil && !errors.Is(err, fault.NotYours()) {
			return c, set, err
		} // it was stopped before its end: another one goes on
	}
	box, err := d.Store.Mailbox(ctx, d.ws(), c.Address.Key())
	if err != nil {
		return c, set, err
	}
	box.Leave(one).Save(&set)
	if err := d.shut(ctx, &set, store, c); err != nil {
		return c, change.Set{}, err
	}
	j := job.New(id.New[id.Job](d.Now), d.ws(), ClearKind, d.Now)
	j.Creator, j.Spec = d.Actor.Identity, text(Clearance{Contact: one})
	c.Leaving = j.ID
	set.Replace(c)
	job.Start(&set, j, Clearance{}.begin(d.Now), d.Now)
	entry := d.entry("contact.removed", string(one))
	entry.After = map[string]string{"test": "true", "job": string(j.ID)}
	audit.File(&set, entry, c.Accounts...)
	return c, set, nil
}

// shut ends the sessions of whoever has a test client's address, and lets them in
// no more, unless they are somebody beside that: of staff, only the sessions as the
// test client end.
func (d Desk) shut(ctx context.Context, set *change.Set, store RemoveStore, c contact.Contact) error {
	who, err := d.Store.Identity(ctx, d.ws(), identity.IDOf(d.ws(), c.Address.Key()))
	if errors.Is(err, fault.NotYours()) {
		return nil
	}
	if err != nil {
		return err
	}
	if who.Level == access.None {
		if goes(who) && who.Active() {
			who.Deactivated = d.Now
		}
		set.Replace(who.EndSessions())
		return nil
	}
	all, _, err := store.Sessions(ctx, d.ws(), who.ID, page.Inside("", clearedAtOnce))
	for _, s := range all {
		if s.Grant.Contact == c.ID {
			set.Remove(s)
		}
	}
	return err
}

// goes reports whether an identity has nothing but what a test client gave it.
func goes(who identity.Identity) bool { return who.Test && who.Level == access.None }
