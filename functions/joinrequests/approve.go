package joinrequests

import (
	"context"
	"slices"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Approve lets somebody in who waits, and tells them.
var Approve = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinrequests/approve", Summary: "Let somebody in who asked to join.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.JoinRequest, schema.JoinLink}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Portal, schema.Role, schema.Identity, schema.Mailbox, schema.Account, schema.Contact, schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{
				schema.JoinRequest, schema.Identity, schema.Mailbox, schema.Account, schema.Contact, schema.Message}},
			records, app.SeatsTaken,
		}},
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/joinrequests/{joinrequest}/approve",
	Auth: contract.Session, Needs: access.JoinLinkManage,
	Faults: slices.Concat(decided, []fault.Code{workspace.ErrOwn.Code, role.ErrUnknown.Code, portal.ErrUnknown.Code, session.ErrDeactivated.Code, joinlink.ErrCrowded.Code, seat.ErrNone.Code}),
}, approve)

// Approval says how to let somebody in.
type Approval struct {
	Role id.Role `json:"role,omitempty" doc:"Left out: the link's."`
}

type approving struct {
	Workspace   id.Workspace   `path:"workspace"`
	JoinRequest id.JoinRequest `path:"joinrequest"`
	Body        *Approval      `required:"false"`
}

func approve(ctx context.Context, a *app.App, call web.Call, in *approving) (web.Reply[JoinRequest], error) {
	var wanted id.Role
	if in.Body != nil {
		wanted = in.Body.Role
	}
	r, set, err := desk(a, call).Approve(ctx, in.JoinRequest, wanted)
	return web.Reply[JoinRequest]{Body: shown(r), Change: set}, err
}
