package optouts

import (
	"context"
	"net/http"
	"net/url"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/web"
)

// Open leads whoever follows a List-Unsubscribe in a browser, since their mail
// program does not post it (RFC 8058), to the page that asks before it does. It
// reads and changes nothing: scanners follow every address of a mail.
var Open = app.Endpoint(contract.Endpoint{
	Function: contract.Function{Name: "optouts/open", Summary: "Lead to the page that stops mail."},
	Method:   http.MethodGet, Path: "/v1/unsubscribe", Status: http.StatusSeeOther,
	Auth: contract.Public, Because: "people follow it from a mail; it does nothing but lead to a page.",
}, open)

// Leave is what a mail's List-Unsubscribe holds; the page shows whether it is
// any good.
type Leave struct {
	Token string `query:"u" required:"true" doc:"The token of the mail's List-Unsubscribe." example:"ws_01jd0h5m3w8q4v9x2c6k7n1t5z.msg_01jd0h5m3w8q4v9x2c6k7n1t5z.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
}

func open(_ context.Context, _ *app.App, _ web.Call, in *Leave) (web.Reply[web.None], error) {
	return web.Reply[web.None]{Location: "/unsubscribe?u=" + url.QueryEscape(in.Token)}, nil
}
