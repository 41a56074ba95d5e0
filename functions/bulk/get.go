package bulk

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows how far a job is.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/get", Summary: "See how far a job is.",
		Uses: contract.Uses{Tables: []contract.Access{{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Job}}}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/jobs/{job}",
	Auth: contract.Session, Needs: access.JobRead,
}, get)

func get(ctx context.Context, a *app.App, call web.Call, in *One) (web.Reply[Job], error) {
	j, err := a.Store.Job(ctx, call.Actor.Workspace, in.Job)
	return web.Reply[Job]{Body: shown(j)}, err
}
