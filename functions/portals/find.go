package portals

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/look"
	"portero/shared/domain/portal"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Find says what stands over a portal's door, to whoever stands before it.
var Find = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "portals/find", Summary: "Say which firm's portal a name is.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.PortalName, schema.Portal, schema.Workspace}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/portals/{name}",
	Auth: contract.Public, Because: "the sign-in page shows it before anybody is signed in.",
}, find)

// FindPortal asks by name.
type FindPortal struct {
	Name string `path:"name" example:"vega-partners"`
}

// PortalDoor is what stands over a portal's door.
type PortalDoor struct {
	Workspace   id.Workspace `json:"workspace"`
	Portal      id.Portal    `json:"portal"`
	Name        string       `json:"name"`
	Title       string       `json:"title"`
	Firm        string       `json:"firm"`
	Language    string       `json:"language"`
	TimeFormat  string       `json:"time_format"`
	Zone        string       `json:"zone"`
	Country     string       `json:"country"`
	MinPassword int          `json:"min_password"`
	CodeSignIn  bool         `json:"code_sign_in" doc:"Whether members may sign in by a mailed code (sessions/code)."`
	Look        *look.Face   `json:"look,omitempty" doc:"The firm's look; absent: Portero's own."`
}

func find(ctx context.Context, a *app.App, _ web.Call, in *FindPortal) (web.Reply[PortalDoor], error) {
	var none web.Reply[PortalDoor]
	if portal.CheckName(in.Name) != nil {
		return none, fault.NotYours()
	}
	n, err := a.Store.PortalName(ctx, in.Name)
	if err != nil {
		return none, err
	}
	p, err := a.Store.Portal(ctx, n.Workspace, n.Portal)
	if err != nil {
		return none, err
	}
	w, err := a.Store.Workspace(ctx, n.Workspace)
	if err != nil {
		return none, err
	}
	s := w.Settings
	return web.Reply[PortalDoor]{Body: PortalDoor{
		Workspace: w.ID, Portal: p.ID, Name: p.Name, Title: p.Title, Firm: w.Name,
		Language: s.Language, TimeFormat: s.TimeFormat, Zone: s.Zone, Country: s.Country, MinPassword: s.MinPassword, CodeSignIn: s.CodeSignIn,
		Look: w.Look.Face(w.ID),
	}}, nil
}
