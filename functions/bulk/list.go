package bulk

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the workspace's jobs, newest first.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/list", Summary: "List the jobs of the last 30 days, newest first; how far one is, it says by itself.",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Job}}}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/jobs",
	Auth: contract.Session, Needs: access.JobRead,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired},
}, jobs)

type listing struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor" doc:"Of the page before; it can be followed for a day."`
}

// JobPage is a page of jobs.
type JobPage struct {
	Items []Job       `json:"items"`
	Next  page.Cursor `json:"next,omitempty"`
}

func jobs(ctx context.Context, a *app.App, call web.Call, in *listing) (web.Reply[JobPage], error) {
	all, next, err := a.Store.Jobs(ctx, call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Now: call.Now})
	return web.Reply[JobPage]{Body: JobPage{Items: page.Each(all, shown), Next: next}}, err
}
