package secondfactors

import (
	"context"
	"net/http"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/factor"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/password"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// SetUp begins a second factor, once its app has shown a code.
var SetUp = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "secondfactors/setup", Summary: "Set up a second factor; every other session ends, and the recovery codes are shown once.",
		Uses: contract.Uses{Hashing: true, Tables: append([]contract.Access{mailed,
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Session}},
		}, reading...)},
		MemoryMiB: contract.HashMemoryMiB,
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/me/second-factor",
	Auth: contract.Session, Needs: access.OwnEntry, Secret: true,
	Faults: []fault.Code{"sign_in_failed", "secret_malformed", "second_factor_wrong", "second_factor_there", "second_factor_staff_only"},
}, setUp, codesAgain)

// FirstCode is a code of the new app, with the secret it is of.
type FirstCode struct {
	Workspace id.Workspace `path:"workspace"`
	Body      SecretAndCode
}

// SecretAndCode show that the app has the secret, and who asks.
type SecretAndCode struct {
	Secret   string         `json:"secret" maxLength:"64" code:"secret_malformed" example:"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" doc:"As secondfactors/begin answered."`
	Code     string         `json:"code" maxLength:"40" code:"second_factor_wrong" example:"123456" doc:"That the app shows now."`
	Password password.Plain `json:"password" maxLength:"1024" code:"password_too_long" example:"the doorman knows my face" doc:"One's own: the secret is stored under it, and for nobody else to read."`
}

// RecoveryCodes are shown once.
type RecoveryCodes struct {
	RecoveryCodes []string `json:"recovery_codes,omitempty" doc:"Each works once in place of the app's code. They are shown now and never again."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (RecoveryCodes) WithoutSecret() RecoveryCodes { return RecoveryCodes{} }

func setUp(ctx context.Context, a *app.App, call web.Call, in *FirstCode) (web.Reply[RecoveryCodes], error) {
	s, err := factor.ParseSecret(in.Body.Secret)
	if err != nil {
		return web.Reply[RecoveryCodes]{}, err
	}
	return handed(desk(a, call).SetUp(ctx, s, in.Body.Code, in.Body.Password))
}

func codesAgain[I any](ctx context.Context, a *app.App, call web.Call, _ *I, _ RecoveryCodes) (web.Reply[RecoveryCodes], error) {
	return handed(desk(a, call).CodesAgain(ctx))
}

func handed(codes []factor.Recovery, set change.Set, err error) (web.Reply[RecoveryCodes], error) {
	out := web.Reply[RecoveryCodes]{Change: set}
	for _, c := range codes {
		out.Body.RecoveryCodes = append(out.Body.RecoveryCodes, c.Reveal())
	}
	return out, err
}
