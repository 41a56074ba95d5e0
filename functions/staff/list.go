package staff

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the firm's own people.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "staff/list", Summary: "List the staff of the workspace by address.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{"staff"}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/staff",
	Auth: contract.Session, Needs: access.StaffRead,
}, list)

// StaffList asks for a page of staff.
type StaffList struct {
	Workspace id.Workspace `path:"workspace"`
	Cursor    page.Cursor  `query:"cursor"`
}

// StaffPage is a page of staff.
type StaffPage struct {
	Items []StaffPerson `json:"items"`
	Next  page.Cursor   `json:"next,omitempty"`
}

// StaffPerson is one of the firm's own people.
type StaffPerson struct {
	ID          id.Identity `json:"id"`
	Address     string      `json:"address"`
	Name        string      `json:"name"`
	Level       string      `json:"level" enum:"admin,member,none"`
	Deactivated bool        `json:"deactivated"`
}

func list(ctx context.Context, a *app.App, call web.Call, in *StaffList) (web.Reply[StaffPage], error) {
	all, next, err := a.Store.Staff(ctx, call.Actor.Workspace, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	return web.Reply[StaffPage]{Body: StaffPage{Items: page.Each(all, person), Next: next}}, err
}
