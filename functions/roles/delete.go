package roles

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/seat"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Delete deletes a role: an empty one, or one whose users move to another (rows
// Z15, Z16).
var Delete = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "roles/delete", Summary: "Delete a role: an empty one, or one whose people move to another; they have that one at once, and a job rewrites behind.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Query, contract.Put}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.JoinLink}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Job}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
			app.SeatsTaken,
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/roles/{role}/delete",
	Auth: contract.Session, Needs: access.RoleManage,
	Faults: []fault.Code{directory.ErrRoleDefault.Code, directory.ErrRoleInUse.Code, directory.ErrRoleMoving.Code, directory.ErrMoveTo.Code, seat.ErrNone.Code},
}, remove)

// DeleteRole names one, and where its people go.
type DeleteRole struct {
	Workspace id.Workspace `path:"workspace"`
	Role      id.Role      `path:"role"`
	Body      RoleHeirs
}

// RoleHeirs is where the people of a role go.
type RoleHeirs struct {
	MoveTo id.Role `json:"move_to,omitempty" doc:"Another role of the same portal, for the same kind of people; left out: the role must be empty."`
}

// RoleDeleted is what became of a role.
type RoleDeleted struct {
	ID      id.Role `json:"id"`
	MovedTo id.Role `json:"moved_to,omitempty" doc:"The role that its people have now."`
	Job     id.Job  `json:"job,omitempty" doc:"The job that rewrites behind; nobody waits for it."`
}

func remove(ctx context.Context, a *app.App, call web.Call, in *DeleteRole) (web.Reply[RoleDeleted], error) {
	end, set, err := desk(a, call).DeleteRole(ctx, in.Role, in.Body.MoveTo)
	return web.Reply[RoleDeleted]{Body: RoleDeleted{ID: in.Role, MovedTo: end.To, Job: end.Job}, Change: set}, err
}
