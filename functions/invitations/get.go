package invitations

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows one invitation with its history.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/get", Summary: "Get an invitation with what happened to it.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query}, Kinds: []schema.Kind{schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account, schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Message}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.AuditEntry}, Index: schema.Subject}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/invitations/{invitation}",
	Auth: contract.Session, Needs: access.InvitationRead,
}, get)

// InvitationDetail is an invitation with everything about it.
type InvitationDetail struct {
	Invitation
	Note       string         `json:"note,omitempty"`
	Source     string         `json:"source,omitempty"`
	Zone       string         `json:"zone" doc:"In which validity and reminders are read."`
	Validity   string         `json:"validity"`
	Reminders  ReminderPlan   `json:"reminders"`
	Reminded   int            `json:"reminded" doc:"The last reminder that was used, counted from 1."`
	Next       *Upcoming      `json:"next,omitempty" doc:"What the clock does next."`
	Duplicates int            `json:"duplicates,omitempty" doc:"How often the latest mail may have gone out once more: something broke off between the mail service's answer and its record."`
	CreatedAt  time.Time      `json:"created_at"`
	History    []HistoryEntry `json:"history" doc:"Oldest first, the last 50."`
}

// Upcoming is what the clock does next.
type Upcoming struct {
	Job string    `json:"job" enum:"remind,expire"`
	At  time.Time `json:"at"`
}

// HistoryEntry is one thing that happened: the audit trail's entry, with the
// names, addresses and texts that only the invitation itself keeps.
type HistoryEntry struct {
	At     time.Time         `json:"at"`
	Actor  string            `json:"actor" doc:"An identity, or link, clock, service, ops."`
	Action string            `json:"action"`
	Before map[string]string `json:"before,omitempty"`
	After  map[string]string `json:"after,omitempty"`
}

func get(ctx context.Context, a *app.App, call web.Call, in *One) (web.Reply[InvitationDetail], error) {
	ws := call.Actor.Workspace
	i, err := a.Store.Invitation(ctx, ws, in.Invitation)
	if err != nil {
		return web.Reply[InvitationDetail]{}, err
	}
	trail, _, err := a.Store.Audit(ctx, ws, audit.Which{Subject: string(i.ID)}, page.Ask{Now: call.Now})
	if err != nil {
		return web.Reply[InvitationDetail]{}, err
	}
	texts, err := a.Store.History(ctx, ws, i.ID)
	if err != nil {
		return web.Reply[InvitationDetail]{}, err
	}
	one := []Invitation{item(i, call.Now)}
	if err := name(ctx, a, call, []invitation.Invitation{i}, one); err != nil {
		return web.Reply[InvitationDetail]{}, err
	}
	out := detail(one[0], i, trail, texts, call.Now)
	// A mail that is gone says nothing of itself.
	letter, err := a.Store.Message(ctx, ws, i.Message)
	if err != nil && !errors.Is(err, fault.NotYours()) {
		return web.Reply[InvitationDetail]{}, err
	}
	out.Duplicates = letter.Duplicates
	return web.Reply[InvitationDetail]{Body: out}, nil
}

func detail(shown Invitation, i invitation.Invitation, trail []audit.Entry, texts []invitation.History, now time.Time) InvitationDetail {
	out := InvitationDetail{
		Invitation: shown, Note: i.Note, Source: i.Source, Zone: i.Zone, Validity: i.Validity.String(),
		Reminders: ReminderPlan{Days: append([]int{}, i.Reminders.Days...), At: i.Reminders.At.String()}, Reminded: i.Reminded,
		CreatedAt: i.CreatedAt, History: history(trail, texts),
	}
	if out.Validity == "" {
		out.Validity = defaultValidity
	}
	if i.Open(now) && i.Next.Job != "" {
		out.Next = &Upcoming{Job: i.Next.Job, At: i.Next.At}
	}
	return out
}

// defaultValidity is what a validity that was never set means (design.md §5).
const defaultValidity = "P14D"

// history lays names, addresses and texts beside the entries they belong to.
func history(trail []audit.Entry, texts []invitation.History) []HistoryEntry {
	personal := map[id.Audit]invitation.History{}
	for _, h := range texts {
		personal[h.Entry] = h
	}
	out := make([]HistoryEntry, len(trail))
	for n, e := range trail {
		h := personal[e.ID]
		out[n] = HistoryEntry{At: e.At, Actor: e.Actor, Action: e.Action, Before: both(e.Before, h.Before), After: both(e.After, h.After)}
	}
	slices.SortStableFunc(out, func(a, b HistoryEntry) int { return a.At.Compare(b.At) })
	return out
}

func both(plain, personal map[string]string) map[string]string {
	all := maps.Clone(plain)
	if all == nil {
		return personal
	}
	maps.Copy(all, personal)
	return all
}
