package workspaces

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/look"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows the workspace and its settings to staff.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "workspaces/get", Summary: "Show the workspace and its settings.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}",
	Auth: contract.Session, Needs: access.WorkspaceRead,
}, get)

// GetWorkspace names one.
type GetWorkspace struct {
	Workspace id.Workspace `path:"workspace"`
}

// WorkspaceFull is a workspace as its staff see it.
type WorkspaceFull struct {
	ID        id.Workspace      `json:"id"`
	Name      string            `json:"name"`
	Settings  WorkspaceSettings `json:"settings"`
	Look      *look.Face        `json:"look,omitempty" doc:"How mails and pages look beside the name; absent: Portero's own look."`
	Paused    *WorkspacePause   `json:"paused,omitempty" doc:"There while the firm's mail is held back: no reminders go out, and nobody is invited without override_pause."`
	CreatedAt time.Time         `json:"created_at"`
}

// WorkspacePause says since when mail is held back, and why.
type WorkspacePause struct {
	Since  time.Time `json:"since"`
	Reason string    `json:"reason" enum:"bounces,complaints,staff"`
	Mails  int       `json:"mails,omitempty" doc:"How many mails of the last seven days were weighed."`
	Count  int       `json:"count,omitempty" doc:"How many of them came back, or were called spam."`
}

// WorkspaceSettings are the settings in force.
type WorkspaceSettings struct {
	Language       string              `json:"language"`
	Zone           string              `json:"zone"`
	Country        string              `json:"country"`
	TimeFormat     string              `json:"time_format"`
	Validity       string              `json:"validity" doc:"How long invitations are open."`
	Reminders      WorkspacePlan       `json:"reminders"`
	Policy         WorkspacePolicy     `json:"policy"`
	DailyMails     int                 `json:"daily_mails"`
	FirstWeekMails int                 `json:"first_week_mails"`
	AddressMails   int                 `json:"address_mails" doc:"To one address in a week."`
	MembersInvite  bool                `json:"members_invite" doc:"Whether staff of level member may invite."`
	Colleagues     bool                `json:"colleagues" doc:"Whether clients may invite people of their own account, where their role allows it."`
	SupportDates   bool                `json:"support_dates" doc:"Whether contacts and grants show the portal-user switch and support dates, and take them."`
	LeadRoles      map[id.Role]id.Role `json:"lead_roles" doc:"From roles for leads to those for contacts that their holders move to."`
	OwnDomains     []string            `json:"own_domains" doc:"The firm's own domains: no client is invited, joins or signs in with an address there."`
	DefaultOwner   id.Identity         `json:"default_owner"`
	Sender         string              `json:"sender" doc:"Set by ops; empty: the deployment's."`
	ReplyTo        string              `json:"reply_to" doc:"Set by ops; empty: the sender."`
	StaffIdle      int                 `json:"staff_idle_min"`
	StaffLife      int                 `json:"staff_life_min"`
	MemberIdle     int                 `json:"member_idle_min"`
	MemberLife     int                 `json:"member_life_min"`
	MinPassword    int                 `json:"min_password"`
	MinPasswordTwo int                 `json:"min_password_second" doc:"For staff who have a second factor; 0: min_password."`
	SecondFactor   bool                `json:"second_factor" doc:"Whether all staff must have a second factor."`
	SwitchSends    bool                `json:"switch_sends" doc:"Whether turning on a sign-in switch sends the way in."`
	AccessBy       string              `json:"access_by" enum:"link,credentials" doc:"By what clients are invited."`
	CodeSignIn     bool                `json:"code_sign_in" doc:"Whether members may sign in by a code that is mailed to them."`
}

// WorkspacePlan is when those who have not answered are reminded.
type WorkspacePlan struct {
	Days []int           `json:"days" maxItems:"10" code:"reminders_malformed" doc:"Days after sending, ascending, 1 to 365; an empty list: never."`
	At   localtime.Clock `json:"at" code:"reminders_malformed" example:"09:00" doc:"Local time."`
}

// WorkspacePolicy is when reminders may go out.
type WorkspacePolicy struct {
	Workdays  localtime.WeekdaySet `json:"workdays" code:"policy_malformed" example:"mon,tue,wed,thu,fri"`
	QuietFrom localtime.Clock      `json:"quiet_from" code:"policy_malformed" example:"20:00"`
	QuietTo   localtime.Clock      `json:"quiet_to" code:"policy_malformed" example:"08:00"`
}

func get(ctx context.Context, a *app.App, call web.Call, _ *GetWorkspace) (web.Reply[WorkspaceFull], error) {
	w, err := a.Store.Workspace(ctx, call.Actor.Workspace)
	if err != nil {
		return web.Reply[WorkspaceFull]{}, err
	}
	return web.Reply[WorkspaceFull]{Body: full(w)}, nil
}

func full(w workspace.Workspace) WorkspaceFull {
	s := w.Settings
	validity := s.Validity
	if validity.IsZero() {
		validity.Days = localtime.DefaultValidityDays
	}
	return WorkspaceFull{ID: w.ID, Name: w.Name, CreatedAt: w.CreatedAt, Paused: pause(w.Paused), Look: w.Look.Face(w.ID), Settings: WorkspaceSettings{
		Language: s.Language, Zone: s.Zone, Country: s.Country, TimeFormat: s.TimeFormat, Validity: validity.String(),
		Reminders: WorkspacePlan{append([]int{}, s.Reminders.Days...), s.Reminders.At}, Policy: WorkspacePolicy(s.Policy),
		DailyMails: s.DailyMails, FirstWeekMails: s.FirstWeekMails, AddressMails: s.AddressMails, MembersInvite: s.MembersInvite, Colleagues: s.Colleagues, SupportDates: s.SupportDates, LeadRoles: leadRoles(s), OwnDomains: append([]string{}, s.OwnDomains...),
		DefaultOwner: s.DefaultOwner, Sender: s.Sender, ReplyTo: s.ReplyTo,
		StaffIdle: s.StaffIdle, StaffLife: s.StaffLife, MemberIdle: s.MemberIdle, MemberLife: s.MemberLife, MinPassword: s.MinPassword,
		MinPasswordTwo: s.MinPasswordSecond, AccessBy: cmp.Or(s.AccessBy, "link"), CodeSignIn: s.CodeSignIn, SwitchSends: s.SwitchSends, SecondFactor: s.SecondFactor,
	}}
}

func pause(p *workspace.Pause) *WorkspacePause {
	if p == nil {
		return nil
	}
	return &WorkspacePause{Since: p.Since, Reason: string(p.Reason), Mails: p.Mails, Count: p.Count}
}

// leadRoles is the mapping, empty where there is none.
func leadRoles(s workspace.Settings) map[id.Role]id.Role {
	if s.LeadRoles == nil {
		return map[id.Role]id.Role{}
	}
	return s.LeadRoles
}
