package staff

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/web"
)

// Leave is a member of staff who goes by themselves (row B13).
var Leave = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "staff/leave", Summary: "Leave the staff: your sessions and API keys end, and what belongs to you goes to the colleague you name.",
		Uses: moving,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/staff/leave",
	Auth: contract.Session, Needs: access.OwnLeave,
	Faults: []fault.Code{"last_admin", "successor_missing", "successor_unknown"},
}, leave)

// Leaving is a request to go.
type Leaving struct {
	Workspace id.Workspace `path:"workspace"`
	Body      Goodbye
}

// Goodbye names the colleague who goes on.
type Goodbye struct {
	Successor id.Identity `json:"successor" code:"successor_unknown" example:"idn_01jd0h5m3w8q4v9x2c6k7n1t5z" doc:"The colleague to whom your clients, join links and open invitations go. A job hands them over."`
}

func leave(ctx context.Context, a *app.App, call web.Call, in *Leaving) (web.Reply[StaffPerson], error) {
	who, set, err := desk(a, call).ChangeLevel(ctx, directory.Move{Identity: call.Actor.Identity, To: access.None, Successor: in.Body.Successor})
	return web.Reply[StaffPerson]{Body: person(who), Change: set, SignOut: err == nil}, err
}
