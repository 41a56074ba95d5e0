package web

import (
	"encoding/json"
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
	// Former is the session that the caller shows and that has run out; nobody is
	// signed in by it, but the device is known.
	Former  session.Session
	Now     time.Time // UTC, whole seconds
	Network string    // the caller's network: an IPv4 address or an IPv6 /64
	Agent   string    // what the browser calls itself, cut to 120 bytes
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
	// Location is where a row whose status is a redirect sends the browser.
	Location string
	// SignOut removes the browser's cookie of the workspace.
	SignOut bool
	// Committed says that the handler has written by itself (bulk rows); the
	// answer is remembered all the same.
	Committed bool
}

// Hand gives a session's token to its holder: a cookie to a browser that asks
// for one, else the text of the body where it belongs. The zero token is none.
func (r *Reply[O]) Hand(t session.Token, cookie bool, text *string) {
	switch {
	case t.Zero():
	case cookie:
		r.Cookie = t
	default:
		*text = t.Reveal()
	}
}

// None is the answer of rows that have none: 204.
type None struct{}

// Secretive is implemented by answers that carry a secret.
type Secretive[O any] interface{ WithoutSecret() O }

// Answer is a Reply whose type is forgotten.
type Answer struct {
	Reply[any]
	Kept any // the body without its secret; nil: the body
}

// AnswerOf forgets the type of a reply.
func AnswerOf[O any](r Reply[O]) Answer {
	return Answer{Reply: Reply[any]{
		Body: r.Body, Status: r.Status, Change: r.Change, Cookie: r.Cookie, Location: r.Location, SignOut: r.SignOut, Committed: r.Committed,
	}}
}

// encode returns the body, nil where there is none, and what is kept of it
// under an idempotency key.
func (a Answer) encode() (body, kept []byte, err error) {
	switch b := a.Body.(type) {
	case None:
		return nil, nil, nil
	case File:
		return b.Bytes, nil, nil
	}
	if body, err = json.Marshal(a.Body); err != nil || a.Kept == nil {
		return body, body, err
	}
	kept, err = json.Marshal(a.Kept)
	return body, kept, err
}

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
