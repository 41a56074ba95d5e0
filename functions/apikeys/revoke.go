package apikeys

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/web"
)

// Revoke ends a key.
var Revoke = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "apikeys/revoke", Summary: "End an API key with its next request.",
		Uses: contract.Uses{Tables: []contract.Access{reads, puts, trail}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/apikeys/{apikey}/revoke",
	Auth: contract.Session, Needs: access.APIKeyManage,
}, revoke)

type named struct {
	Workspace id.Workspace `path:"workspace"`
	APIKey    id.APIKey    `path:"apikey"`
}

func revoke(ctx context.Context, a *app.App, call web.Call, in *named) (web.Reply[APIKey], error) {
	k, set, err := desk(a, call).Revoke(ctx, in.APIKey)
	return web.Reply[APIKey]{Body: shown(k, time.Time{}, call.Now), Change: set}, err
}
