package contacts

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/web"
)

// Create makes a contact.
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "contacts/create", Summary: "Make a contact.",
		Uses: contract.Uses{Tables: append([]contract.Access{app.Seats[0], app.SeatsNamed}, written...)},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/contacts", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.ContactManage,
	Faults: append([]fault.Code{"contact_empty", "too_many_changes", "test_client_without_address"}, refusals...),
}, create)

// CreateContact makes one.
type CreateContact struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewContact
}

// NewContact is a contact to be.
type NewContact struct {
	ContactCard
	Lead bool `json:"lead,omitempty" doc:"Still a lead; contacts/convert makes a contact of it."`
	Test bool `json:"test,omitempty" doc:"A test client (row T6): to try things with before real ones. It is never counted, takes no seat, may have an address of the firm's own that no other contact has, keeps it, and can be removed with all it made. It cannot be switched later."`
}

func create(ctx context.Context, a *app.App, call web.Call, in *CreateContact) (web.Reply[ContactItem], error) {
	card, err := in.Body.card()
	if err != nil {
		return web.Reply[ContactItem]{}, err
	}
	card.Lead, card.Test = in.Body.Lead, in.Body.Test
	c, set, err := desk(a, call).AddContact(ctx, card)
	return web.Reply[ContactItem]{Body: in.Body.answer(c), Change: set}, err
}
