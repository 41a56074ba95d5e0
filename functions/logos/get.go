package logos

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/look"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Get shows a firm's image.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "logos/get", Summary: "Show a firm's logo. The address of a former one shows the present one, so that mails that were sent keep theirs.",
		Uses: contract.Uses{Tables: []contract.Access{
			{Table: schema.Core, Ops: []contract.Op{contract.Batch}, Kinds: []schema.Kind{schema.Logo}},
		}},
	},
	Method: http.MethodGet, Path: "/v1/logos/{workspace}/{version}",
	Auth: contract.Public, Because: "mail programs and the sign-in page show it before anybody is signed in.",
	Media: look.Media(),
}, get)

// GetLogo names one.
type GetLogo struct {
	Workspace id.Workspace `path:"workspace"`
	Version   look.Version `path:"version" example:"0123456789abcdef"`
}

// How long an image is kept by whoever shows it: the one that was asked for never
// changes (RFC 8246 §2; a year is the usual upper end), another may tomorrow.
const (
	keepThis  = "public, max-age=31536000, immutable"
	keepOther = "public, max-age=3600"
)

func get(ctx context.Context, a *app.App, _ web.Call, in *GetLogo) (web.Reply[web.File], error) {
	var none web.Reply[web.File]
	if !in.Version.Valid() {
		return none, fault.NotYours()
	}
	logo, err := a.Store.ShownLogo(ctx, in.Workspace)
	if err != nil {
		return none, err
	}
	keep := keepOther
	if logo.Name == in.Version {
		keep = keepThis
	}
	return web.Reply[web.File]{Body: web.File{Media: logo.Media, Bytes: logo.Bytes, Keep: keep}}, nil
}
