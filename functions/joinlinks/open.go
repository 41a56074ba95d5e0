package joinlinks

import (
	"context"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/joinlink"
	"portero/shared/domain/link"
	"portero/shared/domain/look"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

const becauseOfLink = "the secret of the shared link, which is in the body, says where it leads."

// Open shows the holder of a join link where it leads. It changes nothing.
var Open = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "joinlinks/open", Summary: "Show where a join link leads.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.JoinLink, schema.Workspace, schema.Portal}},
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Update}, Kinds: []schema.Kind{schema.Counter}},
		}},
	},
	Method: "POST", Path: "/v1/joinlinks/open",
	Auth: contract.Link, Because: becauseOfLink,
	NoIdempotency: true, // it changes nothing
	// A class or a meeting may follow one link from behind one address (chosen;
	// no evidence).
	Limit:  contract.Limit{Requests: 3600, Per: time.Minute, ByNetwork: true},
	Faults: []fault.Code{link.ErrUnknown.Code},
}, open)

// Followed is a body that holds nothing but a join link's token.
type Followed struct {
	Token string `json:"token" doc:"What stands behind the # of the link." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.jln_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
}

type following struct{ Body Followed }

// LinkToken makes the link the caller.
func (in following) LinkToken() string { return in.Body.Token }

// Entrance is what the holder of a join link sees.
type Entrance struct {
	State       joinlink.State `json:"state" enum:"open,not_yet,over,full,off"`
	Workspace   id.Workspace   `json:"workspace"`
	Firm        string         `json:"firm"`
	Portal      Gate           `json:"portal"`
	Language    string         `json:"language"`
	Zone        string         `json:"zone"`
	TimeFormat  string         `json:"time_format"`
	Country     string         `json:"country"`
	Approval    bool           `json:"approval" doc:"The firm approves first."`
	Domains     []string       `json:"domains" doc:"Of addresses that may join; none: any."`
	From        *time.Time     `json:"from,omitempty"`
	MinPassword int            `json:"min_password"`
	SignedIn    *Joiner        `json:"signed_in" doc:"Who is signed in here, or null."`
	Look        *look.Face     `json:"look,omitempty" doc:"The firm's look; absent: Portero's own."`
}

// Gate is where a join link leads.
type Gate struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Joiner is who is signed in.
type Joiner struct {
	Address email.Address `json:"address"`
}

func open(ctx context.Context, a *app.App, call web.Call, in *following) (web.Reply[Entrance], error) {
	token, err := link.Parse(in.Body.Token)
	if err != nil {
		return web.Reply[Entrance]{}, err
	}
	v, err := guest(a).View(ctx, token, visitor(call))
	if err != nil {
		return web.Reply[Entrance]{}, err
	}
	settings := v.Firm.Settings
	out := Entrance{
		State: v.State, Workspace: v.Firm.ID, Firm: v.Firm.Name, Portal: Gate{Name: v.Portal.Name, Title: v.Portal.Title},
		Language: settings.Language, Zone: settings.Zone, TimeFormat: settings.TimeFormat, Country: settings.Country,
		Approval: v.Link.Approval, Domains: append([]string{}, v.Link.Domains...), From: when(v.Link.From), MinPassword: settings.MinPassword,
		Look: v.Firm.Look.Face(v.Firm.ID),
	}
	if call.Actor.Kind == access.Person {
		out.SignedIn = &Joiner{Address: call.Identity.Address}
	}
	return web.Reply[Entrance]{Body: out}, nil
}
