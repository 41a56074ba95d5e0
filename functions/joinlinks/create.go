package joinlinks

import (
	"context"
	"net/http"
	"slices"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/web"
)

// Create makes a link that its holders join by (row F5).
var Create = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/create", Summary: "Make a shareable link that lets its holder join.",
		Uses: contract.Uses{Tables: append([]contract.Access{places, app.SeatsNew}, keeps...)},
	},
	Method: "POST", Path: "/v1/workspaces/{workspace}/joinlinks", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.JoinLinkManage, Secret: true,
	Faults: slices.Concat(wrongPlace, wrongField, []fault.Code{"instant_malformed"}),
}, create, createAgain)

// LinkDraft is a link to be made.
type LinkDraft struct {
	Portal        id.Portal `json:"portal" example:"por_01jd0h5m3w8q4v9x2c6k7n1t5z"`
	Role          id.Role   `json:"role,omitempty" doc:"Left out: the portal's default."`
	Label         string    `json:"label,omitempty" maxLength:"80" code:"label_malformed" doc:"For staff only." example:"Spring newsletter"`
	From          *string   `json:"from,omitempty" maxLength:"40" code:"instant_malformed" doc:"RFC 3339; left out: from now on." example:"2026-11-23T08:00:00Z"`
	Until         *string   `json:"until,omitempty" maxLength:"40" code:"instant_malformed" doc:"RFC 3339, not including; left out: no end."`
	MaxUses       int       `json:"max_uses,omitempty" doc:"How many may join; left out: any number." example:"20"`
	Domains       []string  `json:"domains,omitempty" maxItems:"50" code:"too_many_domains" doc:"Domains of addresses that may join; left out: any."`
	Approval      bool      `json:"approval,omitempty" doc:"Staff approve first."`
	CreateContact bool      `json:"create_contact,omitempty" doc:"Whoever joins becomes a contact; else a lead." example:"true"`
}

type creating struct {
	Workspace id.Workspace `path:"workspace"`
	Body      LinkDraft
}

func create(ctx context.Context, a *app.App, call web.Call, in *creating) (web.Reply[Copyable], error) {
	from, err := instant("from", in.Body.From)
	if err != nil {
		return web.Reply[Copyable]{}, err
	}
	until, err := instant("until", in.Body.Until)
	if err != nil {
		return web.Reply[Copyable]{}, err
	}
	l, token, set, err := desk(a, call).Create(ctx, joinlink.Draft{
		Portal: in.Body.Portal, Role: in.Body.Role, Label: in.Body.Label, From: orZero(from), Until: orZero(until), MaxUses: in.Body.MaxUses,
		Domains: in.Body.Domains, Approval: in.Body.Approval, CreateContact: in.Body.CreateContact,
	})
	if err != nil {
		return web.Reply[Copyable]{}, err
	}
	return web.Reply[Copyable]{Body: copyable(a, l, token, call.Now), Change: set}, nil
}

// createAgain answers a repeat: the same link with another secret.
func createAgain(ctx context.Context, a *app.App, call web.Call, _ *creating, prior Copyable) (web.Reply[Copyable], error) {
	return resetting(ctx, a, call, prior.JoinLink.ID)
}

func resetting(ctx context.Context, a *app.App, call web.Call, one id.JoinLink) (web.Reply[Copyable], error) {
	l, token, set, err := desk(a, call).Reset(ctx, one)
	if err != nil {
		return web.Reply[Copyable]{}, err
	}
	return web.Reply[Copyable]{Body: copyable(a, l, token, call.Now), Change: set}, nil
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
