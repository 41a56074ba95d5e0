package invitations

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/invitation"
	"portero/shared/domain/link"
	"portero/shared/domain/look"
	"portero/shared/web"
)

// Open shows the holder of a link what it leads to. It changes nothing, sets no
// cookie and answers every wrong token alike, so scanners may open as often as
// they like.
var Open = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "invitations/open", Summary: "Show what an invitation's link leads to.",
		Uses: contract.Uses{Tables: []contract.Access{reads, counts}},
	},
	Method: "POST", Path: "/v1/invitations/open",
	Auth: contract.Link, Because: becauseOfLink, Limit: often,
	NoIdempotency: true, // it changes nothing
	Faults:        codesOf(link.ErrUnknown),
}, open)

// Opened is what the invitee sees. Of an invitation that is over, name, note,
// source, role and accounts are left out.
type Opened struct {
	State         invitation.State `json:"state" enum:"pending,accepted,declined,cancelled,expired"`
	Kind          invitation.Kind  `json:"kind" enum:"client,staff"`
	Workspace     id.Workspace     `json:"workspace"`
	Firm          string           `json:"firm"`
	Portal        *Door            `json:"portal,omitempty" doc:"Where it leads; not for staff."`
	PortalURL     string           `json:"portal_url,omitempty"`
	Level         access.Level     `json:"level,omitempty" doc:"Of an invitation to staff."`
	Role          string           `json:"role,omitempty"`
	Accounts      []string         `json:"accounts" doc:"The companies it is about."`
	InviterName   string           `json:"inviter_name,omitempty"`
	InviterAt     string           `json:"inviter_at,omitempty" doc:"The account of the inviter, who is a client too; left out where the firm invites."`
	Address       email.Address    `json:"address"`
	Name          string           `json:"name,omitempty"`
	Note          string           `json:"note,omitempty" doc:"The personal message: text, never markup."`
	Source        string           `json:"source,omitempty" doc:"Where the firm got the address."`
	Language      string           `json:"language"`
	Zone          string           `json:"zone"`
	TimeFormat    string           `json:"time_format"`
	Country       string           `json:"country"`
	ExpiresAt     time.Time        `json:"expires_at" doc:"Valid until, not including."`
	Newer         bool             `json:"newer" doc:"A later mail exists; this link works all the same."`
	ProvesMailbox bool             `json:"proves_mailbox" doc:"False for a copied link: a code will be mailed."`
	HasIdentity   bool             `json:"has_identity" doc:"Then accepting means signing in."`
	SignedIn      *Present         `json:"signed_in" doc:"Who is signed in here, or null."`
	MinPassword   int              `json:"min_password"`
	Look          *look.Face       `json:"look,omitempty" doc:"The firm's look; absent: Portero's own."`
}

// Door is where an invitation leads.
type Door struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Present is who is signed in.
type Present struct {
	Address email.Address `json:"address"`
	Same    bool          `json:"same" doc:"It is the invited address."`
}

func open(ctx context.Context, a *app.App, call web.Call, in *held) (web.Reply[Opened], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[Opened]{}, err
	}
	view, err := guest(a).View(ctx, token, visitor(call))
	if err != nil {
		return web.Reply[Opened]{}, err
	}
	return web.Reply[Opened]{Body: opened(view, call, a.Config.BaseURL)}, nil
}

func opened(v invitation.View, call web.Call, base string) Opened {
	i, settings := v.Offer, v.Firm.Settings
	out := Opened{
		State: v.State, Kind: i.Kind, Workspace: i.Workspace, Firm: v.Firm.Name, Level: i.Level, Role: v.Role,
		Accounts: append([]string{}, v.Accounts...), InviterName: i.InviterName, InviterAt: i.InviterAt, Address: i.Address, Name: i.Name, Note: i.Note,
		Source: i.Source, Language: v.Firm.LanguageOf(i.Language), Zone: v.Firm.ZoneOf(i.Zone), TimeFormat: settings.TimeFormat,
		Country: settings.Country, ExpiresAt: i.ExpiresAt, Newer: v.Newer, ProvesMailbox: v.ProvesMailbox,
		HasIdentity: v.HasIdentity, MinPassword: settings.MinPassword, Look: v.Firm.Look.Face(i.Workspace),
	}
	if i.Kind == invitation.Client {
		out.Portal, out.PortalURL = &Door{Name: v.Portal.Name, Title: v.Portal.Title}, base+"/p/"+v.Portal.Name
	}
	if v.SignedIn {
		out.SignedIn = &Present{Address: call.Identity.Address, Same: v.Same}
	}
	return out
}
