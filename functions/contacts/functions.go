package contacts

import (
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/contact"
	"portero/shared/domain/directory"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{List, Create, Get, Change}

// desk serves a call.
func desk(a *app.App, call web.Call) directory.Desk {
	return directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// written is what writing a contact takes.
var written = []contract.Access{
	{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Contact}},
	{Table: schema.Core, Ops: []contract.Op{contract.Batch, contract.Put}, Kinds: []schema.Kind{schema.Account}},
	{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Mailbox}},
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
}

// refusals are the codes of a card that cannot be taken.
var refusals = []fault.Code{"address_malformed", "address_unsupported", "address_shared_too_often", "name_malformed", "name_has_link",
	"language_unknown", "zone_unknown", "source_malformed", "too_many_accounts", "account_unknown"}

// ContactItem is a contact.
type ContactItem struct {
	ID        id.Contact   `json:"id"`
	Name      string       `json:"name"`
	Address   string       `json:"address,omitempty"`
	Accounts  []id.Account `json:"accounts"`
	Language  string       `json:"language,omitempty"`
	Zone      string       `json:"zone,omitempty"`
	Lead      bool         `json:"lead"`
	Source    string       `json:"source,omitempty" doc:"Where the firm got the address; shown to who is invited."`
	CreatedAt time.Time    `json:"created_at"`
}

func item(c contact.Contact) ContactItem {
	accounts := c.Accounts
	if accounts == nil {
		accounts = []id.Account{}
	}
	return ContactItem{ID: c.ID, Name: c.Name, Address: string(c.Address), Accounts: accounts, Language: c.Language, Zone: c.Zone,
		Lead: c.Lead, Source: c.Source, CreatedAt: c.CreatedAt}
}

// ContactCard is what staff write; what is left out stays as it is.
type ContactCard struct {
	Name     *string       `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Eva Sol"`
	Address  *string       `json:"address,omitempty" maxLength:"1024" code:"address_malformed" example:"eva@client.example" doc:"Empty takes it away. Written again, it confirms one that bounced."`
	Accounts *[]id.Account `json:"accounts,omitempty" maxItems:"30" code:"too_many_accounts"`
	Language *string       `json:"language,omitempty" maxLength:"8" code:"language_unknown" example:"es"`
	Zone     *string       `json:"zone,omitempty" maxLength:"64" code:"zone_unknown" example:"Europe/Madrid"`
	Source   *string       `json:"source,omitempty" maxLength:"200" code:"source_malformed" doc:"Where the firm got the address; shown to who is invited."`
}

func (c ContactCard) card() (directory.Card, error) {
	card := directory.Card{Name: c.Name, Accounts: c.Accounts, Language: c.Language, Zone: c.Zone, Source: c.Source}
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
