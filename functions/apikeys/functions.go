package apikeys

import (
	"time"

	"portero/shared/app"
	"portero/shared/contract"
	"portero/shared/domain/access"
	"portero/shared/domain/apikey"
	"portero/shared/domain/id"
	"portero/shared/dynamo/schema"
	"portero/shared/web"
)

// Functions are this resource's.
var Functions = []app.Function{Create, List, Revoke}

var (
	reads = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Get}, Kinds: []schema.Kind{schema.APIKey}}
	puts  = contract.Access{Table: schema.Core, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.APIKey}}
	trail = contract.Access{Table: schema.Audit, Ops: []contract.Op{contract.Put}, Kinds: []schema.Kind{schema.AuditEntry}}
)

func desk(a *app.App, call web.Call) apikey.Desk {
	return apikey.Desk{Store: a.Store, Actor: call.Actor, Now: call.Now}
}

// APIKey is a key as admins see it. Its secret is not in it.
type APIKey struct {
	ID        id.APIKey           `json:"id"`
	Name      string              `json:"name"`
	Scopes    []access.Permission `json:"scopes"`
	State     apikey.State        `json:"state" enum:"active,expired,revoked" doc:"revoked also once its creator has left staff, for good; an active key of somebody deactivated lets nobody in either."`
	Creator   id.Identity         `json:"creator" doc:"For whom it acts, and never beyond what they may do."`
	CreatedAt time.Time           `json:"created_at"`
	ExpiresAt time.Time           `json:"expires_at" doc:"Valid until, not including."`
	RevokedAt *time.Time          `json:"revoked_at,omitempty"`
	UsedAt    *time.Time          `json:"used_at,omitempty" doc:"When it was last used, to the hour; left out if it was not."`
}

func shown(k apikey.Key, used time.Time, now time.Time) APIKey {
	return APIKey{ID: k.ID, Name: k.Name, Scopes: k.Scopes, State: k.StateAt(now), Creator: k.Creator, CreatedAt: k.CreatedAt,
		ExpiresAt: k.ExpiresAt, RevokedAt: when(k.RevokedAt), UsedAt: when(used)}
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
