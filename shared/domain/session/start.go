package session

import (
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/workspace"
)

// Facts are what is known of a browser or program that signs in.
type Facts struct {
	Device string // what it calls itself
	From   string // its network address
	Zone   string // the contact's zone, if known: the grant's dates are read in it; empty: the workspace's
}

// Start signs somebody in at now: a new session, to be inserted, and the token
// for its holder. The grant in use is zero for whoever enters the console. An
// identity with a staff level has staff's lifetimes wherever it enters; the
// identity must be as it will be stored, since a session counts only while its
// generation and level are the identity's. It panics only if the system has no
// randomness.
func Start(w workspace.Workspace, who identity.Identity, g grant.Grant, f Facts, now time.Time) (Session, Token) {
	idle, life := w.Settings.MemberIdle, w.Settings.MemberLife
	if who.Level != access.None {
		idle, life = w.Settings.StaffIdle, w.Settings.StaffLife
	}
	s := Session{
		ID: id.New[id.Session](now), Workspace: w.ID, Identity: who.ID, Generation: who.Generation,
		Level: who.Level, Grant: using(g), Zone: w.ZoneOf(f.Zone), IdleMin: idle,
		CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(time.Duration(life) * time.Minute),
		Device: f.Device, From: f.From, Owes: owed(w, who),
	}
	t, hash := NewToken(w.ID, who.ID, s.ID, s.Grant)
	s.Hash = hash
	return s, t
}

// owed is what somebody must do who signs in: staff set up the second factor
// that their workspace asks for, or the one that they lost.
func owed(w workspace.Workspace, who identity.Identity) access.Debt {
	if who.Level != access.None && (who.Factor == nil && w.Settings.SecondFactor || who.Factor != nil && who.Factor.Lost()) {
		return access.OwesSecondFactor
	}
	return ""
}

// using is a grant as sessions and tokens carry it.
func using(g grant.Grant) access.Grant {
	if g.Account == "" {
		return access.Grant{}
	}
	return access.Grant{Account: g.Account, Contact: g.Contact, Portal: g.Portal, Role: g.Role}
}
