package health

import (
	"context"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Get}

// Get answers while the API can be reached. It touches no table: a health
// check that fails with its database takes the pages down with it.
var Get = app.Endpoint(contract.Endpoint{
	Function: contract.Function{Name: "health/get", Summary: "Say that the API is there."},
	Method:   "GET", Path: "/v1/health",
	Auth: contract.Public, Because: "it says nothing but that it is there.",
}, get)

// Health is the answer.
type Health struct {
	Status string `json:"status" enum:"ok"`
}

func get(context.Context, *app.App, web.Call, *struct{}) (web.Reply[Health], error) {
	return web.Reply[Health]{Body: Health{Status: "ok"}}, nil
}
