package secondfactors

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/password"
	"portero/shared/web"
)

// Renew draws the recovery codes anew.
var Renew = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "secondfactors/renew", Summary: "Draw one's recovery codes anew; the former are dead.",
		Uses: contract.Uses{Hashing: true, Tables: reading}, MemoryMiB: contract.HashMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/me/second-factor/recovery-codes",
	Auth: contract.Session, Needs: access.OwnSessions, Secret: true,
	Faults: shown,
}, renew, codesAgain)

// Shown shows who asks.
type Shown struct {
	Workspace id.Workspace `path:"workspace"`
	Body      PasswordAndCode
}

// PasswordAndCode are both factors.
type PasswordAndCode struct {
	Password password.Plain `json:"password" maxLength:"1024" code:"password_too_long" example:"the doorman knows my face"`
	Code     string         `json:"code" maxLength:"40" code:"second_factor_wrong" example:"AAAA-BBBB-CCCC-DDDD-EEEE-FFFF" doc:"Of the app, or a recovery code."`
}

func renew(ctx context.Context, a *app.App, call web.Call, in *Shown) (web.Reply[RecoveryCodes], error) {
	return handed(desk(a, call).RenewCodes(ctx, in.Body.Code, in.Body.Password))
}
