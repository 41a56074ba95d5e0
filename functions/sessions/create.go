package sessions

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/password"
	"portero/shared/domain/session"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Create signs somebody in (rows B3, D3).
var Create = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "sessions/create", Summary: "Sign in with an address and a password, and a code where there is a second factor.",
		Uses: contract.Uses{Hashing: true, Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Session}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Update, contract.Delete}, Kinds: []schema.Kind{schema.Counter}},
			noted, seen,
		}, doors...)},
		MemoryMiB: contract.HashMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/sessions", Status: http.StatusCreated,
	// Link, not Public: who is signed in here as the same person is on a known
	// device, which strangers' failures do not lock out.
	Auth: contract.Link, Because: "nobody is signed in before this; the password is in the body.", NoIdempotency: true,
	Faults: []fault.Code{"sign_in_failed", "password_temporary", "second_factor_needed", "second_factor_wrong", "recovery_code_needed", "deactivated", "access_waiting", "access_not_yet", "access_ended", "access_off",
		"address_malformed", "address_unsupported"},
}, create)

// SignIn is who wants to sign in, and where.
type SignIn struct {
	Workspace id.Workspace `path:"workspace"`
	Body      Credentials
}

// Credentials are what somebody types to sign in.
type Credentials struct {
	Address  string         `json:"address" maxLength:"1024" code:"address_malformed" example:"admin@firm.example" doc:"The mail address."`
	Password password.Plain `json:"password" maxLength:"1024" code:"password_too_long" example:"the doorman knows my face"`
	Code     string         `json:"code,omitempty" maxLength:"40" code:"second_factor_wrong" doc:"Of the authenticator app, or a recovery code: for whoever has a second factor. Without it their right password is answered second_factor_needed."`
	Portal   string         `json:"portal,omitempty" maxLength:"40" code:"portal_name_malformed" doc:"The name of the portal to enter; without it staff enter the console and members their first portal."`
	Cookie   bool           `json:"cookie,omitempty" doc:"For browsers: the token comes as a cookie that scripts cannot read."`
}

// SignedIn is a session that was just started.
type SignedIn struct {
	Session id.Session `json:"session"`
	Token   string     `json:"token,omitempty" doc:"For Authorization: Bearer. Left out when a cookie was asked for."`
	Home    string     `json:"home" enum:"console,portal" doc:"Where to go."`
	Portal  string     `json:"portal,omitempty" doc:"The name of the portal to go to."`
	// Owes is what must be done before anything else; empty: nothing.
	Owes access.Debt `json:"owes,omitempty" enum:"password,second_factor" doc:"What must be done before anything else: see sessions/get."`
}

func create(ctx context.Context, a *app.App, call web.Call, in *SignIn) (web.Reply[SignedIn], error) {
	address, err := directory.Address("address", in.Body.Address)
	if err != nil {
		return web.Reply[SignedIn]{}, err
	}
	entry, set, err := desk(a, call).SignIn(ctx, session.Attempt{
		Address: address, Password: in.Body.Password, Code: in.Body.Code, Portal: in.Body.Portal, Network: call.Network, Facts: facts(call),
	})
	if err != nil {
		return web.Reply[SignedIn]{}, err
	}
	out := web.Reply[SignedIn]{Change: set, Body: SignedIn{Session: entry.Session.ID, Home: "console", Owes: entry.Session.Owes}}
	if entry.Portal.ID != "" {
		out.Body.Home, out.Body.Portal = "portal", entry.Portal.Name
	}
	out.Hand(entry.Token, in.Body.Cookie, &out.Body.Token)
	return out, nil
}
