package workspaces

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/look"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Change gives the workspace another name or other settings.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "workspaces/change", Summary: "Change the workspace's name, settings or look.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get, contract.Put}, Kinds: []schema.Kind{schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Identity}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Role}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPatch, Path: "/v1/workspaces/{workspace}",
	Auth: contract.Session, Needs: access.WorkspaceChange,
	Faults: []fault.Code{"name_malformed", "name_has_link", "owner_unknown", "language_unknown", "zone_unknown", "country_unknown", "time_format_unknown",
		"validity_malformed", "reminders_malformed", "policy_malformed", "lead_roles_malformed", "too_many_domains", "domain_malformed", "domain_public",
		look.ErrColour.Code, look.ErrFooter.Code, look.ErrNotice.Code},
}, change)

// ChangeWorkspace is what to change.
type ChangeWorkspace struct {
	Workspace id.Workspace `path:"workspace"`
	Body      WorkspacePart
}

// WorkspacePart is what to change; what is left out stays.
type WorkspacePart struct {
	Name     *string       `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Vega & Partners"`
	Paused   *bool         `json:"paused,omitempty" doc:"false lets mail go that is held back, and weighs anew from tomorrow on; true holds it back."`
	Settings *SettingsPart `json:"settings,omitempty"`
	Look     *LookPart     `json:"look,omitempty"`
}

// LookPart is what to change of the firm's look; "" takes a part away. The logo
// has rows of its own (logos/change).
type LookPart struct {
	Colour     *string `json:"colour,omitempty" maxLength:"7" code:"colour_malformed" example:"#1d4ed8" doc:"Any #rrggbb. Where it is text it is darkened or lightened as far as reading needs."`
	Footer     *string `json:"footer,omitempty" maxLength:"600" code:"footer_malformed" doc:"The legal footer under mails and pages: text of up to 12 lines, never markup. What reads like a link is pulled apart in mails."`
	PrivacyURL *string `json:"privacy_url,omitempty" maxLength:"200" code:"privacy_url_malformed" doc:"The https address of the firm's privacy notice."`
}

// SettingsPart is which settings to change. Sender and reply-to are not among
// them: they must be verified, which ops do.
type SettingsPart struct {
	Language       *string             `json:"language,omitempty" maxLength:"8" code:"language_unknown" example:"es"`
	Zone           *string             `json:"zone,omitempty" maxLength:"64" code:"zone_unknown" example:"Europe/Madrid"`
	Country        *string             `json:"country,omitempty" maxLength:"2" code:"country_unknown" doc:"ISO 3166-1 alpha-2, an assigned code." example:"ES"`
	TimeFormat     *string             `json:"time_format,omitempty" maxLength:"3" code:"time_format_unknown" example:"24h"`
	Validity       *localtime.Validity `json:"validity,omitempty" code:"validity_malformed" example:"P14D" doc:"P1D to P365D (to the end of the local day) or PT1H to PT8760H."`
	Reminders      *WorkspacePlan      `json:"reminders,omitempty"`
	Policy         *WorkspacePolicy    `json:"policy,omitempty"`
	DailyMails     *int                `json:"daily_mails,omitempty"`
	FirstWeekMails *int                `json:"first_week_mails,omitempty"`
	AddressMails   *int                `json:"address_mails,omitempty"`
	MembersInvite  *bool               `json:"members_invite,omitempty"`
	Colleagues     *bool               `json:"colleagues,omitempty" doc:"Whether clients may invite people of their own account, in their own role, where that allows it (colleague.invite)."`
	SupportDates   *bool               `json:"support_dates,omitempty" doc:"Whether contacts and grants show the portal-user switch and support dates, and take them. Dates that were set count either way."`
	LeadRoles      map[id.Role]id.Role `json:"lead_roles,omitempty" doc:"From each role for leads to the role for contacts of the same portal that its holders move to when they become contacts; all of them at once."`
	OwnDomains     *[]string           `json:"own_domains,omitempty" maxItems:"50" code:"too_many_domains" example:"[\"vega.example\"]" doc:"The firm's own domains: no client is invited, joins or signs in with an address there. Not those of public mail providers."`
	DefaultOwner   *id.Identity        `json:"default_owner,omitempty"`
	StaffIdle      *int                `json:"staff_idle_min,omitempty"`
	StaffLife      *int                `json:"staff_life_min,omitempty"`
	MemberIdle     *int                `json:"member_idle_min,omitempty"`
	MemberLife     *int                `json:"member_life_min,omitempty"`
	MinPassword    *int                `json:"min_password,omitempty"`
	MinPasswordTwo *int                `json:"min_password_second,omitempty" doc:"For staff who have a second factor: 8 to 64; 0: min_password holds for them as well."`
	SwitchSends    *bool               `json:"switch_sends,omitempty" doc:"Whether turning on somebody's sign-in switch sends them their way in, as access_by says; false: nothing is sent until they are invited."`
	AccessBy       *string             `json:"access_by,omitempty" enum:"link,credentials" doc:"By what clients are invited: a link, or a user name and a temporary password."`
	CodeSignIn     *bool               `json:"code_sign_in,omitempty" doc:"Whether members may sign in by a code that is mailed to them."`
	SecondFactor   *bool               `json:"second_factor,omitempty" doc:"Whether all staff must have a second factor, from their next sign-in on."`
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeWorkspace) (web.Reply[WorkspaceFull], error) {
	w, set, err := directory.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}.ChangeWorkspace(ctx, directory.Edits{
		Name: in.Body.Name, Paused: in.Body.Paused, Settings: in.Body.Settings.edit, Look: in.Body.Look.edit,
	})
	return web.Reply[WorkspaceFull]{Body: full(w), Change: set}, err
}

