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
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Change gives somebody of staff another level, or none.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "staff/change", Summary: "Change a colleague's level; their sessions end. Who leaves hands over clients, join links and open invitations.",
		Uses: moving,
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/staff/{identity}",
	Auth: contract.Session, Needs: access.StaffManage,
	Faults: []fault.Code{"level_unknown", "last_admin", "successor_missing", "successor_unknown", "successor_unneeded"},
}, change)

// ChangeStaff names a colleague and their level to be.
type ChangeStaff struct {
	Workspace id.Workspace `path:"workspace"`
	Identity  id.Identity  `path:"identity"`
	Body      StaffLevel
}

// StaffLevel is a level.
type StaffLevel struct {
	Level     string      `json:"level" enum:"admin,member,none" code:"level_unknown" example:"member" doc:"none: they leave."`
	Successor id.Identity `json:"successor,omitempty" code:"successor_unknown" doc:"The colleague to whom everything goes that belongs to somebody who leaves; left out: you. A job hands it over (jobs)."`
}

// moving is what another level takes, and leaving.
var moving = contract.Uses{Tables: []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity, schema.Workspace}},
	{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Job}},
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
}}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeStaff) (web.Reply[StaffPerson], error) {
	to := access.Level(in.Body.Level)
	if in.Body.Level == none {
		to = access.None
	}
	who, set, err := desk(a, call).ChangeLevel(ctx, directory.Move{Identity: in.Identity, To: to, Successor: in.Body.Successor})
	if err != nil {
		return web.Reply[StaffPerson]{}, err
	}
	itself := who.ID == call.Actor.Identity && !set.Empty()
	return web.Reply[StaffPerson]{Body: person(who), Change: set, SignOut: itself}, nil
}
