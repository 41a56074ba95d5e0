package profiles

import (
	"cmp"
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Change is what people choose for themselves (row Z9).
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "profiles/change", Summary: "Change one's own name, language, time format, zone, country and mails.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}/me",
	Auth: contract.Session, Needs: access.OwnProfile,
	Faults: []fault.Code{"name_malformed", "name_has_link", "language_unknown", "time_format_unknown", "zone_unknown", "country_unknown", "notices_unknown"},
}, change)

// ChangeProfile is what somebody chose.
type ChangeProfile struct {
	Workspace id.Workspace `path:"workspace"`
	Body      ProfileChoice
}

// ProfileChoice is what to change; what is left out stays.
type ProfileChoice struct {
	Name    *string      `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Ana Vega"`
	Profile *ProfilePart `json:"profile,omitempty"`
}

// ProfilePart is what to change in the profile; an empty text goes back to the
// workspace's.
type ProfilePart struct {
	Language   *string `json:"language,omitempty" maxLength:"8" code:"language_unknown" example:"es"`
	TimeFormat *string `json:"time_format,omitempty" maxLength:"3" code:"time_format_unknown" example:"24h"`
	Zone       *string `json:"zone,omitempty" maxLength:"64" code:"zone_unknown" example:"Europe/Madrid"`
	Country    *string `json:"country,omitempty" maxLength:"2" code:"country_unknown" doc:"ISO 3166-1 alpha-2, an assigned code." example:"ES"`
	Quiet      *bool   `json:"quiet,omitempty" doc:"No mails but those that are needed to sign in."`

	Notices *identity.Hearing `json:"notices,omitempty" enum:"each,digest,none" code:"notices_unknown" doc:"Of staff: how they hear that an invitation was accepted, declined, came back or expired. digest: once a day, at the hour of the workspace's reminders. Requests that wait for an answer come one by one, unless quiet."`
}

// ProfileOwner is the identity as it is now.
type ProfileOwner struct {
	ID      id.Identity  `json:"id"`
	Address string       `json:"address"`
	Name    string       `json:"name"`
	Level   access.Level `json:"level"`
	Profile ProfileNow   `json:"profile"`
}

// ProfileNow is the profile as it is now; empty means the workspace's.
type ProfileNow struct {
	Language   string `json:"language"`
	TimeFormat string `json:"time_format"`
	Zone       string `json:"zone"`
	Country    string `json:"country"`
	Chosen     bool   `json:"chosen"`
	Quiet      bool   `json:"quiet"`

	Notices identity.Hearing `json:"notices" enum:"each,digest,none"`
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeProfile) (web.Reply[ProfileOwner], error) {
	c := identity.Choice{Name: in.Body.Name}
	if p := in.Body.Profile; p != nil {
		c.Language, c.TimeFormat, c.Zone, c.Country, c.Quiet, c.Notices = p.Language, p.TimeFormat, p.Zone, p.Country, p.Quiet, p.Notices
	}
	who, set, err := directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}.ChooseForSelf(ctx, c)
	if err != nil {
		return web.Reply[ProfileOwner]{}, err
	}
	p := who.Profile
	return web.Reply[ProfileOwner]{Change: set, Body: ProfileOwner{
		ID: who.ID, Address: string(who.Address), Name: who.Name, Level: who.Level,
		Profile: ProfileNow{p.Language, p.TimeFormat, p.Zone, p.Country, p.Chosen, p.Quiet, cmp.Or(p.Notices, identity.HearEach)},
	}}, nil
}
