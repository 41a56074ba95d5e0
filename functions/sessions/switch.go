package sessions

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/session"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Switch goes on with another grant of the same person (row T9).
var Switch = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "sessions/switch", Summary: "Go on in another account or portal of the same person.",
		Uses: contract.Uses{Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Session}},
			noted, seen,
		}, doors...)},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/sessions/current/switch",
	Auth: contract.Session, Needs: access.OwnSessions, Secret: true,
	Faults: []fault.Code{"access_not_yet", "access_ended", "access_off"},
}, follow, again)

// SwitchTo names the grant to go on with.
type SwitchTo struct {
	Workspace id.Workspace `path:"workspace"`
	Body      SwitchGrant
}

// SwitchGrant is one of the grants that sessions/get lists.
type SwitchGrant struct {
	Account id.Account `json:"account"`
	Contact id.Contact `json:"contact"`
	Portal  id.Portal  `json:"portal"`
	Cookie  bool       `json:"cookie,omitempty" doc:"For browsers: the token comes as a cookie."`
}

// Switched is the session that was started.
type Switched struct {
	Session id.Session `json:"session"`
	Token   string     `json:"token,omitempty" doc:"Left out when a cookie was asked for."`
	Portal  string     `json:"portal" doc:"The name of the portal to go to."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (s Switched) WithoutSecret() Switched {
	s.Token = ""
	return s
}

func follow(ctx context.Context, a *app.App, call web.Call, in *SwitchTo) (web.Reply[Switched], error) {
	to := grant.Key{Account: in.Body.Account, Contact: in.Body.Contact, Portal: in.Body.Portal}
	entry, set, err := desk(a, call).Switch(ctx, to, facts(call))
	return switched(entry, set, in.Body.Cookie), err
}

func again(ctx context.Context, a *app.App, call web.Call, in *SwitchTo, prior Switched) (web.Reply[Switched], error) {
	entry, set, err := desk(a, call).Again(ctx, prior.Session)
	return switched(entry, set, in.Body.Cookie), err
}

func switched(entry session.Entry, set change.Set, cookie bool) web.Reply[Switched] {
	out := web.Reply[Switched]{Change: set, Body: Switched{Session: entry.Session.ID, Portal: entry.Portal.Name}}
	out.Hand(entry.Token, cookie, &out.Body.Token)
	return out
}
