package workspaces

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/look"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Find says whose console this is, and which portals the firm has.
var Find = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "workspaces/find", Summary: "Say which firm a workspace is, and its portals.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/public",
	Auth: contract.Public, Because: "the sign-in page shows it before anybody is signed in.",
}, find)

// FindWorkspace names one.
type FindWorkspace struct {
	Workspace id.Workspace `path:"workspace"`
}

// WorkspaceDoor is what stands over the console's door.
type WorkspaceDoor struct {
	Workspace   id.Workspace      `json:"workspace"`
	Firm        string            `json:"firm"`
	Language    string            `json:"language"`
	MinPassword int               `json:"min_password"`
	CodeSignIn  bool              `json:"code_sign_in" doc:"Whether members may sign in by a mailed code (sessions/code)."`
	Portals     []WorkspacePortal `json:"portals"`
	Look        *look.Face        `json:"look,omitempty" doc:"The firm's look; absent: Portero's own."`
}

// WorkspacePortal is one of the firm's portals.
type WorkspacePortal struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

func find(ctx context.Context, a *app.App, _ web.Call, in *FindWorkspace) (web.Reply[WorkspaceDoor], error) {
	w, err := a.Store.Workspace(ctx, in.Workspace)
	if err != nil {
		return web.Reply[WorkspaceDoor]{}, err
	}
	portals, err := a.Store.Portals(ctx, in.Workspace)
	if err != nil {
		return web.Reply[WorkspaceDoor]{}, err
	}
	out := WorkspaceDoor{Workspace: w.ID, Firm: w.Name, Language: w.Settings.Language, MinPassword: w.Settings.MinPassword, CodeSignIn: w.Settings.CodeSignIn, Portals: []WorkspacePortal{}, Look: w.Look.Face(w.ID)}
	for _, p := range portals {
		out.Portals = append(out.Portals, WorkspacePortal{p.Name, p.Title})
	}
	return web.Reply[WorkspaceDoor]{Body: out}, nil
}
