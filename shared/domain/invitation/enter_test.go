package invitation

import (
	"errors"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/password"
	"portero/shared/domain/session"
	"portero/shared/domain/workspace"
)

var entered = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// offer is an open invitation of a small firm to one address, with one grant.
func offer(kind Kind) entering {
	firm := workspace.Workspace{ID: id.New[id.Workspace](entered), Name: "Garrigues & Vega", Settings: workspace.Defaults(), Admins: 1}
	firm.Settings.Language, firm.Settings.Zone = "es", "Europe/Madrid"
	i := Invitation{
		ID: id.New[id.Invitation](entered), Workspace: firm.ID, Kind: kind, Address: "lucia@client.example", Key: "lucia@client.example",
		Name: "Lucía", Language: "es", Zone: "Europe/Madrid", State: Pending, ExpiresAt: entered.Add(time.Hour),
	}
	e := entering{offered: offered{firm: firm, offer: i}, visitor: Visitor{Actor: access.Actor{Kind: access.Link, Workspace: firm.ID}, Now: entered}, hash: "hash"}
	if kind == Staff {
		e.offer.Level = access.Member
	} else {
		e.offer.Portal = id.New[id.Portal](entered)
		o := Offer{Account: id.New[id.Account](entered), Contact: id.New[id.Contact](entered), Role: id.New[id.Role](entered)}
		e.offer.Grants = []Offer{o}
		e.grants = []grant.Grant{{Workspace: firm.ID, Account: o.Account, Contact: o.Contact, Portal: e.offer.Portal, Role: o.Role, SignIn: true, Invitation: i.ID, Version: 1}}
	}
	e.box = mailbox.Mailbox{Workspace: firm.ID, Key: i.Key, Version: 1}.Hold(e.offer.Portal, i.ID)
	return e
}

// one returns the only record of a type in a set, and what is done to it.
func one[T any](t *testing.T, set change.Set) (T, change.Op) {
	t.Helper()
	var found T
	n, op := 0, change.Op(0)
	for _, w := range set.Writes {
		if r, ok := w.Record.(T); ok {
			found, op = r, w.Op
			n++
		}
	}
	if n != 1 {
		t.Fatalf("%d of %T in the set", n, found)
	}
	return found, op
}

func count[T any](set change.Set) (n int) {
	for _, w := range set.Writes {
		if _, ok := w.Record.(T); ok {
			n++
		}
	}
	return n
}

func TestAcceptingForTheFirstTimeWritesSixThingsTogether(t *testing.T) {
	e := offer(Client)
	e.entry = Entry{Name: "Lucía Ortega", Profile: identity.Profile{Zone: "America/Lima"}}
	out, err := e.enter()
	if err != nil || out.Home != HomePortal || out.Token.Zero() || len(out.Change.Writes) != 6 {
		t.Fatalf("%v, %d writes", err, len(out.Change.Writes))
	}
	who, op := one[identity.Identity](t, out.Change)
	if op != change.Insert || who.ID != identity.IDOf(e.firm.ID, e.offer.Key) || who.Name != "Lucía Ortega" || !who.Member || who.Password != "hash" ||
		who.Profile != (identity.Profile{Zone: "America/Lima"}) || who.Level != access.None {
		t.Errorf("identity: %v %+v", op, who)
	}
	if i, op := one[Invitation](t, out.Change); op != change.Replace || i.State != Accepted || !i.EndedAt.Equal(entered) || i.Next != (Due{}) {
		t.Errorf("invitation: %v %+v", op, i)
	}
	if box, op := one[mailbox.Mailbox](t, out.Change); op != change.Replace || box.Identity != who.ID || len(box.Open) != 0 {
		t.Errorf("mailbox: %v %+v", op, box)
	}
	if g, op := one[grant.Grant](t, out.Change); op != change.Replace || !g.AcceptedBy(who.ID) {
		t.Errorf("grant: %v %+v", op, g)
	}
	s, op := one[session.Session](t, out.Change)
	if op != change.Insert || s.Identity != who.ID || s.Generation != who.Generation || s.Grant.Role != e.offer.Grants[0].Role || !out.Token.Opens(s) {
		t.Errorf("session: %v %+v", op, s)
	}
	if entry, _ := one[audit.Entry](t, out.Change); entry.Action != "invitation.accepted" || entry.Subject != string(e.offer.ID) || entry.Actor != string(who.ID) {
		t.Errorf("audit: %+v", entry)
	}
}

