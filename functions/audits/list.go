package audits

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/web"
)

// List shows the trail of the workspace, of one thing, of whoever did it, or of
// an account, and of a time.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "audits/list", Summary: "List the audit trail, newest first: all of it, or by thing, by who did it, by account, and by time.",
		Uses: contract.Uses{Tables: trail},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/audit",
	Auth: contract.Session, Needs: access.AuditRead, Faults: wrongFilter,
}, list)

// AuditList asks for a page of the trail.
type AuditList struct {
	Workspace id.Workspace `path:"workspace"`
	Subject   string       `query:"subject" doc:"An identifier: only what was done to this thing."`
	Actor     string       `query:"actor" doc:"An identity or an API key: only what they did."`
	Account   id.Account   `query:"account" doc:"Only what happened at this account, to its contacts, grants and invitations. At most one of subject, actor and account at a time."`
	From      string       `query:"from" doc:"RFC 3339: only from then on."`
	Until     string       `query:"until" doc:"RFC 3339: only before then."`
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
	Actor   string            `json:"actor" doc:"An identity, an API key, or anonymous, link, clock, service or ops."`
	From    string            `json:"from,omitempty" doc:"The network address."`
	Action  string            `json:"action"`
	Subject string            `json:"subject" doc:"The identifier of the thing."`
	Account id.Account        `json:"account,omitempty" doc:"The account where it happened; of several, one, or the one that was asked for."`
	Before  map[string]string `json:"before,omitempty"`
	After   map[string]string `json:"after,omitempty"`
}

func item(e audit.Entry) AuditItem {
	return AuditItem{ID: e.ID, At: e.At, Actor: e.Actor, From: e.From, Action: e.Action, Subject: e.Subject, Account: e.Account,
		Before: e.Before, After: e.After}
}

func list(ctx context.Context, a *app.App, call web.Call, in *AuditList) (web.Reply[AuditPage], error) {
	w, err := which(in.Subject, in.Actor, in.Account, in.From, in.Until)
	if err != nil {
		return web.Reply[AuditPage]{}, err
	}
	all, next, err := a.Store.Audit(ctx, call.Actor.Workspace, w, page.Ask{Cursor: in.Cursor, Now: call.Now})
	return web.Reply[AuditPage]{Body: AuditPage{Items: page.Each(all, item), Next: next}}, err
}
