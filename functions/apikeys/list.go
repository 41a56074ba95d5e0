package apikeys

import (
	"context"
	"net/http"
	"slices"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/apikey"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the workspace's keys, newest first.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "apikeys/list", Summary: "List the API keys of the workspace with their last use, newest first.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.APIKey}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Session}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/apikeys",
	Auth: contract.Session, Needs: access.APIKeyManage,
}, list)

type listing struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor"`
}

// KeyPage is a page of keys.
type KeyPage struct {
	Items []APIKey    `json:"items"`
	Next  page.Cursor `json:"next,omitempty"`
	// Grantable is what a form for a new key offers.
	Grantable []access.Permission `json:"grantable" doc:"The scopes that you may give a new key."`
}

func list(ctx context.Context, a *app.App, call web.Call, in *listing) (web.Reply[KeyPage], error) {
	all, next, err := a.Store.APIKeys(ctx, call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Now: call.Now})
	if err != nil {
		return web.Reply[KeyPage]{}, err
	}
	creators, err := a.Store.Identities(ctx, call.Actor.Workspace, creatorsOf(all))
	if err != nil {
		return web.Reply[KeyPage]{}, err
	}
	used, err := a.Store.KeyUses(ctx, call.Actor.Workspace, all)
	out := KeyPage{Items: make([]APIKey, len(all)), Next: next, Grantable: access.Grantable(call.Actor)}
	for n, k := range all {
		out.Items[n] = shown(k.Of(creators[k.Creator]), used[k.ID].SeenAt, call.Now)
	}
	return web.Reply[KeyPage]{Body: out}, err
}

func creatorsOf(all []apikey.Key) []id.Identity {
	who := page.Each(all, func(k apikey.Key) id.Identity { return k.Creator })
	slices.Sort(who)
	return slices.Compact(who)
}
