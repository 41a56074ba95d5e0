package logos

import (
	"context"
	"encoding/base64"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/look"
	"portero/shared/web"
)

// Change gives the firm an image, or another one.
var Change = app.Endpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "logos/change", Summary: "Give the firm a logo, for its mails and pages.",
		Uses: writing(contract.Get, contract.Put),
	},
	Method: http.MethodPut, Path: "/v1/workspaces/{workspace}/logo",
	Auth: contract.Session, Needs: access.WorkspaceChange,
	MaxBodyBytes: maxBody,
	Faults:       []fault.Code{look.ErrLogoImage.Code, look.ErrLogoSize.Code},
}, change)

// maxBody is the largest image in Base64 (RFC 4648: four characters for three
// bytes) with the JSON around it; one that is somewhat too large is still told so.
const maxBody = look.MaxLogoBytes/3*4 + 32<<10

// ChangeLogo is the image.
type ChangeLogo struct {
	Workspace id.Workspace `path:"workspace"`
	Body      NewLogo
}

// NewLogo is an image in Base64: API Gateway hands bytes to Lambda so in any case.
type NewLogo struct {
	Image string `json:"image" example:"iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQMAAAAlPW0iAAAAA1BMVEUdTthVdjWUAAAADElEQVR42mNgIA0AAAAwAAEodEl9AAAAAElFTkSuQmCC" doc:"PNG, JPEG or WebP in Base64 (RFC 4648 §4): 64,000 bytes and 2,000 pixels each way at most. What it is, its bytes say. WebP is not shown in mails, since Outlook shows none."`
}

func change(ctx context.Context, a *app.App, call web.Call, in *ChangeLogo) (web.Reply[look.Face], error) {
	raw, err := base64.StdEncoding.DecodeString(in.Body.Image)
	if err != nil {
		return web.Reply[look.Face]{}, look.ErrLogoImage.Because(err)
	}
	w, set, err := desk(a, call).ChangeLogo(ctx, raw)
	if err != nil {
		return web.Reply[look.Face]{}, err
	}
	return web.Reply[look.Face]{Body: *w.Look.Face(w.ID), Change: set}, nil
}
