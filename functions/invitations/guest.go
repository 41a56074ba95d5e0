package invitations

import (
	"crypto/rand"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/identity"
	"portero/shared/domain/invitation"
	"portero/shared/domain/verification"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// What the rows of the invitee have in common: they need no session, the link in
// the body says for whom and to what.

const becauseOfLink = "the secret of the link, which is in the body, says whose invitation it is."

// often bounds what one network may ask of a row of the invitee. The secret
// cannot be guessed; the bound keeps a broken program from costing money, and a
// whole office may sit behind one address (chosen; no evidence).
var often = contract.Limit{Requests: 3600, Per: time.Minute, ByNetwork: true}

// reads are what following a link reads.
var reads = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{
	schema.Workspace, schema.Message, schema.Invitation, schema.Mailbox, schema.Identity, schema.Account, schema.Portal, schema.Role,
}}

// asks are what passing on a wish reads and writes.
var asks = []contract.Access{
	reads,
	{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Invitation, schema.Message}},
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	counts,
}

// answers are what an answer other than yes reads and writes.
var answers = []contract.Access{
	reads,
	{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Invitation, schema.Mailbox, schema.Message}},
	{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
	counts,
}

// counts is what counting requests writes.
var counts = contract.Access{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter}}

// codesOf lists the codes of faults, for a row.
func codesOf(faults ...*fault.Error) []fault.Code {
	all := make([]fault.Code, len(faults))
	for i, f := range faults {
		all[i] = f.Code
	}
	return all
}

func guest(a *app.App) invitation.Guest {
	return invitation.Guest{Store: a.Store, Cost: a.Cost, Random: rand.Reader}
}

func codes(a *app.App) verification.Desk { return verification.Desk{Store: a.Store} }

func visitor(call web.Call) invitation.Visitor {
	return invitation.Visitor{Actor: call.Actor, Device: call.Agent, Network: call.Network, Now: call.Now}
}

// Held is a body that holds nothing but a link's token.
type Held struct {
	Token string `json:"token" doc:"What stands behind the # of the link." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.msg_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
}

type held struct{ Body Held }

// LinkToken makes the link the caller.
func (in held) LinkToken() string { return in.Body.Token }

// Choices are what a person chooses for themselves; what is left out is the
// workspace's.
type Choices struct {
	Language   string `json:"language,omitempty" doc:"es or en." example:"es"`
	TimeFormat string `json:"time_format,omitempty" doc:"24h or 12h." example:"24h"`
	Zone       string `json:"zone,omitempty" maxLength:"64" code:"zone_unknown" doc:"An IANA zone." example:"Europe/Madrid"`
	Country    string `json:"country,omitempty" maxLength:"2" code:"country_unknown" doc:"ISO 3166-1 alpha-2, an assigned code." example:"ES"`
}

func (c *Choices) profile() identity.Profile {
	if c == nil {
		return identity.Profile{}
	}
	return identity.Profile{Language: c.Language, TimeFormat: c.TimeFormat, Zone: c.Zone, Country: c.Country, Chosen: true}
}
