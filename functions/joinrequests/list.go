package joinrequests

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the requests in one state, newest first.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinrequests/list", Summary: "List who asked to join and waits, or what was decided.",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.JoinRequest}}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/joinrequests",
	Auth: contract.Session, Needs: access.JoinLinkRead,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired},
}, list)

type listing struct {
	Workspace id.Workspace          `path:"workspace"`
	State     joinlink.RequestState `query:"state" enum:"waiting,approved,refused" default:"waiting"`
	Cursor    page.Cursor           `query:"cursor" doc:"Of the page before; it can be followed for a day."`
}

// JoinRequestPage is a page of requests.
type JoinRequestPage struct {
	Items []JoinRequest `json:"items"`
	Next  page.Cursor   `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *listing) (web.Reply[JoinRequestPage], error) {
	all, next, err := a.Store.JoinRequests(ctx, call.Actor.Workspace, in.State, page.Ask{Cursor: in.Cursor, Now: call.Now})
	return web.Reply[JoinRequestPage]{Body: JoinRequestPage{Items: page.Each(all, shown), Next: next}}, err
}
