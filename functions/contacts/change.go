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

// Change changes a contact's card and what hangs on it.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/change", Summary: "Change a contact; another address ends the access of the former one.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Delete}, Kinds: []schema.Kind{schema.External}},
		}, changing...)},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/contacts/{contact}",
	Auth: contract.Session, Needs: access.ContactManage,
	Faults: append([]fault.Code{"contact_invited", "contact_has_access", "too_many_changes", "test_client_fixed"}, refusals...),
}, change)

// ChangeContact names one and what to change.
type ChangeContact struct {
	Workspace id.Workspace `path:"workspace"`
	Contact   id.Contact   `path:"contact"`
	Body      ContactCard
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeContact) (web.Reply[ContactItem], error) {
	card, err := in.Body.card()
	if err != nil {
		return web.Reply[ContactItem]{}, err
	}
	c, outcome, set, err := desk(a, call).ChangeContact(ctx, in.Contact, card)
	return web.Reply[ContactItem]{Body: in.Body.answer(c).with(outcome), Change: set}, err
}
