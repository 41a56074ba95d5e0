package joinlinks

import (
	"context"
	"net/http"
	"slices"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/link"
	"portero/shared/domain/password"
	"portero/shared/domain/seat"
	"portero/shared/domain/session"
	"portero/shared/domain/verification"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Join follows a link: whoever is signed in joins at once, everybody else is
// mailed a code to type (verifications/confirm).
var Join = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/join", Summary: "Join by a link.",
		Uses: contract.Uses{Hashing: true, Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
				schema.Workspace, schema.Portal, schema.Identity, schema.Invitation, schema.Mailbox, schema.Account, schema.Contact,
				schema.JoinLink, schema.Role}}, app.SeatsTaken,
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.JoinRequest}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{
				schema.Identity, schema.Invitation, schema.Mailbox, schema.Account, schema.Contact, schema.Message, schema.JoinRequest}},
			{Table: schema.Core, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.JoinLink}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Session, schema.Verification}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter}},
		}},
	},
	Method: "POST", Path: "/v1/joinlinks/join",
	Auth: contract.Link, Because: becauseOfLink, Secret: true,
	// A class or a meeting may join from behind one address; every request costs
	// a hash and may cost a mail (chosen; no evidence).
	Limit: contract.Limit{Requests: 300, Per: 10 * time.Minute, ByNetwork: true},
	Faults: slices.Concat(closed, []fault.Code{
		workspace.ErrOwn.Code, joinlink.ErrDomain.Code, joinlink.ErrRefused.Code, joinlink.ErrCrowded.Code, seat.ErrNoneForYou.Code, invitation.ErrSignedInAsOther.Code, invitation.ErrSignInFirst.Code,
		session.ErrDeactivated.Code, verification.ErrOver.Code, "address_malformed", "address_unsupported",
		"password_malformed", "password_too_short", "password_too_long", "password_common", "password_context", "password_repetitive",
		"name_malformed", "name_has_link", "language_unknown", "time_format_unknown", "zone_unknown", "country_unknown",
	}),
}, join, joinAgain)

// Joining is what a person supplies who joins.
type Joining struct {
	Token    string         `json:"token" doc:"What stands behind the # of the link." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.jln_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
	Address  string         `json:"address,omitempty" maxLength:"1024" code:"address_malformed" doc:"Left out by whoever is signed in." example:"lucia@client.example"`
	Password password.Plain `json:"password,omitempty" doc:"A new one; or, for an address that has one, its own." example:"correct horse battery staple 7"`
	Name     string         `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Lucía Ortega"`
	Profile  *JoinChoices   `json:"profile,omitempty"`
	Cookie   bool           `json:"cookie,omitempty" doc:"For browsers: a cookie in place of a token."`
}

// JoinChoices are what a person chooses for themselves; what is left out is the
// workspace's.
type JoinChoices struct {
	Language   string `json:"language,omitempty" doc:"es or en." example:"es"`
	TimeFormat string `json:"time_format,omitempty" doc:"24h or 12h." example:"24h"`
	Zone       string `json:"zone,omitempty" maxLength:"64" code:"zone_unknown" doc:"An IANA zone." example:"Europe/Madrid"`
	Country    string `json:"country,omitempty" maxLength:"2" code:"country_unknown" doc:"ISO 3166-1 alpha-2, an assigned code." example:"ES"`
}

type joining struct{ Body Joining }

// LinkToken makes the link the caller.
func (in joining) LinkToken() string { return in.Body.Token }

// Joined is what joining comes to: a code to type; for who is signed in: in, or
// waiting for the firm.
type Joined struct {
	State     string          `json:"state" enum:"code_sent,accepted,waiting"`
	Workspace id.Workspace    `json:"workspace"`
	Home      invitation.Home `json:"home,omitempty" enum:"portal"`
	Portal    string          `json:"portal,omitempty" doc:"The portal's name in its URL."`
	Identity  id.Identity     `json:"identity,omitempty"`
	Session   id.Session      `json:"session,omitempty" doc:"Left out while nothing may be entered yet: dates, or a switch."`
	Token     string          `json:"token,omitempty" doc:"For programs: the bearer token."`

	Verification id.Verification `json:"verification,omitempty"`
	Binding      string          `json:"binding,omitempty" doc:"What this browser sends along with the code."`
	ExpiresAt    *time.Time      `json:"expires_at,omitempty" doc:"When the code is over."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (j Joined) WithoutSecret() Joined {
	j.Token, j.Binding = "", ""
	return j
}

func join(ctx context.Context, a *app.App, call web.Call, in *joining) (web.Reply[Joined], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[Joined]{}, err
	}
	out, err := guest(a).Join(ctx, token, in.Body.application(), call.Identity, visitor(call))
	if err != nil {
		return web.Reply[Joined]{}, err
	}
	reply := web.Reply[Joined]{Change: out.Change, Body: Joined{Workspace: out.Workspace, Portal: out.PortalName}}
	switch {
	case out.Coded():
		reply.Status = http.StatusAccepted
		reply.Body.State, reply.Body.Binding, reply.Body.ExpiresAt = "code_sent", out.Binding.Reveal(), &out.Expires
		reply.Body.Verification, err = out.Binding.Verification()
		return reply, err
	case out.Waiting:
		reply.Body.State = "waiting"
		return reply, nil
	}
	reply.Body.State, reply.Body.Home, reply.Body.Identity, reply.Body.Session = "accepted", out.Home, out.Identity.ID, out.Session.ID
	reply.Hand(out.Token, in.Body.Cookie, &reply.Body.Token)
	return reply, nil
}

func (j Joining) application() joinlink.Application {
	a := joinlink.Application{Address: j.Address, Entry: invitation.Entry{Password: j.Password, Name: j.Name}}
	if c := j.Profile; c != nil {
		a.Profile = identity.Profile{Language: c.Language, TimeFormat: c.TimeFormat, Zone: c.Zone, Country: c.Country, Chosen: true}
	}
	return a
}

// joinAgain answers a repeat: the same code or session, with a new secret.
func joinAgain(ctx context.Context, a *app.App, call web.Call, in *joining, prior Joined) (web.Reply[Joined], error) {
	reply := web.Reply[Joined]{Body: prior}
	switch {
	case prior.Verification != "":
		codes := verification.Desk{Store: a.Store}
		binding, set, err := codes.Return(ctx, prior.Workspace, prior.Verification, call.Now)
		reply.Status, reply.Change, reply.Body.Binding = http.StatusAccepted, set, binding.Reveal()
		return reply, err
	case prior.Session == "":
		return reply, nil
	}
	invited := invitation.Guest{Store: a.Store, Cost: a.Cost}
	token, set, err := invited.Return(ctx, prior.Identity, prior.Session, in.Body.Password, false, visitor(call))
	reply.Change = set
	reply.Hand(token, in.Body.Cookie, &reply.Body.Token)
	return reply, err
}
