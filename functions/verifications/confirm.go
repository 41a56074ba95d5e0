package verifications

import (
	"context"
	"crypto/rand"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/link"
	"portero/shared/domain/seat"
	"portero/shared/domain/session"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Confirm}

// Confirm takes the code that proves an address, and does what it was for: it
// accepts the invitation whose link was copied, joins by a link, or signs a member in.
var Confirm = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "verifications/confirm", Summary: "Type the code that was mailed, and enter.",
		Uses: contract.Uses{Hashing: true, Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Portal, schema.Identity, schema.Invitation, schema.Mailbox, schema.Account, schema.Contact,
				schema.JoinLink, schema.Role}}, app.SeatsTaken,
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.JoinRequest}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{
				schema.Workspace, schema.Identity, schema.Invitation, schema.Mailbox, schema.Account, schema.Contact, schema.Message,
				schema.JoinRequest}},
			{Table: schema.Core, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.JoinLink}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Session, schema.Verification}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter}},
		}},
	},
	Method: "POST", Path: "/v1/verifications/confirm",
	Auth: contract.Link, Because: "the binding, which is in the body, is a secret that only the browser which asked for the code holds.",
	// Guesses are bounded by the code itself; this bounds their price (chosen;
	// no evidence).
	Limit: contract.Limit{Requests: 600, Per: time.Minute, ByNetwork: true}, Secret: true,
	Faults: []fault.Code{
		workspace.ErrOwn.Code, verification.ErrWrong.Code, verification.ErrOver.Code, link.ErrUnknown.Code, invitation.ErrAccepted.Code, invitation.ErrDeclined.Code,
		invitation.ErrCancelled.Code, invitation.ErrExpired.Code, invitation.ErrSignInFirst.Code, session.ErrSignIn.Code, session.ErrSecondFactor.Code, session.ErrDeactivated.Code,
		session.ErrNoCodes.Code, session.ErrWaiting.Code, session.ErrNotYet.Code, session.ErrEnded.Code, session.ErrOff.Code,
		joinlink.ErrNotYet.Code, joinlink.ErrOver.Code, joinlink.ErrFull.Code, joinlink.ErrOff.Code, joinlink.ErrRefused.Code, joinlink.ErrCrowded.Code, seat.ErrNoneForYou.Code,
	},
}, confirm, confirmAgain)

