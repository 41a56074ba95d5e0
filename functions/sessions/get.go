package sessions

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
	"portero/shared/web"
)

// Get says who is signed in, and what they may enter (rows T9, Z11).
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "sessions/get", Summary: "Say who is signed in and what they may enter.",
		Uses: contract.Uses{Tables: doors},
	},
	Method: http.MethodGet, Path: "/v1/workspaces/{workspace}/sessions/current",
	Auth: contract.Session, Needs: access.OwnEntry,
}, get)

// Mine is a request of a signed-in person about themselves.
type Mine struct {
	Workspace id.Workspace `path:"workspace"`
}

// Whoami is the person, their session, the firm and the grants.
type Whoami struct {
	Identity  WhoamiPerson    `json:"identity"`
	Session   WhoamiSession   `json:"session"`
	Workspace WhoamiFirm      `json:"workspace"`
	Grant     *WhoamiGrant    `json:"grant,omitempty" doc:"The grant in use; left out for staff in the console."`
	Grants    []WhoamiOffered `json:"grants" doc:"Everything that may be entered now; see sessions/switch."`
}

// WhoamiPerson is the signed-in person.
type WhoamiPerson struct {
	ID      id.Identity   `json:"id"`
	Address string        `json:"address"`
	Name    string        `json:"name"`
	Level   access.Level  `json:"level" enum:",member,admin" doc:"The staff level; empty for clients."`
	Profile WhoamiProfile `json:"profile"`
	// SecondFactor is left out for whoever has none.
	SecondFactor *WhoamiFactor `json:"second_factor,omitempty" doc:"The second factor; left out where there is none."`
}

// WhoamiFactor is a person's second factor.
type WhoamiFactor struct {
	Since         time.Time `json:"since"`
	App           bool      `json:"app" doc:"false: it was lost with a password that was set anew by mail; recovery codes only."`
	RecoveryCodes int       `json:"recovery_codes" doc:"How many are left."`
}

// WhoamiProfile is what a person chose; empty means the workspace's.
type WhoamiProfile struct {
	Language   string `json:"language"`
	TimeFormat string `json:"time_format"`
	Zone       string `json:"zone"`
	Country    string `json:"country"`
	Chosen     bool   `json:"chosen" doc:"Whether the person has been through the welcome step."`
	Quiet      bool   `json:"quiet" doc:"No mails but those that are needed to sign in."`
	// Notices is how staff hear what became of invitations.
	Notices identity.Hearing `json:"notices,omitempty" enum:"each,digest,none" doc:"Of staff: how they hear what became of invitations; left out: of each."`
}

// WhoamiSession is the session in use.
type WhoamiSession struct {
	ID        id.Session `json:"id"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	// Owes is what must be done before anything else.
	Owes access.Debt `json:"owes,omitempty" enum:"password,second_factor" doc:"What must be done before anything else: choose another password (passwords/change), or set up a second factor (secondfactors/setup). Until then every other row answers sign_in_unfinished."`
}

// WhoamiFirm is the workspace, as everybody in it may know it.
type WhoamiFirm struct {
	ID          id.Workspace `json:"id"`
	Name        string       `json:"name"`
	Language    string       `json:"language"`
	Zone        string       `json:"zone"`
	TimeFormat  string       `json:"time_format"`
	Country     string       `json:"country"`
	MinPassword int          `json:"min_password" doc:"For this person's next password."`
	// SecondFactor says that staff must have one.
	SecondFactor bool `json:"second_factor" doc:"Whether the firm asks all staff for a second factor."`
}

// WhoamiNamed is a thing and its name.
type WhoamiNamed[T id.ID] struct {
	ID   T      `json:"id"`
	Name string `json:"name"`
}

// WhoamiPortal is a portal.
type WhoamiPortal struct {
	ID    id.Portal `json:"id"`
	Name  string    `json:"name"`
	Title string    `json:"title"`
}

// WhoamiColleague is whom to ask.
type WhoamiColleague struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
}

// WhoamiOffered is a grant that may be entered.
type WhoamiOffered struct {
	Account WhoamiNamed[id.Account] `json:"account"`
	Contact WhoamiNamed[id.Contact] `json:"contact"`
	Portal  WhoamiPortal            `json:"portal"`
	Role    WhoamiNamed[id.Role]    `json:"role"`
	Current bool                    `json:"current"`
}

// WhoamiGrant is the grant in use.
type WhoamiGrant struct {
	WhoamiOffered
	Owner     *WhoamiColleague `json:"owner,omitempty" doc:"To whom what the client creates belongs: whom to ask."`
	InvitedBy *WhoamiColleague `json:"invited_by,omitempty"`
	Invites   bool             `json:"invites" doc:"Whether the person may invite others to the account (colleagues/create)."`
}

func get(ctx context.Context, a *app.App, call web.Call, _ *Mine) (web.Reply[Whoami], error) {
	who := call.Identity
	w, _, box, err := a.Store.Entrance(ctx, call.Actor.Workspace, who.ID, who.Key)
	if err != nil {
		return web.Reply[Whoami]{}, err
	}
	out := Whoami{Identity: person(who), Session: stay(call.Session), Workspace: firm(w, who), Grants: []WhoamiOffered{}}
	if len(box.Contacts) == 0 {
		return web.Reply[Whoami]{Body: out}, nil
	}
	portals, err := a.Store.Portals(ctx, w.ID)
	if err != nil {
		return web.Reply[Whoami]{}, err
	}
	found, err := desk(a, call).Doors(ctx, w, who, box, portals)
	if err != nil {
		return web.Reply[Whoami]{}, err
	}
	names, err := namesOf(ctx, a, w, found)
	if err != nil {
		return web.Reply[Whoami]{}, err
	}
	for _, door := range found {
		if door.State != grant.Active {
			continue
		}
		offered := names.offered(door, call.Actor.Grant)
		out.Grants = append(out.Grants, offered)
		if offered.Current {
			owner, inviter := names.colleagues(w, door.Grant)
			out.Grant = &WhoamiGrant{WhoamiOffered: offered, Owner: owner, InvitedBy: inviter,
				Invites: w.Settings.Colleagues && access.May(call.Actor, access.ColleagueInvite)}
		}
	}
	return web.Reply[Whoami]{Body: out}, nil
}

func stay(s session.Session) WhoamiSession {
	return WhoamiSession{s.ID, s.CreatedAt, s.ExpiresAt, s.Owes}
}

func person(who identity.Identity) WhoamiPerson {
	p := who.Profile
	out := WhoamiPerson{ID: who.ID, Address: string(who.Address), Name: who.Name, Level: who.Level,
		Profile: WhoamiProfile{p.Language, p.TimeFormat, p.Zone, p.Country, p.Chosen, p.Quiet, p.Notices}}
	if f := who.Factor; f != nil {
		out.SecondFactor = &WhoamiFactor{f.Since, !f.Lost(), len(f.Codes)}
	}
	return out
}

func firm(w workspace.Workspace, who identity.Identity) WhoamiFirm {
	s := w.Settings
	return WhoamiFirm{w.ID, w.Name, s.Language, s.Zone, s.TimeFormat, s.Country, who.MinPassword(w), s.SecondFactor}
}
