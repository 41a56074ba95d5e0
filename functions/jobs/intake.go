package jobs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/intake"
	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
)

// intaking puts the people of a list on file, grants them access, or invites
// them (rows T1, T3, T7).
var intaking = kind{
	Name: intake.Kind, Work: takeIn,
	Uses: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
			schema.Workspace, schema.Portal, schema.Role, schema.Account, schema.Contact, schema.Identity, schema.Mailbox, schema.Invitation}},
		{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Identity}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account, schema.Role}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.List, Kinds: []schema.Kind{schema.Account}},
		{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{
			schema.Account, schema.Contact, schema.Mailbox, schema.Invitation, schema.Message}},
		app.SeatsTaken,
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		{Table: schema.Ephemera, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Counter}},
	},
}

// pausedFor is how long a job waits before it looks again whether the firm's mail
// is held back (chosen).
const pausedFor = 15 * time.Minute

// taking is one run over a list. Who asked for it and the firm are read once.
type taking struct {
	app  *app.App
	spec intake.Spec
	now  func() time.Time
	who  identity.Identity
	firm workspace.Workspace
}

func takeIn(a *app.App, j job.Job, now func() time.Time) (job.Worker, error) {
	t := &taking{app: a, now: now}
	return t, json.Unmarshal([]byte(j.Spec), &t.spec)
}

// Decide decides rows; of accounts, it finds the rows.
func (t *taking) Decide(ctx context.Context, j job.Job, lines []job.Line) ([]job.Result, error) {
	if lines[0].Step {
		return t.find(ctx, j, lines)
	}
	if err := t.read(ctx, j); err != nil {
		return nil, err
	}
	now := t.now()
	day, left, err := t.mails(ctx, j, now)
	if err != nil {
		return nil, err
	}
	rows := make([]intake.Row, 0, len(lines))
	for _, l := range lines[:min(len(lines), left)] {
		if l.Step {
			break
		}
		var row intake.Row
		if err := json.Unmarshal([]byte(l.Text), &row); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	all, err := t.outcomes(ctx, j, rows, now)
	if err != nil {
		return nil, err
	}
	results := make([]job.Result, len(all))
	for n, o := range all {
		results[n] = job.Result{Set: o.Set, With: o.With, Day: day, Entry: job.Entry{
			Row: o.Line, Verdict: string(o.Verdict), Code: o.Code, Detail: o.Detail, Address: shown(o.Address),
			Account: o.Account, Contact: o.Contact, Invitation: o.Invitation,
		}}
		if o.Mail {
			results[n].Mails = 1
		}
	}
	return results, nil
}

// shown is an address as a report keeps it: as long as one may be (RFC 5321).
func shown(address string) string {
	return string(bytes.ToValidUTF8([]byte(address)[:min(len(address), 254)], nil))
}

// read looks who asked for the job, and for which firm.
func (t *taking) read(ctx context.Context, j job.Job) (err error) {
	if t.who.ID != "" {
		return nil
	}
	if t.firm, err = t.app.Store.Workspace(ctx, j.Workspace); err == nil {
		t.who, err = t.app.Store.Identity(ctx, j.Workspace, j.Creator)
	}
	return err
}

// mails returns the firm's day and how many rows it takes: a job queues no more
// mails than the day has room for, so that nobody's invitation runs while its
// mail waits. What others queue meanwhile is capped where mail is claimed.
func (t *taking) mails(ctx context.Context, j job.Job, now time.Time) (day string, left int, err error) {
	queue := invitation.NewQueue(t.firm, now)
	b, capped := queue.Bound()
	if t.spec.Access != intake.Invite || !capped {
		return "", job.MaxWrites, nil
	}
	counted, err := t.app.Store.Counted(ctx, b.Counter)
	if err != nil {
		return "", 0, err
	}
	day = b.Counter.Window
	if j.Day == day {
		counted = max(counted, j.Mails)
	}
	if counted >= b.Counter.Most {
		return day, 0, &job.Pause{Until: b.Opens, Reason: job.ReasonMailCap}
	}
	return day, b.Counter.Most - counted, nil
}

// outcomes are the clerk's; of a list that cannot be done any more, refusals.
func (t *taking) outcomes(ctx context.Context, j job.Job, rows []intake.Row, now time.Time) ([]intake.Outcome, error) {
	c := intake.Clerk{Store: t.app.Store, Spec: t.spec, Job: j.ID, Begun: j.CreatedAt,
		Desk: invitation.Desk{Actor: t.spec.Actor(t.who), Self: t.who, Now: now, Override: t.spec.Override}}
	if !t.who.Active() || !c.May() {
		return intake.Refuse(rows, fault.NotAllowed()), nil
	}
	all, err := c.Decide(ctx, rows)
	f := fault.As(err)
	switch {
	case err == nil:
		return all, nil
	case errors.Is(err, invitation.ErrPaused):
		return nil, &job.Pause{Until: now.Add(pausedFor), Reason: job.ReasonMailPaused}
	case f != nil && f.Kind != fault.Unavailable:
		return intake.Refuse(rows, f), nil
	}
	return nil, err
}

// find turns accounts into rows, and into steps for those with more people.
func (t *taking) find(ctx context.Context, j job.Job, lines []job.Line) ([]job.Result, error) {
	var results []job.Result
	found := 0
	for _, l := range lines {
		if !l.Step || found > job.MaxFound/2 {
			break
		}
		var step intake.Step
		if err := json.Unmarshal([]byte(l.Text), &step); err != nil {
			return nil, err
		}
		all, more, err := t.app.Store.AccountContacts(ctx, j.Workspace, step.Account, step.After, job.MaxFound/2)
		if err != nil {
			return nil, err
		}
		r := job.Result{Found: step.Lines(all, more)}
		found += len(r.Found)
		results = append(results, r)
	}
	return results, nil
}
