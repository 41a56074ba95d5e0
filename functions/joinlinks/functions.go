package joinlinks

import (
	"crypto/rand"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/link"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's, in reading order.
var Functions = []app.Function{Create, List, Get, Change, Reset, Open, Join}

// What the rows have in common.
var (
	wrongField = []fault.Code{joinlink.ErrLabel.Code, joinlink.ErrUntil.Code, joinlink.ErrMaxUses.Code, "too_many_domains", "domain_malformed", "domain_public"}
	wrongPlace = []fault.Code{portal.ErrUnknown.Code, role.ErrUnknown.Code}
	closed     = []fault.Code{link.ErrUnknown.Code, joinlink.ErrNotYet.Code, joinlink.ErrOver.Code, joinlink.ErrFull.Code, joinlink.ErrOff.Code}

	keeps = []contract.Access{
		{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.JoinLink}},
		{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	}
	places = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Portal, schema.Role}}
)

func desk(a *app.App, call web.Call) joinlink.Desk {
	return joinlink.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

func guest(a *app.App) joinlink.Guest {
	return joinlink.Guest{Store: a.Store, Cost: a.Cost, Random: rand.Reader}
}

func visitor(call web.Call) invitation.Visitor {
	return invitation.Visitor{Actor: call.Actor, Device: call.Agent, Network: call.Network, Now: call.Now}
}

// Shared is a join link as staff see it. Its secret is not in it.
type Shared struct {
	ID            id.JoinLink    `json:"id"`
	Portal        id.Portal      `json:"portal"`
	Role          id.Role        `json:"role"`
	Label         string         `json:"label,omitempty"`
	From          *time.Time     `json:"from,omitempty"`
	Until         *time.Time     `json:"until,omitempty" doc:"Valid until, not including."`
	MaxUses       int            `json:"max_uses,omitempty" doc:"Left out: any number."`
	Uses          int            `json:"uses" doc:"How many have joined, or asked to, by it."`
	Domains       []string       `json:"domains" doc:"Of addresses that may join; none: any."`
	Approval      bool           `json:"approval" doc:"Staff approve first."`
	CreateContact bool           `json:"create_contact" doc:"Whoever joins becomes a contact; else a lead."`
	Off           bool           `json:"off"`
	State         joinlink.State `json:"state" enum:"open,not_yet,over,full,off"`
	Creator       id.Identity    `json:"creator" doc:"The owner of what those who join create."`
	CreatedAt     time.Time      `json:"created_at"`
}

func shown(l joinlink.JoinLink, now time.Time) Shared {
	return Shared{
		ID: l.ID, Portal: l.Portal, Role: l.Role, Label: l.Label, From: when(l.From), Until: when(l.Until), MaxUses: l.MaxUses, Uses: l.Uses,
		Domains: append([]string{}, l.Domains...), Approval: l.Approval, CreateContact: l.CreateContact, Off: l.Off,
		State: l.StateAt(now), Creator: l.Creator, CreatedAt: l.CreatedAt,
	}
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Copyable is a join link with its address, shown once.
type Copyable struct {
	JoinLink Shared `json:"joinlink"`
	URL      string `json:"url,omitempty" doc:"Ready to share; nobody can read it again, a reset makes another."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (c Copyable) WithoutSecret() Copyable {
	c.URL = ""
	return c
}

func copyable(a *app.App, l joinlink.JoinLink, t link.Token, now time.Time) Copyable {
	return Copyable{JoinLink: shown(l, now), URL: a.Config.BaseURL + "/join#" + t.Reveal()}
}

// instant reads an optional time of a body: empty takes the limit away.
func instant(field string, typed *string) (*time.Time, error) {
	if typed == nil {
		return nil, nil
	}
	if *typed == "" {
		return &time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, *typed)
	if err != nil {
		return nil, fault.On(field, "instant_malformed", "An instant reads like 2026-11-23T08:00:00Z.")
	}
	return &t, nil
}
