package invitation

import (
	"context"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/workspace"
)

// Desk is where one member of staff, at one instant, invites and looks after
// invitations. It loads, decides and returns what must become true; it never
// writes. It is made per request and not safe for concurrent use.
type Desk struct {
	Store Store
	Actor access.Actor
	// Self is the actor's identity: whoever invites here is the inviter.
	Self identity.Identity
	Now  time.Time // UTC, whole seconds
	// Override sends although the workspace's mail is held back.
	Override bool
	// host is the member who invites here, not staff; nil: staff do.
	host *host
}

// held returns mail_paused while the workspace's mail is held back (reliability
// D15), unless the actor says that it is to go out all the same.
func (d Desk) held(w workspace.Workspace) error {
	if w.Paused != nil && !d.Override {
		return ErrPaused
	}
	return nil
}

// read begins with the workspace and whatever else is wanted, and refuses with
// not_allowed a member of staff whose workspace does not let members invite
// (rows F7, Z18).
func (d Desk) read(ctx context.Context, w Wanted) (Found, error) {
	w.Workspace = true
	var f Found
	if err := f.add(ctx, d.Store, d.ws(), w); err != nil {
		return f, err
	}
	if access.NeedsSwitch(d.Actor, access.InvitationSend) && !f.Workspace.Settings.MembersInvite {
		return f, fault.NotAllowed()
	}
	return f, nil
}

func (d Desk) ws() id.Workspace { return d.Actor.Workspace }

// may reports whether the actor may look after an invitation of this kind: one
// to staff gives a level, so it needs what giving levels needs.
func (d Desk) may(k Kind) bool { return k != Staff || access.May(d.Actor, access.StaffManage) }

// entry begins the audit entry of something done to an invitation here.
func (d Desk) entry(action string, i id.Invitation) audit.Entry {
	return audit.Of(d.Actor, d.Now, "invitation."+action, string(i))
}
