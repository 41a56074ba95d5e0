package jobs

import (
	"context"
	"encoding/json"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
)

// handingOver gives what belongs to somebody who left staff to a colleague: join
// links, invitations that are not answered, grants (row B13). Nothing of this is
// found by its owner: an index for that would cost each grant a write for a
// question that is asked when somebody leaves. So it goes through the accounts
// once, one query each.
var handingOver = kind{
	Name: directory.HandOver, Work: handOver,
	Uses: []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Identity}},
		{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account, schema.Invitation}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Account}},
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query, contract.Put}, Kinds: []schema.Kind{schema.JoinLink}},
		{Table: schema.Core, Ops: []contract.Op{contract.Query}, Index: schema.List, Kinds: []schema.Kind{schema.Account, schema.Invitation}},
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	},
}

// accountsAStep is how many accounts one step looks through (chosen: 50 queries
// of a few milliseconds, within oneStep).
const accountsAStep = 50

type handing struct {
	app    *app.App
	estate directory.Estate
	now    func() time.Time
}

func handOver(a *app.App, j job.Job, now func() time.Time) (job.Worker, error) {
	h := &handing{app: a, now: now}
	return h, json.Unmarshal([]byte(j.Spec), &h.estate)
}

// Decide hands things over; of a step, it finds them.
func (h *handing) Decide(ctx context.Context, j job.Job, lines []job.Line) ([]job.Result, error) {
	var all []directory.Bequest
	for _, l := range lines {
		var b directory.Bequest
		if err := json.Unmarshal([]byte(l.Text), &b); err != nil {
			return nil, err
		}
		if b.Stage != "" {
			break
		}
		all = append(all, b)
	}
	if len(all) > 0 {
		d := directory.Desk{Store: h.app.Store, Actor: directory.Executor(j.Workspace, j.Creator), Now: h.now()}
		return d.Bequeath(ctx, h.app.Store, h.estate, all)
	}
	var step directory.Bequest
	if err := json.Unmarshal([]byte(lines[0].Text), &step); err != nil {
		return nil, err
	}
	found, next, err := h.find(ctx, j.Workspace, step)
	if err != nil {
		return nil, err
	}
	r := job.Result{}
	for _, b := range found {
		r.Found = append(r.Found, b.Line())
	}
	if next != "" {
		step.After = next
		r.Found = append(r.Found, step.Line())
	}
	return []job.Result{r}, nil
}

// find looks for things of the leaver, and says where to go on.
func (h *handing) find(ctx context.Context, ws id.Workspace, step directory.Bequest) ([]directory.Bequest, page.Cursor, error) {
	ask := page.Inside(step.After, job.MaxFound/2)
	switch step.Stage {
	case directory.Links:
		all, next, err := h.app.Store.JoinLinks(ctx, ws, dynamo.Shared{Creator: h.estate.From}, ask)
		var found []directory.Bequest
		for _, l := range all {
			found = append(found, directory.Bequest{Link: l.ID})
		}
		return found, next, err
	case directory.Pending, directory.Expired:
		all, next, err := h.app.Store.Invitations(ctx, ws, dynamo.Which{State: invitation.State(step.Stage), Inviter: h.estate.From}, ask)
		var found []directory.Bequest
		for _, i := range all {
			found = append(found, directory.Bequest{Invitation: i.ID})
		}
		return found, next, err
	}
	if step.Stage == directory.OfAccount {
		return h.grants(ctx, ws, step.Account, ask)
	}
	return h.accounts(ctx, ws, ask)
}

// atOnce is how many grants of one account are found at a time: those of one more
// account than there is room for, and a step for each of the others, are within
// job.MaxFound.
const atOnce = 200

// accounts looks through some accounts. Once there is much to hand over, each of
// the others, and what is left of one, is a step of its own.
func (h *handing) accounts(ctx context.Context, ws id.Workspace, ask page.Ask) (found []directory.Bequest, next page.Cursor, err error) {
	ask.Limit = accountsAStep
	all, next, err := h.app.Store.Accounts(ctx, ws, "", ask)
	if err != nil {
		return nil, "", err
	}
	for _, one := range all {
		if len(found) >= atOnce {
			found = append(found, directory.Bequest{Stage: directory.OfAccount, Account: one.ID})
			continue
		}
		some, more, err := h.grants(ctx, ws, one.ID, page.Inside("", 0))
		if err != nil {
			return nil, "", err
		}
		found = append(found, some...)
		if more != "" {
			found = append(found, directory.Bequest{Stage: directory.OfAccount, Account: one.ID, After: more})
		}
	}
	return found, next, nil
}

// grants finds those of one account that are the leaver's.
func (h *handing) grants(ctx context.Context, ws id.Workspace, one id.Account, ask page.Ask) ([]directory.Bequest, page.Cursor, error) {
	ask.Limit = atOnce
	all, next, err := h.app.Store.GrantsOwned(ctx, ws, one, h.estate.From, ask)
	var found []directory.Bequest
	for _, g := range all {
		k := g.Key()
		found = append(found, directory.Bequest{Grant: &k})
	}
	return found, next, err
}
