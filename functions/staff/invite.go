package staff

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/directory"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/localtime"
	"portero/shared/domain/message"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Invite invites a colleague. What it makes is an invitation like any other:
// invitations/list shows it, invitations/resend mails it again.
var Invite = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "staff/invite", Summary: "Invite a colleague to a level of staff.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace, schema.Mailbox, schema.Identity, schema.Invitation}},
			{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Mailbox, schema.Invitation, schema.Message}},
			{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/staff/invitations", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.StaffManage,
	Faults: []fault.Code{"address_malformed", "address_unsupported", "already_staff", "already_pending", "bounced", "complained",
		"suppressed", "opted_out", "level_unknown", "language_unknown", "name_malformed", "name_has_link", "note_malformed", "validity_malformed"},
}, invite)

// InviteColleague invites one.
type InviteColleague struct {
	Workspace id.Workspace `path:"workspace"`
	Body      Colleague
}

// Colleague is who is invited, and to what.
type Colleague struct {
	Address  string       `json:"address" maxLength:"1024" code:"address_malformed" example:"luis@firm.example"`
	Name     string       `json:"name,omitempty" maxLength:"80" code:"name_malformed" example:"Luis Gil"`
	Level    access.Level `json:"level" enum:"admin,member" code:"level_unknown" example:"member"`
	Language string       `json:"language,omitempty" maxLength:"8" code:"language_unknown" doc:"Of the mail; empty: the workspace's."`
	Note     string       `json:"note,omitempty" maxLength:"1000" code:"note_malformed" doc:"A personal message, shown as text."`
	Validity string       `json:"validity,omitempty" maxLength:"8" code:"validity_malformed" example:"P14D" doc:"P1D to P365D or PT1H to PT8760H; empty: the workspace's."`
}

// InvitedColleague is the invitation that was made.
type InvitedColleague struct {
	ID         id.Invitation     `json:"id"`
	Kind       invitation.Kind   `json:"kind"`
	Address    string            `json:"address"`
	Name       string            `json:"name,omitempty"`
	Level      access.Level      `json:"level"`
	Language   string            `json:"language"`
	State      invitation.State  `json:"state"`
	Delivery   message.Delivery  `json:"delivery"`
	DeliveryAt time.Time         `json:"delivery_at"`
	SentAt     time.Time         `json:"sent_at"`
	Sends      int               `json:"sends"`
	ExpiresAt  time.Time         `json:"expires_at"`
	Inviter    InvitingColleague `json:"inviter"`
}

// InvitingColleague is who invited.
type InvitingColleague struct {
	ID   id.Identity `json:"id"`
	Name string      `json:"name"`
}

func invite(ctx context.Context, a *app.App, call web.Call, in *InviteColleague) (web.Reply[InvitedColleague], error) {
	var none web.Reply[InvitedColleague]
	address, err := directory.Address("address", in.Body.Address)
	if err != nil {
		return none, err
	}
	draft := invitation.StaffDraft{Address: address, Name: in.Body.Name, Level: in.Body.Level, Language: in.Body.Language,
		Note: in.Body.Note, Inviter: call.Identity}
	if in.Body.Validity != "" {
		if draft.Validity, err = localtime.ParseValidity(in.Body.Validity); err != nil {
			return none, invitation.ErrValidity
		}
	}
	i, set, err := desk(a, call).InviteStaff(ctx, draft)
	if err != nil {
		return none, err
	}
	return web.Reply[InvitedColleague]{Change: set, Body: InvitedColleague{
		ID: i.ID, Kind: i.Kind, Address: string(i.Address), Name: i.Name, Level: i.Level, Language: i.Language, State: i.State,
		Delivery: i.Delivery, DeliveryAt: i.DeliveryAt, SentAt: i.SentAt, Sends: i.Sends, ExpiresAt: i.ExpiresAt,
		Inviter: InvitingColleague{i.Inviter, i.InviterName},
	}}, nil
}
