package secondfactors

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

// Reset ends the second factor of a colleague who lost it.
var Reset = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "secondfactors/reset", Summary: "Reset a colleague's second factor; their sessions end, and they are told.",
		Uses: contract.Uses{Tables: []contract.Access{mailed,
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Identity, schema.Mailbox}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/staff/{identity}/second-factor/reset",
	Auth: contract.Session, Needs: access.StaffManage,
	Faults: []fault.Code{"second_factor_own", "second_factor_none"},
}, reset)

// Lost names a colleague who lost their second factor.
type Lost struct {
	Workspace id.Workspace `path:"workspace"`
	Identity  id.Identity  `path:"identity"`
}

func reset(ctx context.Context, a *app.App, call web.Call, in *Lost) (web.Reply[web.None], error) {
	set, err := desk(a, call).Lift(ctx, in.Identity)
	return web.Reply[web.None]{Change: set}, err
}