func TestTheInviterHearsOfItUnlessTheyWantNoSuchMail(t *testing.T) {
	for name, c := range map[string]struct {
		inviter identity.Identity
		want    int
	}{
		"staff":            {identity.Identity{ID: "idn_1", Address: "ana@firm.example", Level: access.Admin}, 1},
		"nobody":           {identity.Identity{}, 0},
		"who has left":     {identity.Identity{ID: "idn_1", Address: "ana@firm.example"}, 0},
		"who was closed":   {identity.Identity{ID: "idn_1", Level: access.Admin, Deactivated: entered}, 0},
		"who wants quiet ": {identity.Identity{ID: "idn_1", Level: access.Admin, Profile: identity.Profile{Quiet: true}}, 0},
	} {
		e := offer(Client)
		e.inviter = c.inviter
		out, err := e.enter()
		if err != nil || count[message.Message](out.Change) != c.want {
			t.Errorf("%s: %v, %d notices", name, err, count[message.Message](out.Change))
		}
	}
}

func TestAcceptingNeverChangesAPasswordNorLowersALevel(t *testing.T) {
	for name, c := range map[string]struct {
		kind     Kind
		had      access.Level
		offered  access.Level
		want     access.Level
		admins   int
		password password.Hash
	}{
		"a client who is nobody yet":        {Client, access.None, access.None, access.None, 0, "own"},
		"staff who become clients, too":     {Client, access.Admin, access.None, access.Admin, 0, "own"},
		"a client who becomes staff":        {Staff, access.None, access.Member, access.Member, 0, "own"},
		"a client who becomes admin":        {Staff, access.None, access.Admin, access.Admin, 1, "own"},
		"a member of staff who is raised":   {Staff, access.Member, access.Admin, access.Admin, 1, "own"},
		"an admin whom a member is offered": {Staff, access.Admin, access.Member, access.Admin, 0, "own"},
		"somebody without a password":       {Client, access.None, access.None, access.None, 0, ""},
	} {
		e := offer(c.kind)
		e.offer.Level = c.offered
		e.who = identity.New(e.firm.ID, e.offer.Address, "Lucía", entered)
		e.who.Level, e.who.Password, e.who.Version = c.had, c.password, 1
		out, err := e.enter()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := c.password
		if want == "" {
			want = "hash"
		}
		if string(out.Identity.Password) != string(want) || out.Identity.Level != c.want || out.Session.Generation != out.Identity.Generation {
			t.Errorf("%s: %q, %q", name, string(out.Identity.Password), out.Identity.Level)
		}
		if got := count[workspace.Workspace](out.Change); got != c.admins {
			t.Errorf("%s: the workspace counts %d admins more", name, got)
		}
		if c.had != access.None && c.had != c.want && out.Identity.Generation == e.who.Generation {
			t.Errorf("%s: sessions of the former level go on", name)
		}
	}
}

func TestWithoutAGrantThatLetsThemInTodayThereIsNoSession(t *testing.T) {
	for name, change := range map[string]func(*grant.Grant){
		"switched off": func(g *grant.Grant) { g.SignIn = false },
		"not yet":      func(g *grant.Grant) { g.From = localtime.Date{Year: 2026, Month: 11, Day: 24} },
		"over":         func(g *grant.Grant) { g.Until = localtime.Date{Year: 2026, Month: 11, Day: 22} },
	} {
		e := offer(Client)
		change(&e.grants[0])
		out, err := e.enter()
		if err != nil || !out.Token.Zero() || out.Session.ID != "" || count[session.Session](out.Change) != 0 {
			t.Errorf("%s: %v %v", name, err, out.Session)
		}
		if g, _ := one[grant.Grant](t, out.Change); !g.AcceptedBy(out.Identity.ID) {
			t.Errorf("%s: the grant is not theirs", name)
		}
	}
}

func TestWhatIsOverCannotBeEntered(t *testing.T) {
	for state, want := range map[State]error{Accepted: ErrAccepted, Declined: ErrDeclined, Cancelled: ErrCancelled, Expired: ErrExpired} {
		e := offer(Client)
		e.offer.State = state
		if out, err := e.enter(); !errors.Is(err, want) || !out.Change.Empty() {
			t.Errorf("%s: %v", state, err)
		}
	}
	e := offer(Client)
	e.visitor.Now = e.offer.ExpiresAt
	if _, err := e.enter(); !errors.Is(err, ErrExpired) {
		t.Errorf("at its end: %v", err)
	}
}

func TestANewerInvitationKeepsTheDoor(t *testing.T) {
	e := offer(Client)
	newer := id.New[id.Invitation](entered.Add(time.Minute))
	e.box = e.box.Hold(e.offer.Portal, newer)
	out, err := e.enter()
	if err != nil {
		t.Fatal(err)
	}
	box, _ := one[mailbox.Mailbox](t, out.Change)
	if held, ok := box.OpenAt(e.offer.Portal); !ok || held != newer {
		t.Errorf("the door: %v", box.Open)
	}
}