// edit puts what was given onto settings.
func (p *SettingsPart) edit(s workspace.Settings) workspace.Settings {
	if p == nil {
		return s
	}
	put(&s.Language, p.Language)
	put(&s.Zone, p.Zone)
	put(&s.Country, p.Country)
	put(&s.TimeFormat, p.TimeFormat)
	put(&s.Validity, p.Validity)
	if p.Reminders != nil {
		s.Reminders = localtime.Plan(*p.Reminders)
	}
	if p.Policy != nil {
		s.Policy = localtime.Policy(*p.Policy)
	}
	put(&s.DailyMails, p.DailyMails)
	put(&s.FirstWeekMails, p.FirstWeekMails)
	put(&s.AddressMails, p.AddressMails)
	put(&s.MembersInvite, p.MembersInvite)
	put(&s.Colleagues, p.Colleagues)
	put(&s.SupportDates, p.SupportDates)
	if p.LeadRoles != nil {
		s.LeadRoles = p.LeadRoles
	}
	put(&s.OwnDomains, p.OwnDomains)
	put(&s.DefaultOwner, p.DefaultOwner)
	put(&s.StaffIdle, p.StaffIdle)
	put(&s.StaffLife, p.StaffLife)
	put(&s.MemberIdle, p.MemberIdle)
	put(&s.MemberLife, p.MemberLife)
	put(&s.MinPassword, p.MinPassword)
	put(&s.MinPasswordSecond, p.MinPasswordTwo)
	put(&s.SwitchSends, p.SwitchSends)
	put(&s.AccessBy, p.AccessBy)
	put(&s.CodeSignIn, p.CodeSignIn)
	put(&s.SecondFactor, p.SecondFactor)
	return s
}

// edit puts what was given onto a look.
func (p *LookPart) edit(l look.Look) look.Look {
	if p == nil {
		return l
	}
	if p.Colour != nil {
		l.Colour = look.Colour(*p.Colour)
	}
	put(&l.Footer, p.Footer)
	put(&l.Notice, p.PrivacyURL)
	return l
}

// put sets what was given.
func put[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}
