package web

import (
	"context"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/link"
	"portero/shared/domain/session"
)

// Call is who asks, when and how; a handler gets it beside its input.
type Call struct {
	Actor    access.Actor
	Identity identity.Identity // of a signed-in actor, as just read
	Session  session.Session   // likewise
	Now      time.Time         // UTC, whole seconds
	Network  string            // the caller's network: an IPv4 address or an IPv6 /64
	Agent    string            // what the browser calls itself, cut to 120 bytes
	// Key is set for a request made with an Idempotency-Key: a digest of
	// caller, row and key, from which bulk rows derive their identifiers.
	Key string
}

// Reply is what a handler answers and what must become true first.
type Reply[O any] struct {
	Body   O
	Status int        // 0 means the row's
	Change change.Set // committed, with the idempotency record, before the answer is given
	// Cookie is set in the browser when not zero.
	Cookie session.Token
	// SignOut removes the browser's cookie of the workspace.
	SignOut bool
	// Committed says that the handler has written by itself (bulk rows); the
	// answer is remembered all the same.
	Committed bool
}

// Do is a handler: it loads, decides and replies. It may run several times for
// one request, until its change meets the state it was decided on.
type Do[I, O any] func(ctx context.Context, call Call, in *I) (Reply[O], error)

// Again answers a repeat of a request whose answer carries a secret: the same
// object, a new secret, the former one revoked.
type Again[I, O any] func(ctx context.Context, call Call, in *I, prior O) (Reply[O], error)

// None is the answer of rows that have none: 204.
type None struct{}

// Secretive is implemented by answers that carry a secret.
type Secretive[O any] interface{ WithoutSecret() O }

// Linked is implemented by inputs whose workspace and caller come from a link.
type Linked interface{ LinkToken() string }

// workspaceOf returns the workspace a request is about, from its path or its
// link; it chooses the cookie and decides nothing.
func workspaceOf(pathWorkspace string, in any) id.Workspace {
	if pathWorkspace != "" {
		return id.Workspace(pathWorkspace)
	}
	if l, ok := in.(Linked); ok {
		if t, err := link.Parse(l.LinkToken()); err == nil {
			return t.Workspace
		}
	}
	return ""
}
