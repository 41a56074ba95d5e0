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

// Upsert writes the contact whom another system calls so, and makes them if there
// is none (row B11).
var Upsert = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/upsert", Summary: "Change the contact with this external identifier, or make it. The same again answers the same.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.External}},
		}, changing...)},
	},
	Method: http.MethodPut, Path: "/v1/workspaces/{workspace}/external/contacts/{external_id}",
	Auth: contract.Session, Needs: access.ContactManage,
	Faults: append([]fault.Code{"contact_empty", "contact_invited", "contact_has_access", "too_many_changes", "test_client_fixed"}, refusals...),
}, upsert)

// UpsertContact names one and what to write.
type UpsertContact struct {
	Workspace  id.Workspace `path:"workspace"`
	ExternalID string       `path:"external_id" example:"crm-4711"`
	Body       ContactCard
}

func upsert(ctx context.Context, a *app.App, call web.Call, in *UpsertContact) (web.Reply[ContactItem], error) {
	card, err := in.Body.card()
	if err != nil {
		return web.Reply[ContactItem]{}, err
	}
	c, outcome, set, err := desk(a, call).UpsertContact(ctx, in.ExternalID, card)
	return web.Reply[ContactItem]{Body: in.Body.answer(c).with(outcome), Change: set}, err
}
