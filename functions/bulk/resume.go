package bulk

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/job"
	"portero/shared/web"
)

// Resume lets a job go on that is in trouble, or that was stopped.
var Resume = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "bulk/resume", Summary: "Let a job go on at once that is in trouble, or that was stopped: where it was, in the name of whoever began it. One that was stopped by a restore may invite people again whom it had invited after the backup.",
		Uses: contract.Uses{Tables: storing},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/jobs/{job}/resume",
	Auth: contract.Session, Needs: access.GrantManage,
	Faults: []fault.Code{job.ErrGoesOn.Code},
}, resume)

func resume(ctx context.Context, a *app.App, call web.Call, in *One) (web.Reply[Job], error) {
	var set change.Set
	j, err := a.Store.Job(ctx, call.Actor.Workspace, in.Job)
	if err == nil {
		j, err = j.Resume(call.Now)
	}
	if err != nil {
		return web.Reply[Job]{}, err
	}
	set.Replace(j)
	set.Insert(audit.Of(call.Actor, call.Now, "job.resumed", string(j.ID)))
	return web.Reply[Job]{Body: shown(j), Change: set}, nil
}
