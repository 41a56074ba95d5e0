package triggers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// Feedback records what SES says became of a mail. A bounce or a complaint
// stops mail to the address and reminders; the inviter hears of a bounce.
var Feedback = app.Trigger(contract.Trigger{
	Function: contract.Function{
		Name: "triggers/feedback", Summary: "Record what became of a mail.", Timeout: message.DeliverTimeout,
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Message, schema.Mailbox}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put, contract.Update}, Kinds: []schema.Kind{schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Identity, schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Workspace}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Batch, contract.Update}, Kinds: []schema.Kind{schema.Counter}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Source: contract.MailEvents,
}, feedback)

// Heard is the answer: what an event was taken for.
type Heard struct {
	Delivery message.Delivery `json:"delivery,omitempty"`
	Effect   Effect           `json:"effect"`
	// Paused says that this mail was one too many: its workspace's mail is held
	// back from now on. An alarm counts it (infra/stacks).
	Paused workspace.PauseReason `json:"paused,omitempty"`
}

// Effect is what an event did.
type Effect string

// The effects.
const (
	Recorded Effect = "recorded"
	Nothing  Effect = "nothing" // it says nothing new, or is of a kind that changes nothing
	Foreign  Effect = "foreign" // its tags name no message of ours
)

func feedback(ctx context.Context, a *app.App, e mailEvent) (Heard, error) {
	if _, _, ours := e.tagged(); !ours {
		return Heard{Effect: Foreign}, nil
	}
	r, matters := e.report()
	if !matters {
		return Heard{Effect: Nothing}, nil
	}
	heard := Heard{Delivery: r.Delivery}
	err := a.Again(ctx, func() (err error) {
		heard.Effect, err = hear(ctx, a, r)
		return err
	})
	if err == nil && heard.Effect == Recorded {
		heard.Paused, err = weigh(ctx, a, r)
	}
	if err != nil {
		return Heard{}, fmt.Errorf("record that %s is %s: %w", r.Message, r.Delivery, err)
	}
	return heard, nil
}

// hear applies a report. The message's own state decides whether it says
// anything new, so an event that comes again, or behind a later one, does
// nothing.
func hear(ctx context.Context, a *app.App, r report) (Effect, error) {
	m, err := a.Store.Message(ctx, r.Workspace, r.Message)
	switch {
	case errors.Is(err, fault.NotYours()):
		return Foreign, nil
	case err != nil:
		return "", err
	}
	next, news := m.Told(r.Delivery, r.Reason)
	if !news {
		return Nothing, nil
	}
	if r.Delivery == message.Delivered || r.Delivery == message.Delayed {
		return note(ctx, a, m, next, r)
	}
	return Recorded, conclude(ctx, a, m, next, r)
}

// note records what needs nobody's attention as cheaply as can be: the latest
// mail to an invitee on its invitation alone, everything else on the message.
func note(ctx context.Context, a *app.App, m, next message.Message, r report) (Effect, error) {
	if m.Kind.ToInvitee() {
		told, latest, err := a.Store.TellInvitation(ctx, m, message.Report{Delivery: r.Delivery, Reason: r.Reason, At: r.At})
		switch {
		case err != nil:
			return "", err
		case told:
			return Recorded, nil
		case latest:
			return Nothing, nil
		}
	}
	return Recorded, a.Store.RecordMessage(ctx, next, message.Report{}, false)
}

// conclude records that a mail will not be read: in one transaction the
// message, its invitation with its reminders stopped, the address, the audit
// entry, and the notice to the inviter.
func conclude(ctx context.Context, a *app.App, m, next message.Message, r report) error {
	now := a.Now()
	box, err := a.Store.Mailbox(ctx, m.Workspace, m.Key)
	if err != nil {
		return err
	}
	var set change.Set
	set.Replace(next)
	if r.Stop != "" {
		if box.Version == 0 {
			box.Address = m.To // never heard of before
		}
		if stopped, changed := box.Halt(r.Stop, r.Detail, r.At); changed {
			stopped.Save(&set)
		}
	}
	subject := string(identity.IDOf(m.Workspace, m.Key))
	var about invitation.Invitation
	if m.Kind.ToInvitee() {
		subject = string(m.Invitation)
		if about, err = affect(ctx, a, &set, m, r, now); err != nil {
			return err
		}
	}
	entry := audit.Of(access.Actor{Kind: access.Service, Workspace: m.Workspace}, now, "mail."+string(r.Delivery), subject)
	entry.After = map[string]string{"message": string(m.ID), "delivery": string(r.Delivery), "reason": r.Reason}
	audit.File(&set, entry, about.Accounts()...)
	return a.Store.Commit(ctx, set)
}

// affect adds what happens to the invitation that a mail was about. One that
// has moved to another address since is left alone. It returns the invitation,
// zero if it is not there.
func affect(ctx context.Context, a *app.App, set *change.Set, m message.Message, r report, now time.Time) (invitation.Invitation, error) {
	i, err := a.Store.Invitation(ctx, m.Workspace, m.Invitation)
	switch {
	case errors.Is(err, fault.NotYours()):
		return i, nil
	case err != nil:
		return i, err
	case i.Key != m.Key:
		return i, nil
	}
	next, changed := i.Told(m, r.Delivery, r.Reason, r.At)
	if r.Stop != "" && next.State == invitation.Pending && !next.Quiet {
		next, changed = next.Silence(), true
	}
	if changed {
		set.Replace(next)
	}
	if r.Delivery == message.Complained || r.Stop == "" || !i.Open(now) {
		return i, nil
	}
	return i, tellInviter(ctx, a, set, i, now)
}

// tellInviter adds the notice that the address takes no mail.
func tellInviter(ctx context.Context, a *app.App, set *change.Set, i invitation.Invitation, now time.Time) error {
	w, err := a.Store.Workspace(ctx, i.Workspace)
	if err != nil {
		return err
	}
	who, found, err := a.Informed(ctx, w, i.Inviter)
	if err != nil || !found || who.Key == i.Key {
		return err
	}
	notice := i.Notice(id.New[id.Message](now), message.Bounce, w, who, now)
	if i.Portal != "" {
		p, err := a.Store.Portal(ctx, i.Workspace, i.Portal)
		if err != nil {
			return err
		}
		notice.Model.Portal, notice.Model.PortalURL = p.Title, p.Name
	}
	who.Tell(set, w, notice, now)
	return nil
}
