package apikey

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/workspace"
)

// MaxLife is the longest a key may live: a year (chosen; what never expires is
// never looked at).
const MaxLife = 366 * 24 * time.Hour

// The faults of making a key.
var (
	ErrScope  = fault.New(fault.Invalid, "scope_unknown", "A scope is a permission that keys may have; take one from the list.")
	ErrAbove  = fault.New(fault.Invalid, "scope_above_yours", "A key cannot do what you cannot do yourself.")
	ErrExpiry = fault.On("expires_at", "expiry_malformed", "A key ends at an instant ahead, at most 366 days from now, such as 2027-11-23T08:00:00Z.")
)

// Desk is where admins make and revoke keys. It returns what must become true;
// it never writes.
type Desk struct {
	Store Store
	Actor access.Actor
	Now   time.Time // UTC, whole seconds
}

// Store is what a Desk reads from.
type Store interface {
	// APIKey reads one, or not_found.
	APIKey(ctx context.Context, ws id.Workspace, k id.APIKey) (Key, error)
}

// Draft is a key to be made.
type Draft struct {
	Name      string
	Scopes    []access.Permission
	ExpiresAt time.Time
}

// Create makes a key and its token, which is shown once. name_malformed,
// scope_unknown, scope_above_yours, expiry_malformed.
func (d Desk) Create(draft Draft) (Key, Token, change.Set, error) {
	var set change.Set
	name, err := workspace.Named("name", draft.Name)
	if err != nil {
		return Key{}, Token{}, set, err
	}
	k := Key{ID: id.New[id.APIKey](d.Now), Workspace: d.Actor.Workspace, Name: name, Creator: d.Actor.Identity, CreatedAt: d.Now,
		ExpiresAt: draft.ExpiresAt.UTC().Truncate(time.Second), Scopes: slices.Compact(slices.Sorted(slices.Values(draft.Scopes)))}
	if err := d.scopes(draft.Scopes); err != nil {
		return k, Token{}, set, err
	}
	if !k.ExpiresAt.After(d.Now) || k.ExpiresAt.After(d.Now.Add(MaxLife)) {
		return k, Token{}, set, ErrExpiry
	}
	token := newToken(k.Workspace, k.Creator, k.ID)
	k.Hash = token.hash()
	set.Insert(k)
	set.Insert(Use{Workspace: k.Workspace, Key: k.ID, ExpiresAt: k.ExpiresAt})
	entry := audit.Of(d.Actor, d.Now, "apikey.created", string(k.ID))
	entry.After = map[string]string{"scopes": words(k.Scopes), "expires_at": k.ExpiresAt.Format(time.RFC3339)}
	set.Insert(entry)
	return k, token, set, nil
}

// scopes refuses, each by its place, what no key may have and what the actor has
// not.
func (d Desk) scopes(all []access.Permission) error {
	if len(all) == 0 {
		return fault.On("scopes", ErrScope.Code, ErrScope.Detail)
	}
	for n, p := range all {
		at := fmt.Sprintf("scopes[%d]", n)
		switch {
		case !access.Delegable(p):
			return fault.On(at, ErrScope.Code, ErrScope.Detail)
		case !access.May(d.Actor, p):
			return fault.On(at, ErrAbove.Code, ErrAbove.Detail)
		}
	}
	return nil
}

// Again gives a key another secret; the former is dead: the repeat of a request
// whose answer was lost. not_found for one that is not active any more.
func (d Desk) Again(ctx context.Context, one id.APIKey) (Key, Token, change.Set, error) {
	var set change.Set
	k, err := d.Store.APIKey(ctx, d.Actor.Workspace, one)
	if err == nil && k.StateAt(d.Now) != Active {
		err = fault.NotYours()
	}
	if err != nil {
		return k, Token{}, set, err
	}
	token := newToken(k.Workspace, k.Creator, k.ID)
	k.Hash = token.hash()
	set.Replace(k)
	set.Insert(audit.Of(d.Actor, d.Now, "apikey.reissued", string(k.ID)))
	return k, token, set, nil
}

// Revoke ends a key with its next request; once more changes nothing. not_found.
func (d Desk) Revoke(ctx context.Context, one id.APIKey) (Key, change.Set, error) {
	var set change.Set
	k, err := d.Store.APIKey(ctx, d.Actor.Workspace, one)
	if err != nil || !k.RevokedAt.IsZero() {
		return k, set, err
	}
	k.RevokedAt = d.Now
	set.Replace(k)
	set.Insert(audit.Of(d.Actor, d.Now, "apikey.revoked", string(one)))
	return k, set, nil
}

func words(all []access.Permission) string {
	texts := make([]string, len(all))
	for n, p := range all {
		texts[n] = string(p)
	}
	return strings.Join(texts, " ")
}
