package apikeys

import (
	"context"
	"net/http"
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/apikey"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Create makes a key and shows it, once.
var Create = app.SecretEndpoint(contract.Endpoint{
	Function: contract.Function{
		Name: "apikeys/create", Summary: "Make an API key for a program; it is shown once.",
		Uses: contract.Uses{Tables: []contract.Access{reads, puts, trail,
			{Table: schema.Ephemera, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.Session}}}},
	},
	Method: http.MethodPost, Path: "/v1/workspaces/{workspace}/apikeys", Status: http.StatusCreated,
	Auth: contract.Session, Needs: access.APIKeyManage, Secret: true,
	Faults: []fault.Code{"name_malformed", "name_has_link", apikey.ErrScope.Code, apikey.ErrAbove.Code, apikey.ErrExpiry.Code},
}, create, createAgain)

type creating struct {
	Workspace id.Workspace `path:"workspace"`
	Body      KeyDraft
}

// KeyDraft is a key to be made.
type KeyDraft struct {
	Name      string              `json:"name" maxLength:"80" code:"name_malformed" example:"Our CRM"`
	Scopes    []access.Permission `json:"scopes" minItems:"1" maxItems:"40" code:"scope_unknown" example:"[\"contact.read\",\"invitation.read\"]" doc:"Permissions: what the program may do, at most what you may. Never making keys, nor what is about oneself."`
	ExpiresAt string              `json:"expires_at" maxLength:"40" code:"expiry_malformed" example:"2026-12-31T00:00:00Z" doc:"RFC 3339, ahead, at most 366 days."`
}

// Issued is a key with its secret.
type Issued struct {
	APIKey APIKey `json:"apikey"`
	Key    string `json:"key,omitempty" doc:"Send it as Authorization: Bearer. Nobody can read it again."`
}

// WithoutSecret is what is remembered under an idempotency key.
func (i Issued) WithoutSecret() Issued {
	i.Key = ""
	return i
}

func create(_ context.Context, a *app.App, call web.Call, in *creating) (web.Reply[Issued], error) {
	ends, err := time.Parse(time.RFC3339, in.Body.ExpiresAt)
	if err != nil {
		return web.Reply[Issued]{}, apikey.ErrExpiry
	}
	k, token, set, err := desk(a, call).Create(apikey.Draft{Name: in.Body.Name, Scopes: in.Body.Scopes, ExpiresAt: ends})
	if err != nil {
		return web.Reply[Issued]{}, err
	}
	return web.Reply[Issued]{Body: Issued{shown(k, time.Time{}, call.Now), token.Reveal()}, Change: set}, nil
}

// createAgain answers a repeat: the same key with another secret.
func createAgain(ctx context.Context, a *app.App, call web.Call, _ *creating, prior Issued) (web.Reply[Issued], error) {
	k, token, set, err := desk(a, call).Again(ctx, prior.APIKey.ID)
	if err != nil {
		return web.Reply[Issued]{}, err
	}
	return web.Reply[Issued]{Body: Issued{shown(k, time.Time{}, call.Now), token.Reveal()}, Change: set}, nil
}
