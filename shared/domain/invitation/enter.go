package invitation

import (
	"cmp"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
)

// Entry is what a person supplies who accepts.
type Entry struct {
	Password password.Plain // empty for whoever is signed in
	// SignIn says that the password is the one the address has already: for who
	// has one and cannot sign in anywhere yet, or any more.
	SignIn  bool
	Name    string // empty: as the firm knows them
	Profile identity.Profile
}

// Check refuses a name or profile that is not acceptable: name_malformed and
// the codes of identity.Profile.Check.
func (e Entry) Check() error {
	if e.Name != "" {
		if err := workspace.CheckName("name", e.Name); err != nil {
			return err
		}
	}
	return e.Profile.Check("profile")
}

// Entrance is what accepting comes to.
type Entrance struct {
	Identity identity.Identity
	Home     Home
	Session  session.Session // zero if there is nothing to enter yet: see Home
	Token    session.Token   // of the session
	Change   change.Set
}

// Home is where a person lands.
type Home string

// The homes.
const (
	HomeConsole Home = "console"
	HomePortal  Home = "portal"
)

// entering is an invitation being accepted by somebody who has proved that the
// address is theirs.
type entering struct {
	offered
	company
	visitor Visitor
	entry   Entry
	hash    password.Hash // what was chosen; empty: the identity has one
}

// enter makes the person a member, or staff: the invitation accepted, the
// address's identity made or raised, its grants theirs, a session, the audit
// entry and the notice to the inviter; all or nothing.
func (e entering) enter() (Entrance, error) {
	now := e.visitor.Now
	if e.offer.Kind == Client && e.firm.Settings.Owns(e.offer.Key) && !e.offer.Test {
		return Entrance{}, workspace.ErrOwn
	}
	accepted, err := e.offer.Accept(now)
	if err != nil {
		return Entrance{}, err
	}
	var set change.Set
	set.Replace(accepted)
	firm, who, isNew, err := e.person()
	if err != nil {
		return Entrance{}, err
	}
	e.box.Identity = who.ID
	e.box.Release(e.offer.Portal, e.offer.ID).Save(&set)
	if isNew {
		set.Insert(who)
	} else if who != e.who {
		set.Replace(who)
	}
	if firm.Admins != e.firm.Admins {
		set.Replace(firm)
	}
	using, may := e.take(&set, who.ID)
	out := Entrance{Identity: who, Home: home(e.offer.Kind)}
	if may {
		facts := session.Facts{Device: e.visitor.Device, From: e.visitor.Actor.From, Zone: e.offer.Zone}
		out.Session, out.Token = session.Start(e.firm, who, using, facts, now)
		set.Insert(out.Session)
	}
	audit.File(&set, e.trail(who, accepted), accepted.Accounts()...)
	if listens(e.inviter) && e.inviter.ID != who.ID {
		e.inviter.Tell(&set, e.firm, e.notice(e.inviter, message.Accepted, now), now)
	}
	out.Change = set
	return out, nil
}

// person is the address's identity as accepting leaves it, and whether it is
// new, with the firm, which counts its admins. A password is set where there is none, never changed; a level is raised,
// never lowered; what the person chooses now goes before what they chose then.
func (e entering) person() (firm workspace.Workspace, who identity.Identity, isNew bool, err error) {
	firm, who, isNew = e.firm, e.who, e.who.ID == ""
	if isNew {
		who = identity.New(e.firm.ID, e.offer.Address, "", e.visitor.Now)
		who.Test = e.offer.Test
	}
	who.Name = cmp.Or(who.Name, e.entry.Name, e.offer.Name)
	who.Profile = e.entry.Profile.Or(who.Profile)
	if isNew {
		who.Profile = who.Profile.Or(e.spoken())
	}
	if e.hash != "" && !who.HasPassword() {
		who = who.SetPassword(e.hash)
	}
	if e.offer.Kind == Staff {
		firm, who, err = identity.Relevel(firm, who, higher(who.Level, e.offer.Level))
		return firm, who, isNew, err
	}
	return firm, who.Joined(), isNew, nil
}

// spoken is what the firm knew of the person's language and zone, where it is
// not the workspace's: theirs until they choose.
func (e entering) spoken() identity.Profile {
	var p identity.Profile
	if e.offer.Language != e.firm.Settings.Language {
		p.Language = e.offer.Language
	}
	if e.offer.Zone != e.firm.Settings.Zone {
		p.Zone = e.offer.Zone
	}
	return p
}

// take makes the offered grants theirs and returns the one to enter with; false
// if none lets anybody in today. Staff enter without one.
func (e entering) take(set *change.Set, who id.Identity) (using grant.Grant, may bool) {
	if e.offer.Kind == Staff {
		return grant.Grant{}, true
	}
	zone, err := localtime.Load(e.firm.ZoneOf(e.offer.Zone))
	for _, g := range e.grants {
		g = g.Accept(who, e.visitor.Now)
		set.Replace(g)
		if !may && err == nil && g.Active(e.visitor.Now, zone) {
			using, may = g, true
		}
	}
	return using, may
}

func (e entering) trail(who identity.Identity, accepted Invitation) audit.Entry {
	actor := e.visitor.Actor
	actor.Identity = who.ID // they have proved it
	entry := audit.Of(actor, e.visitor.Now, "invitation.accepted", string(e.offer.ID))
	entry.Before = map[string]string{"state": string(Pending)}
	entry.After = map[string]string{"state": string(accepted.State), "identity": string(who.ID)}
	if e.offer.Kind == Staff {
		entry.Before["level"], entry.After["level"] = level(e.who.Level), level(who.Level)
	}
	return entry
}

func home(k Kind) Home {
	if k == Staff {
		return HomeConsole
	}
	return HomePortal
}

// higher returns the level that may do more.
func higher(a, b access.Level) access.Level {
	if a == access.Admin || b == access.Admin {
		return access.Admin
	}
	return cmp.Or(a, b)
}

// level writes a level out, none included.
func level(l access.Level) string { return cmp.Or(string(l), "none") }
