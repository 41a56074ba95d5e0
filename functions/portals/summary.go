package portals

import (
	"cmp"
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/localtime"
	"portero/shared/domain/page"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
	"portero/shared/domain/workspace"
	"portero/shared/dynamo"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Summary shows a portal's whole configuration in one answer (row Z8).
var Summary = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "portals/summary", Summary: "Show a portal's whole configuration: roles with their seats, join links that work, and the settings that hold there.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Portal, schema.Workspace}},
			{Table: schema.Core, Ops: []contract.Op{contract.Query}, Kinds: []schema.Kind{schema.Role, schema.JoinLink}},
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Seat}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/portals/{portal}/summary",
	Auth: contract.Session, Needs: access.PortalRead,
}, summary)

const (
	// linksLooked is how many of a portal's join links are looked at: as many as one
	// query is sure to read (chosen; a firm with more is told that there are).
	linksLooked = 1000
	// linksShown is how many of those that work are in the answer: a page.
	linksShown = page.Size
)

// PortalSummary is all that is set up for a portal.
type PortalSummary struct {
	Portal    PortalItem          `json:"portal"`
	Roles     []SummaryRole       `json:"roles" doc:"Oldest first."`
	Decide    []access.Permission `json:"permissions" doc:"The closed list of what roles decide."`
	JoinLinks SummaryLinks        `json:"join_links"`
	Settings  SummarySettings     `json:"settings" doc:"Of the workspace, as far as they are about who comes in here."`
}

// SummaryRole is a role with its seats.
type SummaryRole struct {
	ID        id.Role             `json:"id"`
	Name      string              `json:"name"`
	For       role.For            `json:"for" enum:"contacts,leads"`
	Default   bool                `json:"default"`
	Seats     int                 `json:"seats"`
	SeatsUsed int                 `json:"seats_used"`
	May       []access.Permission `json:"may"`
	Converts  id.Role             `json:"converts_to,omitempty" doc:"Of a role for leads: the one for contacts that its holders move to."`
	Arriving  []id.Job            `json:"arriving,omitempty" doc:"The jobs that rewrite behind roles whose people moved to this one, until they are done: it cannot be deleted meanwhile."`
}

// SummaryLinks are the portal's join links that work.
type SummaryLinks struct {
	On    int           `json:"on" doc:"How many work now."`
	More  bool          `json:"more" doc:"There are so many links that not all were looked at."`
	Items []SummaryLink `json:"items" doc:"The newest of those that work, at most 50."`
}

// SummaryLink is one of them.
type SummaryLink struct {
	ID       id.JoinLink `json:"id"`
	Label    string      `json:"label,omitempty"`
	Role     id.Role     `json:"role"`
	Uses     int         `json:"uses"`
	MaxUses  int         `json:"max_uses,omitempty"`
	Approval bool        `json:"approval"`
}

// SummarySettings are those of the workspace that hold at the portal's door.
type SummarySettings struct {
	Firm          string   `json:"firm"`
	Language      string   `json:"language"`
	Zone          string   `json:"zone"`
	Validity      string   `json:"validity" doc:"How long invitations are open."`
	AccessBy      string   `json:"access_by" enum:"link,credentials"`
	CodeSignIn    bool     `json:"code_sign_in"`
	MinPassword   int      `json:"min_password"`
	MembersInvite bool     `json:"members_invite"`
	SupportDates  bool     `json:"support_dates"`
	OwnDomains    []string `json:"own_domains"`
	Paused        bool     `json:"paused" doc:"Whether the firm's mail is held back."`
}

func summary(ctx context.Context, a *app.App, call web.Call, in *GetPortal) (web.Reply[PortalSummary], error) {
	var none web.Reply[PortalSummary]
	ws := call.Actor.Workspace
	p, err := a.Store.Portal(ctx, ws, in.Portal)
	if err != nil {
		return none, err
	}
	w, err := a.Store.Workspace(ctx, ws)
	if err != nil {
		return none, err
	}
	all, moving, err := a.Store.RolesWithMoves(ctx, ws, p.ID)
	if err != nil {
		return none, err
	}
	counts, err := a.Store.SeatCounts(ctx, ws, page.Each(all, func(r role.Role) id.Role { return r.ID }))
	if err != nil {
		return none, err
	}
	links, next, err := a.Store.JoinLinks(ctx, ws, dynamo.Shared{Portal: p.ID}, page.Ask{Limit: linksLooked, Now: call.Now})
	if err != nil {
		return none, err
	}
	out := PortalSummary{Portal: item(a, p), Roles: summed(w, all, moving, counts), Decide: access.ByRole(), Settings: holding(w), JoinLinks: SummaryLinks{More: next != "", Items: []SummaryLink{}}}
	for _, l := range links {
		if l.StateAt(call.Now) != joinlink.Open {
			continue
		}
		if out.JoinLinks.On++; out.JoinLinks.On <= linksShown {
			out.JoinLinks.Items = append(out.JoinLinks.Items, SummaryLink{ID: l.ID, Label: l.Label, Role: l.Role, Uses: l.Uses, MaxUses: l.MaxUses, Approval: l.Approval})
		}
	}
	return web.Reply[PortalSummary]{Body: out}, nil
}

func summed(w workspace.Workspace, all, moving []role.Role, counts map[id.Role]seat.Count) []SummaryRole {
	return page.Each(all, func(r role.Role) SummaryRole {
		var arriving []id.Job
		for _, from := range moving {
			if from.Moved == r.ID {
				arriving = append(arriving, from.Job)
			}
		}
		return SummaryRole{ID: r.ID, Name: r.Name, For: r.For, Default: r.Default, Seats: r.Limit(), SeatsUsed: counts[r.ID].Used,
			May: r.Allows(), Converts: w.Settings.LeadRoles[r.ID], Arriving: arriving}
	})
}

func holding(w workspace.Workspace) SummarySettings {
	s := w.Settings
	validity := s.Validity
	if validity.IsZero() {
		validity.Days = localtime.DefaultValidityDays
	}
	return SummarySettings{Firm: w.Name, Language: s.Language, Zone: s.Zone, Validity: validity.String(), AccessBy: cmp.Or(s.AccessBy, "link"),
		CodeSignIn: s.CodeSignIn, MinPassword: s.MinPassword, MembersInvite: s.MembersInvite, SupportDates: s.SupportDates,
		OwnDomains: append([]string{}, s.OwnDomains...), Paused: w.Paused != nil}
}
