package joinlinks

import (
	"context"

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

// List shows the workspace's links, newest first.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/list", Summary: "List the workspace's join links, newest first; all or by label, portal, role or creator (row B12).",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.JoinLink}}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/joinlinks",
	Auth: contract.Session, Needs: access.JoinLinkRead,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired, "filter_malformed"},
}, list)

type listing struct {
	Workspace id.Workspace `path:"workspace"`
	Label     string       `query:"label" maxLength:"254" code:"filter_malformed" doc:"What the label begins with; capitals and accents make no difference."`
	Portal    id.Portal    `query:"portal"`
	Role      id.Role      `query:"role"`
	Creator   id.Identity  `query:"creator" doc:"The colleague who made it."`
	Cursor    page.Cursor  `query:"cursor" doc:"Of the page before; it can be followed for a day."`
}

// SharedPage is a page of join links. With a filter one query looks at up to 1,000 of
// them: a page may hold fewer than 50, even none, and still have a next one.
type SharedPage struct {
	Items []Shared    `json:"items"`
	Next  page.Cursor `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *listing) (web.Reply[SharedPage], error) {
	all, next, err := a.Store.JoinLinks(ctx, call.Actor.Workspace, dynamo.Shared{Label: in.Label, Portal: in.Portal, Role: in.Role, Creator: in.Creator}, page.Ask{Cursor: in.Cursor, Now: call.Now})
	out := SharedPage{Items: make([]Shared, len(all)), Next: next}
	for i, l := range all {
		out.Items[i] = shown(l, call.Now)
	}
	return web.Reply[SharedPage]{Body: out}, err
}
