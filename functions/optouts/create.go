package optouts

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Create, Open}

// Create stops mail to one address. It is the one row whose secret stands in a
// query: List-Unsubscribe leaves no other place (RFC 8058 §3.1), and mail
// programs post a form, so the body is not looked at.
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "optouts/create", Summary: "Stop mail to the address that a mail went to.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Message, schema.Mailbox, schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Mailbox, schema.Invitation}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter}},
		}},
	},
	Method: "POST", Path: "/v1/unsubscribe", AnyBody: true,
	Auth: contract.Link, Because: "mail programs post it for their user; the secret stops mail to one address and does nothing else.",
	// Mail providers post for all their users from few networks (chosen; no
	// evidence).
	Limit:  contract.Limit{Requests: 3600, Per: time.Minute, ByNetwork: true},
	Faults: []fault.Code{link.ErrUnknown.Code},
}, create)

type stop struct {
	Token string `query:"u" required:"true" doc:"The token of the mail's List-Unsubscribe." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.msg_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
}

// LinkToken makes the link the caller.
func (in stop) LinkToken() string { return in.Token }

// Stopped is the answer: there is nothing more to say.
type Stopped struct{}

func create(ctx context.Context, a *app.App, call web.Call, in *stop) (web.Reply[Stopped], error) {
	token, err := link.Parse(in.Token)
	if err != nil {
		return web.Reply[Stopped]{}, err
	}
	set, err := invitation.Guest{Store: a.Store}.Unsubscribe(ctx, token, invitation.Visitor{Actor: call.Actor, Device: call.Agent, Now: call.Now})
	return web.Reply[Stopped]{Change: set}, err
}
