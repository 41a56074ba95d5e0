package joinlinks

import (
	"context"
	"slices"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/web"
)

// Change changes or switches a link off; it counts from the next request on.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/change", Summary: "Change a join link, or switch it off and on.",
		Uses: contract.Uses{Tables: keeps},
	},
	Method: "PATCH", Path: "/v1/workspaces/{workspace}/joinlinks/{joinlink}",
	Auth: contract.Session, Needs: access.JoinLinkManage,
	Faults: slices.Concat(wrongField, []fault.Code{"instant_malformed"}),
}, change)

// LinkEdit is what may be changed; what is left out stays.
type LinkEdit struct {
	Label    *string   `json:"label,omitempty" maxLength:"80" code:"label_malformed" example:"Spring newsletter"`
	From     *string   `json:"from,omitempty" maxLength:"40" code:"instant_malformed" doc:"RFC 3339; an empty text takes the limit away."`
	Until    *string   `json:"until,omitempty" maxLength:"40" code:"instant_malformed" doc:"RFC 3339, not including; an empty text takes the limit away."`
	MaxUses  *int      `json:"max_uses,omitempty" doc:"0 takes the limit away."`
	Domains  *[]string `json:"domains,omitempty" maxItems:"50" code:"too_many_domains" doc:"An empty list lets any address join."`
	Approval *bool     `json:"approval,omitempty"`
	Off      *bool     `json:"off,omitempty"`
}

type changing struct {
	Workspace id.Workspace `path:"workspace"`
	JoinLink  id.JoinLink  `path:"joinlink"`
	Body      LinkEdit
}

func change(ctx context.Context, a *app.App, call web.Call, in *changing) (web.Reply[Shared], error) {
	from, err := instant("from", in.Body.From)
	if err != nil {
		return web.Reply[Shared]{}, err
	}
	until, err := instant("until", in.Body.Until)
	if err != nil {
		return web.Reply[Shared]{}, err
	}
	l, set, err := desk(a, call).Change(ctx, in.JoinLink, joinlink.Edit{
		Label: in.Body.Label, From: from, Until: until, MaxUses: in.Body.MaxUses, Domains: in.Body.Domains,
		Approval: in.Body.Approval, Off: in.Body.Off,
	})
	return web.Reply[Shared]{Body: shown(l, call.Now), Change: set}, err
}
