package grants

import (
	"cmp"
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Create, Get, Change, Batch}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Self: call.Identity, Now: call.Now, Key: cmp.Or(call.Key, string(id.New[id.Message](call.Now)))}
}

// shown is what showing a grant takes.
var shown = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Contact}},
	{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Identity}},
}

// GrantKey names a grant in a path.
type GrantKey struct {
	Workspace id.Workspace `path:"workspace"`
	Account   id.Account   `path:"account"`
	Contact   id.Contact   `path:"contact"`
	Portal    id.Portal    `path:"portal"`
}

// GrantFull is a grant.
type GrantFull struct {
	Account    id.Account     `json:"account"`
	Contact    id.Contact     `json:"contact"`
	Portal     id.Portal      `json:"portal"`
	Role       id.Role        `json:"role"`
	State      grant.State    `json:"state" enum:"granted,invited,active,not_yet,over,off"`
	Owner      GrantOwner     `json:"owner" doc:"To whom what the client creates belongs now."`
	SignIn     bool           `json:"sign_in"`
	Notify     bool           `json:"notify"`
	EmailSync  bool           `json:"email_sync"`
	From       localtime.Date `json:"from,omitzero" doc:"The first day of access, in the contact's zone. Hidden unless the workspace uses support dates."`
	Until      localtime.Date `json:"until,omitzero" doc:"The last day of access, in the contact's zone. Hidden unless the workspace uses support dates."`
	Identity   id.Identity    `json:"identity,omitempty" doc:"Who accepted it."`
	Invitation id.Invitation  `json:"invitation,omitempty" doc:"The last one that offered it."`
	InvitedBy  id.Identity    `json:"invited_by,omitempty"`
	AcceptedAt time.Time      `json:"accepted_at,omitzero"`
	Sent       *GrantSent     `json:"sent,omitempty" doc:"Where the workspace sends by the sign-in switch and that went on: what became of it."`
	CreatedAt  time.Time      `json:"created_at"`
}

// GrantSent says whether somebody who was let in was sent their way in.
type GrantSent struct {
	Verdict string     `json:"verdict" enum:"sent,not_sent"`
	Code    fault.Code `json:"code,omitempty" doc:"Why not; the switch is on all the same."`
	Detail  string     `json:"detail,omitempty"`
}

// sent translates what became of it; nil where nothing was to be sent.
func sent(o directory.Outcome) *GrantSent {
	switch {
	case o.Sent:
		return &GrantSent{Verdict: "sent"}
	case o.Unsent != nil:
		return &GrantSent{"not_sent", o.Unsent.Code, o.Unsent.Detail}
	}
	return nil
}

// inviting is what letting somebody in takes where that sends.
var inviting = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Portal, schema.Contact, schema.Identity, schema.Account}},
	{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Mailbox}},
	{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
}

// GrantOwner is a colleague.
type GrantOwner struct {
	ID      id.Identity `json:"id"`
	Name    string      `json:"name,omitempty"`
	Address string      `json:"address,omitempty"`
}

// GrantTerms is what staff set on a grant; what is left out stays as it is.
type GrantTerms struct {
	Owner     *id.Identity    `json:"owner,omitempty" doc:"One of the workspace's staff."`
	SignIn    *bool           `json:"sign_in,omitempty"`
	Notify    *bool           `json:"notify,omitempty"`
	EmailSync *bool           `json:"email_sync,omitempty"`
	From      *localtime.Date `json:"from,omitempty" code:"date_malformed" example:"2026-12-01" doc:"The first day of access; empty takes it away. Taken only where the workspace uses support dates."`
	Until     *localtime.Date `json:"until,omitempty" code:"date_malformed" doc:"The last day of access; empty takes it away."`
	Role      *id.Role        `json:"role,omitempty"`
}

func (t GrantTerms) terms() directory.Terms {
	return directory.Terms{Owner: t.Owner, SignIn: t.SignIn, Notify: t.Notify, EmailSync: t.EmailSync, From: t.From, Until: t.Until, Role: t.Role}
}

// show reads what a grant's answer says beside the grant.
func show(ctx context.Context, a *app.App, call web.Call, g grant.Grant) (GrantFull, error) {
	ws := call.Actor.Workspace
	w, err := a.Store.Workspace(ctx, ws)
	if err != nil {
		return GrantFull{}, err
	}
	c, err := a.Store.Contact(ctx, ws, g.Contact)
	if err != nil {
		return GrantFull{}, err
	}
	zone, err := localtime.Load(w.ZoneOf(c.Zone))
	if err != nil {
		return GrantFull{}, err
	}
	ask := []id.Identity{w.Settings.DefaultOwner}
	if g.Owner != "" {
		ask = append(ask, g.Owner)
	}
	staff, err := a.Store.Identities(ctx, ws, ask)
	if err != nil {
		return GrantFull{}, err
	}
	owner := staff[directory.OwnerOf(w, g, staff)]
	state := g.StateAt(call.Now, zone)
	if !w.Settings.SupportDates {
		g.From, g.Until = localtime.Date{}, localtime.Date{}
	}
	return GrantFull{
		Account: g.Account, Contact: g.Contact, Portal: g.Portal, Role: g.Role, State: state,
		Owner:  GrantOwner{owner.ID, owner.Name, string(owner.Address)},
		SignIn: g.SignIn, Notify: g.Notify, EmailSync: g.EmailSync, From: g.From, Until: g.Until,
		Identity: g.Identity, Invitation: g.Invitation, InvitedBy: g.InvitedBy, AcceptedAt: g.AcceptedAt, CreatedAt: g.CreatedAt,
	}, nil
}
