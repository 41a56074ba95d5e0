package members

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

// Promote turns an external user into an internal one (row F8).
var Promote = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "members/promote", Summary: "Make a member staff; their sessions end, and portal access unless it is kept.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity, schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Mailbox}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account}}, trail, app.Seats[0], app.SeatsTaken,
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/members/{identity}/promote",
	Auth: contract.Session, Needs: access.StaffManage,
	Faults: []fault.Code{"level_unknown", "member_is_staff", "member_deactivated", "too_many_grants"},
}, promote)

// Promoting names a member and what they become.
type Promoting struct {
	Workspace id.Workspace `path:"workspace"`
	Identity  id.Identity  `path:"identity"`
	Body      Promotion
}

// Promotion is what a member becomes.
type Promotion struct {
	Level      access.Level `json:"level" enum:"member,admin" code:"level_unknown" example:"member"`
	KeepAccess bool         `json:"keep_access,omitempty" doc:"Leave the grants' sign-in switches as they are; else they go off."`
}

// Promoted is who is staff now.
type Promoted struct {
	ID      id.Identity  `json:"id"`
	Address string       `json:"address"`
	Name    string       `json:"name"`
	Level   access.Level `json:"level"`
}

func promote(ctx context.Context, a *app.App, call web.Call, in *Promoting) (web.Reply[Promoted], error) {
	who, set, err := desk(a, call).Promote(ctx, in.Identity, in.Body.Level, in.Body.KeepAccess)
	return web.Reply[Promoted]{Body: Promoted{ID: who.ID, Address: string(who.Address), Name: who.Name, Level: who.Level}, Change: set}, err
}
