package colleagues

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Cancel takes back what the member offered somebody.
var Cancel = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "colleagues/cancel", Summary: "Take back what one offered somebody who has not accepted; links to it alone are dead at once.",
		Uses: deed(append([]contract.Access{filed}, app.Seats...), schema.Account, schema.Mailbox, schema.Invitation),
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/colleagues/{contact}/cancel",
	Auth: contract.Session, Needs: access.ColleagueInvite,
	Faults: []fault.Code{"invitation_accepted"},
}, cancel)

func cancel(ctx context.Context, a *app.App, call web.Call, in *Colleague) (web.Reply[web.None], error) {
	set, err := host(a, call).Cancel(ctx, in.Contact)
	return web.Reply[web.None]{Change: set}, err
}
