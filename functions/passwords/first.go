package passwords

import (
	"context"
	"crypto/rand"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/password"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// First lets somebody in who was mailed a temporary password, with one of their
// own (rows D2, R2). It accepts the invitation.
var First = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "passwords/first", Summary: "Choose a password in place of the temporary one that was mailed, and enter.",
		Uses: contract.Uses{Hashing: true, Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Identity, schema.Mailbox, schema.Invitation, schema.Portal, schema.Account}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{
				schema.Identity, schema.Mailbox, schema.Invitation, schema.Account, schema.Message}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Session}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Update, contract.Delete}, Kinds: []schema.Kind{schema.Counter}},
			noted,
		}},
		MemoryMiB: contract.HashMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/passwords/first", Status: http.StatusCreated,
	Auth: contract.Link, Because: "nobody is signed in before this; the temporary password is in the body.", NoIdempotency: true,
	Faults: append([]fault.Code{"sign_in_failed", "password_unchanged", "address_own_domain", "invitation_accepted", "invitation_declined", "invitation_cancelled",
		"invitation_expired", "sign_in_first", "deactivated", "name_malformed", "name_has_link", "address_malformed", "address_unsupported"}, weak...),
}, first)

// FirstPassword is whose it is, and where.
type FirstPassword struct {
	Workspace id.Workspace `path:"workspace"`
	Body      TemporaryAndOwn
}

// TemporaryAndOwn are the password that was mailed and the one to be.
type TemporaryAndOwn struct {
	Address   string         `json:"address" maxLength:"1024" code:"address_malformed" example:"lucia@client.example" doc:"The user name."`
	Temporary password.Plain `json:"temporary" maxLength:"1024" code:"password_too_long" example:"1234 5678 1234 5678" doc:"As it was mailed; spaces and hyphens do not matter."`
	Password  password.Plain `json:"password" maxLength:"1024" code:"password_too_long" example:"correct horse battery staple 7" doc:"One's own from now on."`
	Name      string         `json:"name,omitempty" maxLength:"80" code:"name_malformed" doc:"Left out: as the firm knows them."`
	Cookie    bool           `json:"cookie,omitempty" doc:"For browsers: the token comes as a cookie."`
}

// Entered is what choosing comes to.
type Entered struct {
	Session id.Session `json:"session,omitempty" doc:"Left out while nothing may be entered yet: dates, or a switch."`
	Token   string     `json:"token,omitempty" doc:"Left out when a cookie was asked for."`
	Home    string     `json:"home" enum:"portal"`
	Portal  string     `json:"portal" doc:"The name of the portal to go to."`
}

func first(ctx context.Context, a *app.App, call web.Call, in *FirstPassword) (web.Reply[Entered], error) {
	address, err := directory.Address("address", in.Body.Address)
	if err != nil {
		return web.Reply[Entered]{}, err
	}
	guest := invitation.Guest{Store: a.Store, Cost: a.Cost, Random: rand.Reader}
	w, err := guest.Redeem(ctx, invitation.Credentials{
		Address: address, Temporary: in.Body.Temporary, Entry: invitation.Entry{Password: in.Body.Password, Name: in.Body.Name},
	}, invitation.Visitor{Actor: call.Actor, Device: call.Agent, Network: call.Network, Now: call.Now})
	if err != nil {
		return web.Reply[Entered]{}, err
	}
	out := web.Reply[Entered]{Change: w.Change, Body: Entered{Session: w.Session.ID, Home: string(w.Home), Portal: w.PortalName}}
	out.Hand(w.Token, in.Body.Cookie, &out.Body.Token)
	return out, nil
}
