package sessions

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows somebody where they are signed in.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "sessions/list", Summary: "List the sessions of the signed-in person, newest first.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Session}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/sessions",
	Auth: contract.Session, Needs: access.OwnSessions,
}, list)

// MineByPage asks for a page of what is the person's own.
type MineByPage struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor"`
}

// SessionPage is a page of sessions.
type SessionPage struct {
	Items []SessionItem `json:"items"`
	Next  page.Cursor   `json:"next,omitempty"`
}

// SessionItem is one signed-in browser or program.
type SessionItem struct {
	ID        id.Session `json:"id"`
	Current   bool       `json:"current"`
	CreatedAt time.Time  `json:"created_at"`
	SeenAt    time.Time  `json:"seen_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	Device    string     `json:"device,omitempty"`
	From      string     `json:"from,omitempty"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *MineByPage) (web.Reply[SessionPage], error) {
	all, next, err := a.Store.Sessions(ctx, call.Actor.Workspace, call.Actor.Identity, page.Ask{Cursor: in.Cursor, Now: call.Now})
	if err != nil {
		return web.Reply[SessionPage]{}, err
	}
	out := SessionPage{Items: []SessionItem{}, Next: next}
	for _, s := range all {
		if !s.Live(call.Now) || s.Replaced || s.Generation != call.Identity.Generation {
			continue // ended, and kept until it is rubbish
		}
		out.Items = append(out.Items, SessionItem{ID: s.ID, Current: s.ID == call.Session.ID,
			CreatedAt: s.CreatedAt, SeenAt: s.SeenAt, ExpiresAt: s.ExpiresAt, Device: s.Device, From: s.From})
	}
	return web.Reply[SessionPage]{Body: out}, nil
}
