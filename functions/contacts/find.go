package contacts

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

// Find shows a contact by what another system calls it (row B11).
var Find = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/find", Summary: "Show a contact by its external identifier.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.External, schema.Contact}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/external/contacts/{external_id}",
	Auth: contract.Session, Needs: access.ContactRead,
	Faults: []fault.Code{"external_id_malformed"},
}, find)

// FindContact names one.
type FindContact struct {
	Workspace  id.Workspace `path:"workspace"`
	ExternalID string       `path:"external_id" example:"crm-4711"`
}

func find(ctx context.Context, a *app.App, call web.Call, in *FindContact) (web.Reply[ContactItem], error) {
	one, err := desk(a, call).FindContact(ctx, in.ExternalID)
	return web.Reply[ContactItem]{Body: item(one)}, err
}
