package session_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/limit"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/portal"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
)

// shelf is a store that holds one person, and writes down what it is asked.
type shelf struct {
	w      workspace.Workspace
	who    identity.Identity
	grants map[grant.Key]grant.Grant
	box    mailbox.Mailbox
	calls  []string
}

func (s *shelf) note(call string) { s.calls = append(s.calls, call) }

func (s *shelf) Entrance(_ context.Context, _ id.Workspace, who id.Identity, _ email.Key) (workspace.Workspace, identity.Identity, mailbox.Mailbox, error) {
	s.note("Entrance")
	if who != s.who.ID {
		return s.w, identity.Identity{}, mailbox.Mailbox{}, nil
	}
	return s.w, s.who, s.box, nil
}

func (s *shelf) Portals(context.Context, id.Workspace) ([]portal.Portal, error) {
	s.note("Portals")
	return []portal.Portal{{ID: "por_a", Name: "vega"}}, nil
}

func (s *shelf) Grants(context.Context, id.Workspace, []grant.Key) (map[grant.Key]grant.Grant, error) {
	s.note("Grants")
	return s.grants, nil
}

func (s *shelf) ContactsOf(context.Context, id.Workspace, []id.Contact) (map[id.Contact]contact.Contact, error) {
	s.note("ContactsOf")
	return nil, nil
}

func (s *shelf) Identity(context.Context, id.Workspace, id.Identity) (identity.Identity, error) {
	s.note("Identity")
	return s.who, nil
}

func (s *shelf) Session(context.Context, id.Workspace, id.Identity, id.Session) (session.Session, error) {
	return session.Session{}, fault.NotYours()
}

func (s *shelf) LinkedMessage(context.Context, id.Workspace, id.Message, bool) (message.Message, workspace.Workspace, error) {
	return message.Message{}, s.w, fault.NotYours()
}

func (s *shelf) Count(context.Context, limit.Counter) (bool, error) {
	s.note("Count")
	return true, nil
}

func (s *shelf) Counted(context.Context, limit.Counter) (int, error) {
	s.note("Counted")
	return 0, nil
}

func (s *shelf) Commit(context.Context, change.Set) error {
	s.note("Commit")
	return nil
}

func (s *shelf) Forget(context.Context, limit.Counter) error {
	s.note("Forget")
	return nil
}

var cheap = password.Cost{MemoryKiB: 8, Time: 1, Threads: 1}

const typed = password.Plain("correct horse battery staple 7")

