package apikey

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
)

// Key is one key of a workspace. Only the hash of its secret is stored.
type Key struct {
	ID        id.APIKey           `json:"id"`
	Workspace id.Workspace        `json:"ws"`
	Name      string              `json:"name"`
	Scopes    []access.Permission `json:"scopes"`
	Hash      []byte              `json:"hash"`
	Creator   id.Identity         `json:"creator"` // for whom it acts
	CreatedAt time.Time           `json:"created_at"`
	ExpiresAt time.Time           `json:"expires_at"` // valid until, not including
	RevokedAt time.Time           `json:"ended_at,omitempty"`
	Version   int                 `json:"v"`
}

// Use is when a key was last used, to the hour. It is kept apart, where what is
// lost is not missed: a key that was restored from a backup has none.
type Use struct {
	Workspace id.Workspace `json:"ws"`
	Key       id.APIKey    `json:"key"`
	SeenAt    time.Time    `json:"seen_at"`
	ExpiresAt time.Time    `json:"expires_at"` // of the key
	Version   int          `json:"v"`
}

// useEvery is how finely the last use is known: a key in constant use writes
// once an hour (chosen; no evidence).
const useEvery = time.Hour

// State is what a key is good for.
type State string

// The states of a key.
const (
	Active  State = "active"
	Expired State = "expired"
	Revoked State = "revoked"
)

// StateAt is the key's state at now, its creator aside (Of); whether they may still
// come in is asked at each use.
func (k Key) StateAt(now time.Time) State {
	switch {
	case !k.RevokedAt.IsZero():
		return Revoked
	case !now.Before(k.ExpiresAt):
		return Expired
	}
	return Active
}

// Of is the key as what became of its creator leaves it: whoever left staff took
// their keys with them, and comes back without.
func (k Key) Of(creator identity.Identity) Key {
	if k.RevokedAt.IsZero() && creator.ID == k.Creator && !k.CreatedAt.After(creator.LeftAt) {
		k.RevokedAt = creator.LeftAt
	}
	return k
}

// Credentials are what a token leads to, as just read.
type Credentials struct {
	Key     Key
	Creator identity.Identity
	Use     Use
}

// Admit reports whether the token's key is good at now: neither expired nor
// revoked, and its creator still active staff. Whatever changes here counts from
// the next request on.
func (c Credentials) Admit(t Token, now time.Time) bool {
	return c.Key.ID != "" && t.Opens(c.Key) && c.Key.Of(c.Creator).StateAt(now) == Active &&
		c.Creator.ID == c.Key.Creator && c.Creator.Active() && c.Creator.Level != access.None
}

// Unseen reports whether a use at now is to be taken down.
func (c Credentials) Unseen(now time.Time) bool {
	return c.Use.Key != "" && now.Sub(c.Use.SeenAt) >= useEvery
}
