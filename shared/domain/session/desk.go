package session

import (
	"context"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/limit"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/portal"
	"portero/shared/domain/workspace"
)

// Desk signs people in and out and keeps their passwords, for one actor at one
// instant, in the actor's workspace.
type Desk struct {
	Store Store
	Actor access.Actor
	// Former is the session that the browser still holds and that has run out;
	// zero: none. Nobody is let in by it.
	Former Session
	Cost   password.Cost // of a new hash
	Now    time.Time
}

// Store is what the desk reads and counts. One that is not there is not_found,
// those that are not there are left out.
type Store interface {
	// Entrance reads the workspace, or not_found, and identity and mailbox of an
	// address, zero if they are not there.
	Entrance(ctx context.Context, ws id.Workspace, who id.Identity, k email.Key) (workspace.Workspace, identity.Identity, mailbox.Mailbox, error)
	Portals(ctx context.Context, ws id.Workspace) ([]portal.Portal, error)
	Grants(ctx context.Context, ws id.Workspace, all []grant.Key) (map[grant.Key]grant.Grant, error)
	ContactsOf(ctx context.Context, ws id.Workspace, all []id.Contact) (map[id.Contact]contact.Contact, error)
	Identity(ctx context.Context, ws id.Workspace, who id.Identity) (identity.Identity, error)
	Session(ctx context.Context, ws id.Workspace, who id.Identity, one id.Session) (Session, error)
	LinkedMessage(ctx context.Context, ws id.Workspace, m id.Message, fresh bool) (message.Message, workspace.Workspace, error)
	// Count adds one to a counter's window and reports whether it was still
	// within its limit; Forget starts it anew.
	Count(ctx context.Context, c limit.Counter) (bool, error)
	Forget(ctx context.Context, c limit.Counter) error
	// Counted reads how far a counter's window has come.
	Counted(ctx context.Context, c limit.Counter) (int, error)
	// Commit writes what must not wait for the request to succeed: that it was
	// refused.
	Commit(ctx context.Context, set change.Set) error
}

func (d Desk) ws() id.Workspace { return d.Actor.Workspace }

// entry begins the audit entry of what an identity did about itself. Whoever
// signs in is nobody yet, so the actor is named here.
func (d Desk) entry(action string, who id.Identity, subject string) audit.Entry {
	e := audit.Of(d.Actor, d.Now, action, subject)
	e.Actor = string(who)
	return e
}
