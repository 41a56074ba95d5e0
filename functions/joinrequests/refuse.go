package joinrequests

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Refuse ends a request without letting anybody in.
var Refuse = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinrequests/refuse", Summary: "Refuse somebody who asked to join.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.JoinRequest}},
			records,
		}},
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/joinrequests/{joinrequest}/refuse",
	Auth: contract.Session, Needs: access.JoinLinkManage,
	Faults: decided,
}, refuse)

// Refusing takes no more than an empty object.
type Refusing struct{}

type refusing struct {
	Workspace   id.Workspace   `path:"workspace"`
	JoinRequest id.JoinRequest `path:"joinrequest"`
	Body        *Refusing      `required:"false"`
}

func refuse(ctx context.Context, a *app.App, call web.Call, in *refusing) (web.Reply[JoinRequest], error) {
	r, set, err := desk(a, call).Refuse(ctx, in.JoinRequest)
	return web.Reply[JoinRequest]{Body: shown(r), Change: set}, err
}
