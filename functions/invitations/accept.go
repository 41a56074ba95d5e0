package invitations

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/domain/password"
	"portero/shared/domain/session"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Accept answers an invitation with yes. Only something that the person supplies
// does it: a password they choose, or being signed in with the invited address.
var Accept = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/accept", Summary: "Accept an invitation with a password, or signed in with its address.",
		Uses: contract.Uses{Hashing: true, Tables: append([]contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Identity, schema.Account, schema.Workspace}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Session, schema.Verification}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Delete}, Kinds: []schema.Kind{schema.Counter}},
		}, answers...)},
	},
	Method: "POST", Path: "/v1/invitations/accept",
	Auth: contract.Link, Because: becauseOfLink, Limit: often, Secret: true,
	Faults: append(codesOf(workspace.ErrOwn, link.ErrUnknown, invitation.ErrAccepted, invitation.ErrDeclined, invitation.ErrCancelled, invitation.ErrExpired,
		invitation.ErrSignInFirst, invitation.ErrNoPassword, invitation.ErrSignedInAsOther, session.ErrSignIn, session.ErrSecondFactor, session.ErrDeactivated, verification.ErrOver),
		"password_malformed", "password_too_short", "password_too_long", "password_common", "password_context", "password_repetitive",
		"name_malformed", "name_has_link", "language_unknown", "time_format_unknown", "zone_unknown", "country_unknown"),
}, accept, acceptAgain)

// Acceptance is what a person supplies who accepts.
type Acceptance struct {
	Token    string         `json:"token" doc:"What stands behind the # of the link." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.msg_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
	Password password.Plain `json:"password,omitempty" doc:"What they choose; left out by whoever is signed in." example:"correct horse battery staple 7"`
	SignIn   bool           `json:"sign_in,omitempty" doc:"The password is the one the address has already; for whoever has one and is not signed in."`
	Name     string         `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Lucía Ortega"`
	Profile  *Choices       `json:"profile,omitempty"`
	Cookie   bool           `json:"cookie,omitempty" doc:"For browsers: a cookie in place of a token."`
}

type acceptance struct{ Body Acceptance }

// LinkToken makes the link the caller.
func (in acceptance) LinkToken() string { return in.Body.Token }

// Accepted is what accepting comes to: in, or a code to type.
type Accepted struct {
	State     string          `json:"state" enum:"accepted,code_sent"`
	Workspace id.Workspace    `json:"workspace"`
	Home      invitation.Home `json:"home,omitempty" enum:"console,portal"`
	Portal    string          `json:"portal,omitempty" doc:"The portal's name in its URL."`
	Identity  id.Identity     `json:"identity,omitempty"`
	Session   id.Session      `json:"session,omitempty" doc:"Left out while nothing may be entered yet: dates, or a switch."`
	Token     string          `json:"token,omitempty" doc:"For programs: the bearer token."`

	Verification id.Verification `json:"verification,omitempty"`
	Binding      string          `json:"binding,omitempty" doc:"What this browser sends along with the code."`
	ExpiresAt    *time.Time      `json:"expires_at,omitempty" doc:"When the code is over."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (a Accepted) WithoutSecret() Accepted {
	a.Token, a.Binding = "", ""
	return a
}

func accept(ctx context.Context, a *app.App, call web.Call, in *acceptance) (web.Reply[Accepted], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[Accepted]{}, err
	}
	entry := invitation.Entry{Password: in.Body.Password, SignIn: in.Body.SignIn, Name: in.Body.Name, Profile: in.Body.Profile.profile()}
	w, err := guest(a).Accept(ctx, token, entry, visitor(call))
	if err != nil {
		return web.Reply[Accepted]{}, err
	}
	if w.Coded() {
		body := Accepted{State: stateCodeSent, Workspace: w.Workspace, ExpiresAt: &w.Expires, Binding: w.Binding.Reveal()}
		body.Verification, err = w.Binding.Verification()
		return web.Reply[Accepted]{Body: body, Status: http.StatusAccepted, Change: w.Change}, err
	}
	body := Accepted{State: stateAccepted, Workspace: w.Workspace, Home: w.Home, Portal: w.PortalName, Identity: w.Identity.ID, Session: w.Session.ID}
	reply := web.Reply[Accepted]{Body: body, Change: w.Change}
	reply.Hand(w.Token, in.Body.Cookie, &reply.Body.Token)
	return reply, nil
}

// acceptAgain answers a repeat: the same session or code, with a new secret.
func acceptAgain(ctx context.Context, a *app.App, call web.Call, in *acceptance, prior Accepted) (web.Reply[Accepted], error) {
	reply := web.Reply[Accepted]{Body: prior}
	switch {
	case prior.State == stateCodeSent:
		binding, set, err := codes(a).Return(ctx, prior.Workspace, prior.Verification, call.Now)
		reply.Status, reply.Change, reply.Body.Binding = http.StatusAccepted, set, binding.Reveal()
		return reply, err
	case prior.Session == "":
		return reply, nil
	}
	token, set, err := guest(a).Return(ctx, prior.Identity, prior.Session, in.Body.Password, false, visitor(call))
	reply.Change = set
	reply.Hand(token, in.Body.Cookie, &reply.Body.Token)
	return reply, err
}

// The states of an answer.
const (
	stateAccepted = "accepted"
	stateCodeSent = "code_sent"
)
