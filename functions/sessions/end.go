package sessions

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// End signs out: this session or another of the same person.
var End = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "sessions/end", Summary: "End one session of the signed-in person, or the current one.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Delete}, Kinds: []schema.Kind{schema.Session}},
			noted,
		}},
	},
	Method: http.MethodDelete, Path: "/v1/workspaces/{workspace}/sessions/{session}",
	Auth: contract.Session, Needs: access.OwnEntry,
}, end)

// current names the session in use.
const current = "current"

// Ended names a session to end.
type Ended struct {
	Workspace id.Workspace `path:"workspace"`
	Session   string       `path:"session" example:"current" doc:"A session's identifier, or current."`
}

func end(ctx context.Context, a *app.App, call web.Call, in *Ended) (web.Reply[web.None], error) {
	one := id.Session(in.Session)
	if in.Session == current {
		one = call.Session.ID
	} else if one.Check() != nil {
		return web.Reply[web.None]{}, fault.NotYours()
	}
	set, err := desk(a, call).End(ctx, one)
	return web.Reply[web.None]{Change: set, SignOut: one == call.Session.ID}, err
}
