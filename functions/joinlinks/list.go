package joinlinks

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the workspace's links, newest first.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/list", Summary: "List the workspace's join links, newest first.",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.JoinLink}}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/joinlinks",
	Auth: contract.Session, Needs: access.JoinLinkRead,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired},
}, list)

type listing struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor" doc:"Of the page before; it can be followed for a day."`
}

// SharedPage is a page of join links.
type SharedPage struct {
	Items []Shared    `json:"items"`
	Next  page.Cursor `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *listing) (web.Reply[SharedPage], error) {
	all, next, err := a.Store.JoinLinks(ctx, call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Now: call.Now})
	out := SharedPage{Items: make([]Shared, len(all)), Next: next}
	for i, l := range all {
		out.Items[i] = shown(l, call.Now)
	}
	return web.Reply[SharedPage]{Body: out}, err
}
