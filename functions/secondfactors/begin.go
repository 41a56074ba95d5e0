package secondfactors

import (
	"context"
	"crypto/rand"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/factor"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Begin draws the secret of a new app. Nothing is stored: it counts once a code
// of it was shown to secondfactors/setup.
var Begin = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "secondfactors/begin", Summary: "Draw the secret of an authenticator app, with the QR code to photograph.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.Workspace}},
		}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/me/second-factor/begin",
	Auth: contract.Session, Needs: access.OwnEntry, NoIdempotency: true,
}, begin)

// Mine is a request of a signed-in person about themselves.
type Mine struct {
	Workspace id.Workspace `path:"workspace"`
}

// NewSecret is a secret to put into an app.
type NewSecret struct {
	Secret string  `json:"secret" doc:"In base32: to type into the app, and to send to secondfactors/setup."`
	Link   string  `json:"link" doc:"An otpauth: link; opens the app on the same device."`
	QR     Picture `json:"qr"`
}

// Picture is a QR code as the path of an SVG.
type Picture struct {
	Size int    `json:"size" doc:"Modules to a side: the SVG's viewBox, without the quiet zone."`
	Path string `json:"path" doc:"Fills the dark modules."`
}

// WithoutSecret is what may be remembered.
func (NewSecret) WithoutSecret() NewSecret { return NewSecret{} }

func begin(ctx context.Context, a *app.App, call web.Call, _ *Mine) (web.Reply[NewSecret], error) {
	var none web.Reply[NewSecret]
	w, err := a.Store.Workspace(ctx, call.Actor.Workspace)
	if err != nil {
		return none, err
	}
	s, err := factor.NewSecret(rand.Reader)
	if err != nil {
		return none, err
	}
	link := s.Link(w.Name, string(call.Identity.Address))
	p, err := factor.Draw(link)
	return web.Reply[NewSecret]{Body: NewSecret{Secret: s.Reveal(), Link: link, QR: Picture(p)}}, err
}
