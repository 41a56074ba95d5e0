package audits

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the trail of the workspace, or of one thing.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "audits/list", Summary: "List the audit trail of the workspace or of one thing, newest first.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Audit, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.AuditEntry}},
			{Table: schema.Audit, Index: schema.Subject, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/audit",
	Auth: contract.Session, Needs: access.AuditRead,
	Faults: []fault.Code{"subject_malformed"},
}, list)

// AuditList asks for a page of the trail.
type AuditList struct {
	Workspace id.Workspace `path:"workspace"`
	Subject   string       `query:"subject" doc:"An identifier: only what was done to this thing."`
	Cursor    page.Cursor  `query:"cursor"`
}

// AuditPage is a page of the trail.
type AuditPage struct {
	Items []AuditItem `json:"items"`
	Next  page.Cursor `json:"next,omitempty"`
}

// AuditItem is one entry of the trail.
type AuditItem struct {
	ID      id.Audit          `json:"id"`
	At      time.Time         `json:"at"`
	Actor   string            `json:"actor" doc:"An identity, or anonymous, link, clock, service or ops."`
	From    string            `json:"from,omitempty" doc:"The network address."`
	Action  string            `json:"action"`
	Subject string            `json:"subject" doc:"The identifier of the thing."`
	Before  map[string]string `json:"before,omitempty"`
	After   map[string]string `json:"after,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *AuditList) (web.Reply[AuditPage], error) {
	if in.Subject != "" && id.CheckAny(in.Subject) != nil {
		return web.Reply[AuditPage]{}, fault.On("subject", "subject_malformed", "A subject is an identifier.")
	}
	ask := page.Ask{Cursor: in.Cursor, Now: call.Now}
	var all []audit.Entry
	var next page.Cursor
	var err error
	if in.Subject == "" {
		all, next, err = a.Store.Audit(ctx, call.Actor.Workspace, ask)
	} else {
		all, next, err = a.Store.AuditOf(ctx, call.Actor.Workspace, in.Subject, ask)
	}
	if err != nil {
		return web.Reply[AuditPage]{}, err
	}
	out := AuditPage{Items: []AuditItem{}, Next: next}
	for _, e := range all {
		out.Items = append(out.Items, AuditItem{ID: e.ID, At: e.At, Actor: e.Actor, From: e.From, Action: e.Action,
			Subject: e.Subject, Before: e.Before, After: e.After})
	}
	return web.Reply[AuditPage]{Body: out}, nil
}
