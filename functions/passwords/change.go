package passwords

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/password"
	"portero/shared/domain/session"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Change gives the signed-in person another password.
var Change = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "passwords/change", Summary: "Change one's own password; every other session ends.",
		Uses: contract.Uses{Hashing: true, Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Session}},
			entrance, counted, noted,
		}},
		MemoryMiB: contract.HashMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/me/password",
	Auth: contract.Session, Needs: access.OwnEntry, Secret: true,
	Faults: append([]fault.Code{"sign_in_failed"}, weak...),
}, changeOwn, again)

// ChangeOwn is the old password and the new one.
type ChangeOwn struct {
	Workspace id.Workspace `path:"workspace"`
	Body      OldAndNew
}

// OldAndNew are the two passwords.
type OldAndNew struct {
	Old    password.Plain `json:"old" maxLength:"1024" code:"password_too_long" example:"the doorman knows my face"`
	New    password.Plain `json:"new" maxLength:"1024" code:"password_too_long" example:"and the way I walk as well"`
	Cookie bool           `json:"cookie,omitempty" doc:"For browsers: the token comes as a cookie."`
}

// Changed is the session that goes on with the new password.
type Changed struct {
	Session id.Session `json:"session"`
	Token   string     `json:"token,omitempty" doc:"Left out when a cookie was asked for."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (c Changed) WithoutSecret() Changed {
	c.Token = ""
	return c
}

func changeOwn(ctx context.Context, a *app.App, call web.Call, in *ChangeOwn) (web.Reply[Changed], error) {
	facts := session.Facts{Device: call.Agent, From: call.Actor.From}
	entry, set, err := desk(a, call).ChangePassword(ctx, in.Body.Old, in.Body.New, facts)
	return changed(entry, set, in.Body.Cookie), err
}

func again(ctx context.Context, a *app.App, call web.Call, in *ChangeOwn, prior Changed) (web.Reply[Changed], error) {
	entry, set, err := desk(a, call).Again(ctx, prior.Session)
	return changed(entry, set, in.Body.Cookie), err
}

func changed(entry session.Entry, set change.Set, cookie bool) web.Reply[Changed] {
	out := web.Reply[Changed]{Change: set, Body: Changed{Session: entry.Session.ID}}
	out.Hand(entry.Token, cookie, &out.Body.Token)
	return out
}
