package bulk

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/job"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Lines shows what became of a job's lines so far.
var Lines = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/lines", Summary: "List what became of a job's lines so far, each with its verdict.",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query}, Kinds: []schema.Kind{schema.Job}}}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/jobs/{job}/lines",
	Auth: contract.Session, Needs: access.JobRead,
	Faults: []fault.Code{fault.CodeCursorInvalid, fault.CodeCursorExpired},
}, lines)

type reading struct {
	One
	Cursor page.Cursor `query:"cursor" doc:"Of the page before; it can be followed for a day."`
}

// LinePage is a page of a job's lines, in their order.
type LinePage struct {
	Items []Line      `json:"items"`
	Next  page.Cursor `json:"next,omitempty"`
}

// Line is what became of one.
type Line struct {
	Line       int           `json:"line" doc:"From 0."`
	Row        int           `json:"row,omitempty" doc:"The line of the file that it stood in, from 1."`
	Verdict    string        `json:"verdict"`
	Code       string        `json:"code,omitempty"`
	Detail     string        `json:"detail,omitempty"`
	Address    string        `json:"address,omitempty"`
	Account    id.Account    `json:"account,omitempty"`
	Contact    id.Contact    `json:"contact,omitempty"`
	Invitation id.Invitation `json:"invitation,omitempty"`
}

func lines(ctx context.Context, a *app.App, call web.Call, in *reading) (web.Reply[LinePage], error) {
	if _, err := a.Store.Job(ctx, call.Actor.Workspace, in.Job); err != nil {
		return web.Reply[LinePage]{}, err
	}
	all, next, err := a.Store.JobEntries(ctx, call.Actor.Workspace, in.Job, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	return web.Reply[LinePage]{Body: LinePage{Items: page.Each(all, line), Next: next}}, err
}

func line(e job.Entry) Line {
	return Line{Line: e.Number, Row: e.Row, Verdict: e.Verdict, Code: string(e.Code), Detail: e.Detail, Address: e.Address,
		Account: e.Account, Contact: e.Contact, Invitation: e.Invitation}
}