// known is a shelf with a member whose password was hashed at a cost.
func known(t *testing.T, cost password.Cost) *shelf {
	t.Helper()
	w := firm()
	hash, err := password.New(typed, cost, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	who := identity.New(w.ID, "eva@client.example", "Eva", now).SetPassword(hash).Joined()
	g := grant.Grant{Workspace: w.ID, Account: "acc_a", Contact: "con_a", Portal: "por_a", Role: "rol_a", Identity: who.ID, SignIn: true, AcceptedAt: now}
	return &shelf{w: w, who: who, grants: map[grant.Key]grant.Grant{g.Key(): g},
		box: mailbox.Mailbox{Workspace: w.ID, Key: who.Key, Contacts: []mailbox.Holder{{Account: "acc_a", Contact: "con_a"}}}}
}

func (s *shelf) signIn(t *testing.T, cost password.Cost, address email.Address, p password.Plain) (session.Entry, change.Set, error) {
	t.Helper()
	d := session.Desk{Store: s, Actor: access.Actor{Workspace: s.w.ID}, Cost: cost, Now: now}
	return d.SignIn(t.Context(), session.Attempt{Address: address, Password: p, Portal: "vega", Network: "192.0.2.1"})
}

func TestD28EveryFailureMakesTheSameCalls(t *testing.T) {
	want := []string{"Entrance", "Portals", "Counted", "Count", "Count", "Count"}
	for says, c := range map[string]struct {
		address email.Address
		spoil   func(*shelf)
	}{
		"a wrong password":              {"eva@client.example", func(*shelf) {}},
		"an unknown address":            {"nobody@client.example", func(*shelf) {}},
		"an address without a password": {"eva@client.example", func(s *shelf) { s.who.Password = "" }},
		"somebody who was deactivated":  {"eva@client.example", func(s *shelf) { s.who.Deactivated = now }},
		"somebody without a grant":      {"eva@client.example", func(s *shelf) { s.grants = nil }},
	} {
		s := known(t, cheap)
		c.spoil(s)
		_, set, err := s.signIn(t, cheap, c.address, "not the password at all")
		if !errors.Is(err, session.ErrSignIn) || !set.Empty() || !slices.Equal(s.calls, want) {
			t.Errorf("%s: %v after %v", says, err, s.calls)
		}
	}
}

func TestAnOutdatedHashIsMadeAnewAtSignIn(t *testing.T) {
	stronger := password.Cost{MemoryKiB: 16, Time: 1, Threads: 1}
	s := known(t, cheap)
	entry, set, err := s.signIn(t, stronger, "eva@client.example", typed)
	if err != nil {
		t.Fatal(err)
	}
	var kept identity.Identity
	for _, w := range set.Writes {
		if i, ok := w.Record.(identity.Identity); ok && w.Op == change.Replace {
			kept = i
		}
	}
	if kept.Password.Outdated(stronger) || kept.Generation != s.who.Generation || entry.Session.Generation != kept.Generation {
		t.Fatal("the hash was not made anew, or sessions were ended by it")
	}
	if ok, err := kept.Password.Verify(typed); err != nil || !ok {
		t.Fatal("it is another password now")
	}
	s.who = kept
	if _, set, err = s.signIn(t, stronger, "eva@client.example", typed); err != nil || len(set.Writes) != 2 {
		t.Fatalf("%d writes, %v", len(set.Writes), err)
	}
}

func TestWithTheRightPasswordOneLearnsWhyNot(t *testing.T) {
	for says, c := range map[string]struct {
		spoil func(*shelf)
		want  error
	}{
		"deactivated":                  {func(s *shelf) { s.who.Deactivated = now }, session.ErrDeactivated},
		"waiting for approval":         {func(s *shelf) { s.who.Member, s.grants = false, nil }, session.ErrWaiting},
		"everything was taken away":    {func(s *shelf) { s.grants = nil }, session.ErrOff},
		"the grant is somebody else's": {func(s *shelf) { s.hold(func(g *grant.Grant) { g.Identity = "idn_x" }) }, session.ErrOff},
		"switched off":                 {func(s *shelf) { s.hold(func(g *grant.Grant) { g.SignIn = false }) }, session.ErrOff},
	} {
		s := known(t, cheap)
		c.spoil(s)
		if _, set, err := s.signIn(t, cheap, "eva@client.example", typed); !errors.Is(err, c.want) || !set.Empty() {
			t.Errorf("%s: %v", says, err)
		}
	}
}

func (s *shelf) hold(change func(*grant.Grant)) {
	for k, g := range s.grants {
		change(&g)
		s.grants[k] = g
	}
}

func TestD28ForgettingCostsTheSameForEverybody(t *testing.T) {
	for says, address := range map[string]email.Address{"known": "eva@client.example", "unknown": "nobody@client.example"} {
		s := known(t, cheap)
		set, err := session.Desk{Store: s, Actor: access.Actor{Workspace: s.w.ID}, Cost: cheap, Now: now}.Forgot(t.Context(), address)
		if err != nil || len(set.Writes) != 1 || !slices.Equal(s.calls, []string{"Entrance", "Count"}) {
			t.Errorf("%s: %d writes after %v, %v", says, len(set.Writes), s.calls, err)
		}
		m, ok := set.Writes[0].Record.(message.Message)
		if !ok || !m.Expires.Equal(now.Add(time.Hour)) || (set.Writes[0].Op == change.Insert) != (says == "known") {
			t.Errorf("%s: %T, operation %d", says, set.Writes[0].Record, set.Writes[0].Op)
		}
	}
}
