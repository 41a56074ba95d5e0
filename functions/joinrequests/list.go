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
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the requests in one state, newest first.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinrequests/list", Summary: "List who asked to join and waits, or what was decided; all or by role, or by the beginning of address or name (row B12).",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.JoinRequest}},
			{Table: schema.Core, Index: schema.Address, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.JoinRequest}},
			{Table: schema.Core, Index: schema.Called, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.JoinRequest}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.JoinRequest}}}},
	},
	Method: "GET", Path: "/v1/workspaces/{workspace}/joinrequests",
	Auth: contract.Session, Needs: access.JoinLinkRead,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired, page.CodeTogether, "filter_malformed"},
}, list)

type listing struct {
	Workspace id.Workspace          `path:"workspace"`
	State     joinlink.RequestState `query:"state" enum:"waiting,approved,refused" default:"waiting"`
	Address   string                `query:"address" maxLength:"254" code:"filter_malformed" doc:"What the address begins with; then by address."`
	Name      string                `query:"name" maxLength:"254" code:"filter_malformed" doc:"What the name begins with, capitals and accents aside; then by name."`
	Role      id.Role               `query:"role" doc:"Only who would get this one."`
	Cursor    page.Cursor           `query:"cursor" doc:"Of the page before; it can be followed for a day."`
}

// JoinRequestPage is a page of requests. With a filter one query looks at up to 1,000
// of them (200 of those found by address or name): a page may hold fewer than 50,
// even none, and still have a next one.
type JoinRequestPage struct {
	Items []JoinRequest `json:"items"`
	Next  page.Cursor   `json:"next,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *listing) (web.Reply[JoinRequestPage], error) {
	if err := page.One(page.Filter{Name: "address", Value: in.Address}, page.Filter{Name: "name", Value: in.Name}); err != nil {
		return web.Reply[JoinRequestPage]{}, err
	}
	ws, ask := call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Now: call.Now}
	if in.Address != "" || in.Name != "" {
		all, next, err := a.Store.FoundRequests(ctx, ws, dynamo.Find{Address: in.Address, Name: in.Name}, in.State, in.Role, ask)
		return web.Reply[JoinRequestPage]{Body: JoinRequestPage{Items: page.Each(all, shown), Next: next}}, err
	}
	all, next, err := a.Store.JoinRequests(ctx, ws, in.State, in.Role, ask)
	return web.Reply[JoinRequestPage]{Body: JoinRequestPage{Items: page.Each(all, shown), Next: next}}, err
}
