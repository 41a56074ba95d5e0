package passwords

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/link"
	"portero/shared/domain/password"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Reset sets a new password by a mailed link. It signs nobody in.
var Reset = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "passwords/reset", Summary: "Set a new password by the link that was mailed.",
		Uses: contract.Uses{Hashing: true, Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Message}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
			forgotten, noted,
		}},
		MemoryMiB: contract.HashMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/password-resets/redeem",
	Auth: contract.Link, Because: "the mailed link proves the mailbox; who forgot their password cannot sign in.",
	Limit:  contract.Limit{Requests: 60, Per: time.Hour, ByNetwork: true},
	Faults: append([]fault.Code{"link_unknown", "link_over"}, weak...),
}, reset)

// Redeemed is a link and the password to set by it.
type Redeemed struct {
	Body RedeemedLink
}

// RedeemedLink is what stands behind the "#", and the password to set.
type RedeemedLink struct {
	Token    string         `json:"token" example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.msg_01jd0h5m3w8q4v9x2c6k7n1t5z.secret" doc:"What stands behind the # of the mailed link."`
	Password password.Plain `json:"password" maxLength:"1024" code:"password_too_long" example:"and the way I walk as well"`
}

// LinkToken says whose request this is.
func (r *Redeemed) LinkToken() string { return r.Body.Token }

func reset(ctx context.Context, a *app.App, call web.Call, in *Redeemed) (web.Reply[web.None], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[web.None]{}, err
	}
	set, err := desk(a, call).Redeem(ctx, token, in.Body.Password, call.Network)
	return web.Reply[web.None]{Change: set}, err
}