// Confirmation is the code, with what the browser kept.
type Confirmation struct {
	Workspace    id.Workspace    `json:"workspace" example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z"`
	Verification id.Verification `json:"verification" example:"ver_01jd0h5m3w8q4v9x2c6k7n1t5z"`
	Binding      string          `json:"binding" doc:"What the answer that announced the code held." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.ver_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
	Code         string          `json:"code" maxLength:"20" code:"code_wrong" doc:"Eight digits; spaces and hyphens do not matter." example:"12345678"`
	Cookie       bool            `json:"cookie,omitempty" doc:"For browsers: a cookie in place of a token."`

	// passed is kept between the runs of one request: a code that was right is
	// neither counted nor hashed again when only the commit is repeated.
	passed bool
}

type confirmation struct{ Body Confirmation }

// LinkToken makes the binding the caller.
func (in confirmation) LinkToken() string { return in.Body.Binding }

// Confirmed is what the code comes to: in, or waiting for the firm.
type Confirmed struct {
	State     string          `json:"state" enum:"accepted,waiting"`
	Workspace id.Workspace    `json:"workspace"`
	Home      invitation.Home `json:"home,omitempty" enum:"console,portal"`
	Portal    string          `json:"portal,omitempty" doc:"The portal's name in its URL."`
	Identity  id.Identity     `json:"identity,omitempty"`
	Session   id.Session      `json:"session,omitempty" doc:"Left out while nothing may be entered yet: dates, or a switch."`
	Token     string          `json:"token,omitempty" doc:"For programs: the bearer token."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (c Confirmed) WithoutSecret() Confirmed {
	c.Token = ""
	return c
}

func confirm(ctx context.Context, a *app.App, call web.Call, in *confirmation) (web.Reply[Confirmed], error) {
	proved, err := prove(ctx, a, call, &in.Body)
	if err != nil {
		return web.Reply[Confirmed]{}, err
	}
	if proved.Purpose == verification.Enter {
		return enter(ctx, a, call, in, proved)
	}
	visitor := invitation.Visitor{Actor: call.Actor, Device: call.Agent, Now: call.Now}
	var out joinlink.Arrival
	if proved.Purpose == verification.Accept {
		guest := invitation.Guest{Store: a.Store, Cost: a.Cost, Random: rand.Reader}
		out.Welcome, err = guest.Confirm(ctx, proved, visitor)
	} else {
		guest := joinlink.Guest{Store: a.Store, Cost: a.Cost, Random: rand.Reader}
		out, err = guest.Confirm(ctx, proved, visitor)
	}
	if err != nil {
		return web.Reply[Confirmed]{}, err
	}
	body := Confirmed{State: "accepted", Workspace: out.Workspace, Home: out.Home, Portal: out.PortalName, Identity: out.Identity.ID, Session: out.Session.ID}
	if out.Waiting {
		body.State = "waiting"
	}
	reply := web.Reply[Confirmed]{Body: body, Change: out.Change}
	reply.Hand(out.Token, in.Body.Cookie, &reply.Body.Token)
	return reply, nil
}

// enter signs a member in by the code.
func enter(ctx context.Context, a *app.App, call web.Call, in *confirmation, proved verification.Verification) (web.Reply[Confirmed], error) {
	desk := session.Desk{Store: a.Store, Actor: call.Actor, Cost: a.Cost, Now: call.Now}
	desk.Actor.Workspace = proved.Workspace
	entry, set, err := desk.EnterByCode(ctx, proved.Key, proved.Portal, session.Facts{Device: call.Agent, From: call.Actor.From})
	if err != nil {
		return web.Reply[Confirmed]{}, err
	}
	set.Replace(proved.Use(call.Now))
	reply := web.Reply[Confirmed]{Change: set, Body: Confirmed{State: "accepted", Workspace: proved.Workspace, Home: invitation.HomePortal,
		Portal: entry.Portal.Name, Identity: entry.Session.Identity, Session: entry.Session.ID}}
	reply.Hand(entry.Token, in.Body.Cookie, &reply.Body.Token)
	return reply, nil
}

// prove counts the try first and compares the code then, so that guesses sent
// at once are bounded like those sent one by one.
func prove(ctx context.Context, a *app.App, call web.Call, in *Confirmation) (verification.Verification, error) {
	token, err := link.Parse(in.Binding)
	if err != nil || token.Workspace != in.Workspace || token.Thing != string(in.Verification) {
		return verification.Verification{}, verification.ErrOver
	}
	v, err := verification.Desk{Store: a.Store}.Open(ctx, token)
	if err != nil {
		return v, err
	}
	if in.passed {
		return v, v.Unused()
	}
	v, err = v.Try(call.Now)
	if err != nil {
		return v, err
	}
	var counted change.Set
	counted.Replace(v)
	if err := a.Store.Commit(ctx, counted); err != nil {
		return v, err
	}
	v.Version++
	err = v.Matches(in.Code, a.Cost)
	in.passed = err == nil
	return v, err
}

// confirmAgain answers a repeat, which shows by its binding and its code that it
// comes from the same browser: the same session, with a new secret.
func confirmAgain(ctx context.Context, a *app.App, call web.Call, in *confirmation, prior Confirmed) (web.Reply[Confirmed], error) {
	reply := web.Reply[Confirmed]{Body: prior}
	if prior.Session == "" {
		return reply, nil
	}
	guest := invitation.Guest{Store: a.Store, Cost: a.Cost}
	visitor := invitation.Visitor{Actor: call.Actor, Device: call.Agent, Now: call.Now}
	token, set, err := guest.Return(ctx, prior.Identity, prior.Session, "", true, visitor)
	reply.Change = set
	reply.Hand(token, in.Body.Cookie, &reply.Body.Token)
	return reply, err
}
