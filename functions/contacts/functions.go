package contacts

import (
	"cmp"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/contact"
	"portero/shared/domain/directory"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{List, Create, Get, Change, Find, Upsert, Convert, ConvertMany, Remove}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Self: call.Identity, Now: call.Now, Key: cmp.Or(call.Key, string(id.New[id.Message](call.Now)))}
}

// written is what writing a contact takes.
var written = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace}},
	{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Portal}},
	{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Contact, schema.External}},
	{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account}},
	{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Mailbox}},
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
}

// changing is what changing one takes beside that.
var changing = append([]contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Contact}},
	{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
	{Table: schema.Core, Ops: []contract.Op{contract.Delete}, Kinds: []schema.Kind{schema.Account}},
	{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Invitation}},
	app.Seats[0], app.SeatsTaken,
	// Letting a portal user in takes this, where that sends (rows D1, D2).
	{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Workspace, schema.Portal, schema.Contact, schema.Identity, schema.Mailbox}},
	{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Message}},
}, written...)

// refusals are the codes of a card that cannot be taken.
var refusals = []fault.Code{"address_malformed", "address_unsupported", "address_shared_too_often", "name_malformed", "name_has_link",
	"language_unknown", "zone_unknown", "source_malformed", "too_many_accounts", "account_unknown", "external_id_malformed", "external_id_taken",
	"support_dates_off", "no_seat", "portal_user_without_account", "portal_unknown", "dates_reversed", "date_malformed",
	"test_client_address"}

// ContactItem is a contact.
type ContactItem struct {
	ID        id.Contact   `json:"id"`
	Name      string       `json:"name"`
	Address   string       `json:"address,omitempty"`
	Accounts  []id.Account `json:"accounts"`
	Language  string       `json:"language,omitempty"`
	Zone      string       `json:"zone,omitempty"`
	Lead      bool         `json:"lead"`
	Test      bool         `json:"test" doc:"A test client: to try things with, never counted, removable with all it made (contacts/remove)."`
	Leaving   id.Job       `json:"leaving,omitempty" doc:"The job that removes it, all that it made first."`
	Source    string       `json:"source,omitempty" doc:"Where the firm got the address; shown to who is invited."`
	External  string       `json:"external_id,omitempty" doc:"What another system calls it."`
	CreatedAt time.Time    `json:"created_at"`
	// Support stands in answers to requests that hold it, and in contacts/get.
	Support *ContactSupport `json:"support,omitempty" doc:"Where the workspace uses support dates: in the answer to a request that has it, and to who gets one contact."`
}

// ContactSupport is a contact as a portal user (row D1).
type ContactSupport struct {
	PortalUser *bool          `json:"portal_user,omitempty" doc:"Whether the contact may sign in anywhere, the dates aside. Turned on for one without access, access is granted at each of its accounts; sent as the workspace's switch_sends says, for a contact that is there already."`
	Sent       *ContactSent   `json:"sent,omitempty" doc:"Where the workspace sends by the sign-in switch and this went on: what became of it."`
	From       localtime.Date `json:"from,omitzero" doc:"The first day, in the contact's zone."`
	Until      localtime.Date `json:"until,omitzero" doc:"The last day, in the contact's zone."`
}

// ContactSent says whether somebody who became a portal user was sent their way in.
type ContactSent struct {
	Verdict string     `json:"verdict" enum:"sent,not_sent"`
	Code    fault.Code `json:"code,omitempty" doc:"Why not; the switch is on all the same."`
	Detail  string     `json:"detail,omitempty"`
}

// with is an answer with what became of sending.
func (c ContactItem) with(o directory.Outcome) ContactItem {
	switch {
	case c.Support == nil:
	case o.Sent:
		c.Support.Sent = &ContactSent{Verdict: "sent"}
	case o.Unsent != nil:
		c.Support.Sent = &ContactSent{"not_sent", o.Unsent.Code, o.Unsent.Detail}
	}
	return c
}

// SupportPart is what staff set of it; what is left out stays.
type SupportPart struct {
	PortalUser *bool           `json:"portal_user,omitempty"`
	Portal     id.Portal       `json:"portal,omitempty" doc:"Where access is granted to one without; may be left out where the workspace has one portal only."`
	From       *localtime.Date `json:"from,omitempty" code:"date_malformed" doc:"The first day, in the contact's zone; empty takes it away."`
	Until      *localtime.Date `json:"until,omitempty" code:"date_malformed" doc:"The last day, in the contact's zone; empty takes it away."`
}

// support is what a contact's answer says of it: user as it is known.
func support(c contact.Contact, user *bool) *ContactSupport {
	return &ContactSupport{PortalUser: user, From: c.From, Until: c.Until}
}

// answer is a contact as a request with a card left it.
func (c ContactCard) answer(one contact.Contact) ContactItem {
	out := item(one)
	if c.Support != nil {
		out.Support = support(one, c.Support.PortalUser)
	}
	return out
}

func item(c contact.Contact) ContactItem {
	accounts := c.Accounts
	if accounts == nil {
		accounts = []id.Account{}
	}
	return ContactItem{ID: c.ID, Name: c.Name, Address: string(c.Address), Accounts: accounts, Language: c.Language, Zone: c.Zone,
		Lead: c.Lead, Test: c.Test, Leaving: c.Leaving, Source: c.Source, External: c.ExternalID, CreatedAt: c.CreatedAt}
}

// ContactCard is what staff write; what is left out stays as it is.
type ContactCard struct {
	Name     *string       `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Eva Sol"`
	Address  *string       `json:"address,omitempty" maxLength:"1024" code:"address_malformed" example:"eva@client.example" doc:"Empty takes it away. Written again, it confirms one that bounced."`
	Accounts *[]id.Account `json:"accounts,omitempty" maxItems:"30" code:"too_many_accounts"`
	Language *string       `json:"language,omitempty" maxLength:"8" code:"language_unknown" example:"es"`
	Zone     *string       `json:"zone,omitempty" maxLength:"64" code:"zone_unknown" example:"Europe/Madrid"`
	Source   *string       `json:"source,omitempty" maxLength:"200" code:"source_malformed" doc:"Where the firm got the address; shown to who is invited."`
	External *string       `json:"external_id,omitempty" maxLength:"128" code:"external_id_malformed" doc:"What another system calls the contact; once per workspace. Empty takes it away."`
	Support  *SupportPart  `json:"support,omitempty" doc:"The contact as a portal user; taken only where the workspace uses support dates."`
}

func (c ContactCard) card() (directory.Card, error) {
	card := directory.Card{Name: c.Name, Accounts: c.Accounts, Language: c.Language, Zone: c.Zone, Source: c.Source, ExternalID: c.External}
	if s := c.Support; s != nil {
		card.Support = &directory.Support{User: s.PortalUser, Portal: s.Portal, From: s.From, Until: s.Until}
	}
	if c.Address == nil {
		return card, nil
	}
	var address email.Address
	if *c.Address != "" {
		var err error
		if address, err = directory.Address("address", *c.Address); err != nil {
			return card, err
		}
	}
	card.Address = &address
	return card, nil
}
