package sessions

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/verification"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Code mails a member a code to come in by, and says the same to everybody (row
// B3). The code goes to verifications/confirm, from the browser that asked.
var Code = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "sessions/code", Summary: "Ask for a code by mail, to sign in without a password.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Identity, schema.Mailbox}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Verification}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/sessions/codes", Status: http.StatusAccepted,
	Auth: contract.Public, Because: "nobody is signed in before this; the code goes to the address.", NoIdempotency: true,
	Limit:  contract.Limit{Requests: 60, Per: time.Hour, ByNetwork: true},
	Faults: []fault.Code{"code_sign_in_off", "address_malformed", "address_unsupported"},
}, code)

// AskCode is who wants a code, and where.
type AskCode struct {
	Workspace id.Workspace `path:"workspace"`
	Body      CodeAddress
}

// CodeAddress is an address, known or not.
type CodeAddress struct {
	Address string `json:"address" maxLength:"1024" code:"address_malformed" example:"lucia@client.example"`
	Portal  string `json:"portal,omitempty" maxLength:"40" code:"portal_name_malformed" doc:"The name of the portal to enter; without it the first of theirs."`
}

// CodeSent is the same answer to everybody.
type CodeSent struct {
	Workspace    id.Workspace    `json:"workspace"`
	Verification id.Verification `json:"verification"`
	Binding      string          `json:"binding" doc:"What this browser sends along with the code, to verifications/confirm."`
	ExpiresAt    time.Time       `json:"expires_at" doc:"When the code is over."`
}

func code(ctx context.Context, a *app.App, call web.Call, in *AskCode) (web.Reply[CodeSent], error) {
	var none web.Reply[CodeSent]
	address, err := directory.Address("address", in.Body.Address)
	if err != nil {
		return none, err
	}
	knock, err := desk(a, call).Knock(ctx, address, in.Body.Portal)
	if err != nil {
		return none, err
	}
	v, binding, set, err := verification.Desk{Store: a.Store}.Ask(ctx, knock, address, call.Now)
	return web.Reply[CodeSent]{Change: set, Body: CodeSent{
		Workspace: knock.Firm.ID, Verification: v.ID, Binding: binding.Reveal(), ExpiresAt: v.ExpiresAt,
	}}, err
}
