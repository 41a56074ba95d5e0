package session_test

import (
	"errors"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
)

var now = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

func firm() workspace.Workspace {
	s := workspace.Defaults()
	s.Zone = "Europe/Madrid"
	return workspace.Workspace{ID: id.New[id.Workspace](now), Name: "Vega", Settings: s}
}

func person(w workspace.Workspace, l access.Level) identity.Identity {
	i := identity.New(w.ID, "eva@client.example", "Eva", now)
	i.Level = l
	return i
}

// held is a grant that lets the identity in.
func held(w workspace.Workspace, who identity.Identity) grant.Grant {
	return grant.Grant{Workspace: w.ID, Account: id.New[id.Account](now), Contact: id.New[id.Contact](now), Portal: id.New[id.Portal](now),
		Role: id.New[id.Role](now), Identity: who.ID, SignIn: true, AcceptedAt: now}
}

func TestHowLongASessionLasts(t *testing.T) {
	w := firm()
	for _, c := range []struct {
		says       string
		level      access.Level
		grant      bool
		idle, life time.Duration
	}{
		{"staff idle an hour and stay twelve", access.Admin, false, time.Hour, 12 * time.Hour},
		{"members idle a day and stay thirty", access.None, true, 24 * time.Hour, 30 * 24 * time.Hour},
		{"staff in a portal stay as long as staff", access.Member, true, time.Hour, 12 * time.Hour},
	} {
		who := person(w, c.level)
		var g grant.Grant
		if c.grant {
			g = held(w, who)
		}
		s, token := session.Start(w, who, g, session.Facts{}, now)
		if !token.Opens(s) || s.Generation != who.Generation || s.Level != c.level {
			t.Fatalf("%s: the token does not open its session", c.says)
		}
		if !s.Live(now.Add(c.idle-time.Second)) || s.Live(now.Add(c.idle)) {
			t.Errorf("%s: idle time", c.says)
		}
		s.SeenAt = now.Add(c.life)
		if !s.Live(now.Add(c.life-time.Second)) || s.Live(now.Add(c.life)) {
			t.Errorf("%s: whole life", c.says)
		}
	}
}

func TestWhatATokenLeadsToCountsFromTheNextRequestOn(t *testing.T) {
	w := firm()
	for _, c := range []struct {
		says  string
		spoil func(*session.Credentials)
		why   error
	}{
		{"the generation was raised", func(c *session.Credentials) { c.Identity = c.Identity.EndSessions() }, session.ErrSignedOut},
		{"the level is another", func(c *session.Credentials) { c.Identity.Level = access.Member }, session.ErrSignedOut},
		{"the identity was deactivated", func(c *session.Credentials) { c.Identity.Deactivated = now }, session.ErrSignedOut},
		{"the session is gone", func(c *session.Credentials) { c.Session = session.Session{} }, session.ErrSignedOut},
		{"the secret was drawn again", func(c *session.Credentials) { c.Session, _ = c.Session.Rekey() }, session.ErrSignedOut},
		{"sign-in is switched off", func(c *session.Credentials) { c.Grant.SignIn = false }, session.ErrSignedOut},
		{"the last day is over", func(c *session.Credentials) { c.Grant.Until = localtime.Date{Year: 2026, Month: 11, Day: 22} }, session.ErrEnded},
		{"the first day is to come", func(c *session.Credentials) { c.Grant.From = localtime.Date{Year: 2026, Month: 12, Day: 1} }, session.ErrNotYet},
		{"the role is gone", func(c *session.Credentials) { c.RoleThere = false }, session.ErrSignedOut},
	} {
		who := person(w, access.None)
		g := held(w, who)
		s, token := session.Start(w, who, g, session.Facts{}, now)
		all := session.Credentials{Session: s, Identity: who, Grant: g, RoleThere: true}
		if all.Admit(token, now) != nil {
			t.Fatal("a good token is refused")
		}
		c.spoil(&all)
		if err := all.Admit(token, now); !errors.Is(err, c.why) {
			t.Errorf("%s: %v, want %v", c.says, err, c.why)
		}
	}
}

func TestTheContactsZoneDecidesTheDay(t *testing.T) {
	w := firm()
	who := person(w, access.None)
	g := held(w, who)
	g.From = localtime.Date{Year: 2026, Month: 11, Day: 24}
	s, token := session.Start(w, who, g, session.Facts{Zone: "Pacific/Auckland"}, now)
	c := session.Credentials{Session: s, Identity: who, Grant: g, RoleThere: true}
	noon := now.Add(4 * time.Hour) // the 24th in Auckland, the 23rd in Madrid
	if c.Admit(token, now) == nil || c.Admit(token, noon) != nil {
		t.Error("the first day does not begin at midnight in Auckland")
	}
}

func FuzzParseToken(f *testing.F) {
	w := firm()
	who := person(w, access.None)
	_, token := session.Start(w, who, held(w, who), session.Facts{}, now)
	_, staff := session.Start(w, person(w, access.Admin), grant.Grant{}, session.Facts{}, now)
	f.Add(token.Reveal())
	f.Add(staff.Reveal())
	f.Add("a.b.c.d.e.f.g.h")
	f.Fuzz(func(t *testing.T, s string) {
		parsed, err := session.ParseToken(s)
		if err == nil && parsed.Reveal() != s {
			t.Fatalf("%q reads as another token", s)
		}
	})
}
