package identity

import (
	"errors"
	"strings"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/email"
	"portero/shared/domain/factor"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/password"
	"portero/shared/domain/workspace"
)

// New makes the identity of an address in a workspace, to be inserted: nobody
// yet, without password, level or membership.
func New(ws id.Workspace, a email.Address, name string, now time.Time) Identity {
	return Identity{ID: IDOf(ws, a.Key()), Workspace: ws, Address: a, Key: a.Key(), Name: name, CreatedAt: now}
}

// HasPassword reports whether somebody can sign in as this identity.
func (i Identity) HasPassword() bool { return i.Password != "" }

// Active reports whether the identity may have sessions at all.
func (i Identity) Active() bool { return i.Deactivated.IsZero() }

// SetPassword gives the identity a password and ends every session it had.
func (i Identity) SetPassword(h password.Hash) Identity {
	i.Password = h
	return i.EndSessions()
}

// Rehash replaces the stored form of the same password; sessions go on.
func (i Identity) Rehash(h password.Hash) Identity {
	i.Password = h
	return i
}

// WithFactor gives the identity a second factor as it is now; nil takes it away.
func (i Identity) WithFactor(f *factor.Factor) Identity {
	i.Factor = f
	return i
}

// EndSessions ends all sessions of the identity at once, in one write.
func (i Identity) EndSessions() Identity {
	i.Generation++
	return i
}

// Joined marks the identity as a member: a grant has let it in. Sessions go on.
func (i Identity) Joined() Identity {
	i.Member = true
	return i
}

// Leveled gives the identity a staff level and, if that is another one, ends
// its sessions.
func (i Identity) Leveled(l access.Level) Identity {
	if i.Level == l {
		return i
	}
	i.Level = l
	if i.Serves() {
		i.Successor = ""
	}
	return i.EndSessions()
}

// Serves reports whether the identity is staff who may sign in: somebody to whom
// things may belong, and who hears of them.
func (i Identity) Serves() bool { return i.Level != access.None && i.Active() }

// CheckPassword refuses a password that is not good enough to be the only
// factor of a person of this workspace: the codes password_malformed, password_too_short,
// password_too_long, password_common, password_context, password_repetitive, on
// the given field. It hashes nothing.
func CheckPassword(field string, w workspace.Workspace, a email.Address, name string, p password.Plain) error {
	return check(field, password.SingleFactor.Raise(w.Settings.MinPassword), w, a, name, p)
}

// CheckPassword is the same for somebody's next password: whoever has a second
// factor may choose a shorter one, if the workspace says so.
func (i Identity) CheckPassword(field string, w workspace.Workspace, p password.Plain) error {
	return check(field, password.Policy{MinLength: i.MinPassword(w)}, w, i.Address, i.Name, p)
}

// MinPassword is the least length of somebody's next password.
func (i Identity) MinPassword(w workspace.Workspace) int {
	if i.Factor == nil || w.Settings.MinPasswordSecond == 0 {
		return password.SingleFactor.Raise(w.Settings.MinPassword).MinLength
	}
	return password.SecondFactor.Raise(w.Settings.MinPasswordSecond).MinLength
}

// CheckOnly refuses with password_too_short, on the given field, a password that
// must not be the only factor of anybody.
func CheckOnly(field string, p password.Plain) error {
	if !password.SingleFactor.Short(p) {
		return nil
	}
	weak := password.Weak{Reason: password.TooShort, MinLength: password.SingleFactor.MinLength}
	return fault.On(field, "password_too_short", weak.Public())
}

// check knows what an attacker tries first for this person: their own address, as
// typed and as mailed, whole and in its halves, besides both names.
func check(field string, pol password.Policy, w workspace.Workspace, a email.Address, name string, p password.Plain) error {
	local, domain, _ := strings.Cut(string(a), "@")
	err := pol.Check(p, w.Name, name, string(a), a.ASCII(), local, domain, a.Domain())
	var weak *password.Weak
	if errors.As(err, &weak) {
		return fault.On(field, fault.Code("password_"+weak.Reason), weak.Public())
	}
	return err
}

// ErrLastAdmin says that a workspace would be left without an admin.
var ErrLastAdmin = fault.New(fault.Conflict, "last_admin", "This is the last administrator. Make somebody else an administrator first.")

// Relevel gives an identity a staff level and keeps the workspace's count of
// admins true: both are to be written in one transaction, so that the last admin
// cannot leave whatever races. last_admin if none would be left. It is the way
// in as well: a first admin goes from none to admin.
func Relevel(w workspace.Workspace, i Identity, l access.Level) (workspace.Workspace, Identity, error) {
	switch {
	case i.Level == access.Admin && l != access.Admin:
		if w.Admins <= 1 {
			return w, i, ErrLastAdmin
		}
		w.Admins--
	case i.Level != access.Admin && l == access.Admin:
		w.Admins++
	}
	return w, i.Leveled(l), nil
}
