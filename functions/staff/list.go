package staff

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/page"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// List shows the firm's own people.
var List = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "staff/list", Summary: "List the staff of the workspace by address; or find them by the beginning of address or name (row B12).",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Index: schema.List, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{"staff"}},
			{Table: schema.Core, Index: schema.Called, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{"staff"}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Identity}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/staff",
	Auth: contract.Session, Needs: access.StaffRead,
	Faults: []fault.Code{page.CodeTogether, "filter_malformed"},
}, list)

// StaffList asks for a page of staff.
type StaffList struct {
	Workspace id.Workspace `path:"workspace"`
	Address   string       `query:"address" maxLength:"254" code:"filter_malformed" doc:"What the address begins with."`
	Name      string       `query:"name" maxLength:"254" code:"filter_malformed" doc:"What the name begins with; capitals and accents make no difference."`
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
	if err := page.One(page.Filter{Name: "address", Value: in.Address}, page.Filter{Name: "name", Value: in.Name}); err != nil {
		return web.Reply[StaffPage]{}, err
	}
	all, next, err := a.Store.Staff(ctx, call.Actor.Workspace, dynamo.Find{Name: in.Name, Address: in.Address}, page.Ask{Cursor: in.Cursor, Oldest: true, Now: call.Now})
	return web.Reply[StaffPage]{Body: StaffPage{Items: page.Each(all, person), Next: next}}, err
}
