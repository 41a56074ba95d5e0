package colleagues

import (
	"cmp"
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Create invites a colleague of the member who asks.
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "colleagues/create", Summary: "Invite somebody to one's own account, in one's own role; the mail says who of which account invites.",
		Uses: deed([]contract.Access{known, app.SeatsTaken}, schema.Account, schema.Contact, schema.Mailbox, schema.Invitation, schema.Message),
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/colleagues", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.ColleagueInvite, Limit: seldom,
	Faults: []fault.Code{"address_malformed", "address_unsupported", "name_malformed", "name_has_link", "address_own_domain",
		"already_member", "already_pending", invitation.ErrHostRefused.Code},
}, create)

// CreateColleague invites one.
type CreateColleague struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewColleague
}

// NewColleague is who is invited.
type NewColleague struct {
	Address string `json:"address" maxLength:"1024" code:"address_malformed" example:"luis@client.example"`
	Name    string `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Luis Sol"`
}

// ColleagueInvited is what became of it: the same, whatever is known of the address
// elsewhere.
type ColleagueInvited struct {
	Contact id.Contact `json:"contact"`
	Address string     `json:"address"`
	Name    string     `json:"name,omitempty"`
}

func create(ctx context.Context, a *app.App, call web.Call, in *CreateColleague) (web.Reply[ColleagueInvited], error) {
	who := invitation.Colleague{Address: in.Body.Address, Name: in.Body.Name, Key: keyOf(call)}
	one, set, err := host(a, call).Invite(ctx, who)
	return web.Reply[ColleagueInvited]{Body: ColleagueInvited{Contact: one, Address: in.Body.Address, Name: in.Body.Name}, Change: set}, err
}

// keyOf is what makes a request's identifiers; without one from the caller each
// request has its own.
func keyOf(call web.Call) string { return cmp.Or(call.Key, string(id.New[id.Message](call.Now))) }
