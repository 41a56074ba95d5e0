package passwords

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/session"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Forget mails a reset link to whoever has a password here, and says the same
// to everybody (row B3).
var Forget = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "passwords/forget", Summary: "Ask for a link to set a new password.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
			entrance, limited,
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/password-resets", Status: http.StatusAccepted,
	Auth: contract.Public, Because: "who forgot their password cannot sign in.",
	Limit:  contract.Limit{Requests: 60, Per: time.Hour, ByNetwork: true},
	Faults: []fault.Code{"address_malformed", "address_unsupported"},
}, forget)

// Forgotten is whose password is forgotten.
type Forgotten struct {
	Workspace id.Workspace `path:"workspace"`
	Body      ForgottenAddress
}

// ForgottenAddress is an address, known or not.
type ForgottenAddress struct {
	Address string `json:"address" maxLength:"1024" code:"address_malformed" example:"admin@firm.example"`
}

// Nothing is the same answer to everybody.
type Nothing struct{}

func forget(ctx context.Context, a *app.App, call web.Call, in *Forgotten) (web.Reply[Nothing], error) {
	address, err := directory.Address("address", in.Body.Address)
	if err != nil {
		return web.Reply[Nothing]{}, err
	}
	set, err := desk(a, call).Forgot(ctx, address)
	if err == nil {
		err = session.Mailed(a.Store.Commit(ctx, set))
	}
	return web.Reply[Nothing]{}, err
}
