package pending

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows who has not come yet (row T10).
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "pending/list", Summary: "List who was granted access and has not come yet, by when they were last sent to; all, or by role or inviter (row B12).",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Pending}, Index: schema.List},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Account, schema.Contact, schema.Identity, schema.Invitation, schema.Mailbox}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/pending",
	Auth: contract.Session, Needs: access.GrantRead,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired, page.CodeTogether},
}, list)

// PendingList asks for a page.
type PendingList struct {
	Workspace id.Workspace `path:"workspace"`
	Sent      string       `query:"sent" enum:"never" doc:"never: only those who were never sent to."`
	Order     string       `query:"order" enum:"newest,oldest" doc:"By when they were last sent to; left out: oldest, and those never sent to first; newest has them last."`
	Role      id.Role      `query:"role" doc:"Only what was granted with this one."`
	Inviter   id.Identity  `query:"inviter" doc:"Only what this one offered last. It cannot be used together with sent: who was never sent to has no inviter."`
	Cursor    page.Cursor  `query:"cursor" doc:"next of the page before."`
}

// PendingPage is a page of who has not come yet: up to 50, and fewer where they
// have many accounts each. With role or inviter one query looks at up to 1,000
// grants: a page may hold nobody and still have a next one.
type PendingPage struct {
	Items []PendingPerson `json:"items"`
	Next  page.Cursor     `json:"next,omitempty" doc:"Absent on the last page."`
}

func list(ctx context.Context, a *app.App, call web.Call, in *PendingList) (web.Reply[PendingPage], error) {
	if err := page.One(page.Filter{Name: "sent", Value: in.Sent}, page.Filter{Name: "inviter", Value: string(in.Inviter)}); err != nil {
		return web.Reply[PendingPage]{}, err
	}
	which := dynamo.Waiting{NeverSent: in.Sent == "never", Role: in.Role, Inviter: in.Inviter}
	ask := page.Ask{Cursor: in.Cursor, Oldest: in.Order != "newest", Now: call.Now}
	all, next, err := a.Store.Pending(ctx, call.Actor.Workspace, which, ask)
	if err != nil {
		return web.Reply[PendingPage]{}, err
	}
	items, err := people(ctx, a.Store, call.Actor.Workspace, all, call.Now)
	return web.Reply[PendingPage]{Body: PendingPage{Items: items, Next: next}}, err
}
