package invitation

import (
	"context"
	"errors"
	"slices"
	"testing"

	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/email"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/portal"
	"portero/shared/domain/role"
	"portero/shared/domain/seat"
)

// shelf holds a workspace's things in memory, for the rules of the desk; the
// store itself is tried by the scenarios.
type shelf struct {
	Found
	messages []message.Message
	entries  []audit.Entry
	history  []History
	past     []contact.History
	seats    map[seat.Key]seat.Seat
	counts   map[id.Role]seat.Count
}

// Known answers as the store does: what is asked for and is there.
func (s *shelf) Known(_ context.Context, _ id.Workspace, w Wanted) (Found, error) {
	return Found{
		Workspace: s.Workspace, Portals: only(s.Portals, w.Portals), Roles: only(s.Roles, w.Roles), Accounts: only(s.Accounts, w.Accounts),
		Contacts: only(s.Contacts, w.Contacts), Identities: only(s.Identities, w.Identities), Mailboxes: only(s.Mailboxes, w.Mailboxes),
		Alike:       only(s.Alike, w.Alike),
		Invitations: only(s.Invitations, w.Invitations), Grants: only(s.Grants, w.Grants),
	}, nil
}

// Seats answers as the store does.
func (s *shelf) Seats(_ context.Context, _ id.Workspace, wanted []seat.Key) (seat.Plan, error) {
	plan := seat.Plan{Roles: s.Roles, Counts: s.counts, Seats: map[seat.Key]seat.Seat{}}
	for _, k := range wanted {
		if one, ok := s.seats[k]; ok {
			plan.Seats[k] = one
		}
	}
	return plan, nil
}

func only[K comparable, V any](all map[K]V, wanted []K) map[K]V {
	out := map[K]V{}
	for _, k := range wanted {
		if v, ok := all[k]; ok {
			out[k] = v
		}
	}
	return out
}

var errStale = errors.New("stale")

// commit makes a set true under the conditions of the store.
func (s *shelf) commit(set change.Set) error {
	for _, w := range set.Writes {
		if !s.meets(w) {
			return errStale
		}
	}
	for _, w := range set.Writes {
		s.put(w.Record)
	}
	return nil
}

func (s *shelf) meets(w change.Write) bool {
	there, read := -1, 0
	switch r := w.Record.(type) {
	case Invitation:
		there, read = version(s.Invitations, r.ID, func(v Invitation) int { return v.Version }), r.Version
	case mailbox.Mailbox:
		there, read = version(s.Mailboxes, r.Key, func(v mailbox.Mailbox) int { return v.Version }), r.Version
	case grant.Grant:
		there, read = version(s.Grants, r.Key(), func(v grant.Grant) int { return v.Version }), r.Version
	case seat.Seat:
		there, read = version(s.seats, seat.Key{Role: r.Role, Contact: r.Contact}, func(v seat.Seat) int { return v.Version }), r.Version
	case seat.Change, mailbox.Alike:
		return true
	case account.Account:
		there, read = version(s.Accounts, r.ID, func(v account.Account) int { return v.Version }), r.Version
	case contact.Contact:
		there, read = version(s.Contacts, r.ID, func(v contact.Contact) int { return v.Version }), r.Version
	}
	if w.Op == change.Insert {
		return there < 0
	}
	return there == read
}

// version is that of what is there, -1 if nothing is.
func version[K comparable, V any](all map[K]V, k K, of func(V) int) int {
	if v, ok := all[k]; ok {
		return of(v)
	}
	return -1
}

func (s *shelf) put(record change.Record) {
	switch r := record.(type) {
	case Invitation:
		r.Version++
		s.Invitations[r.ID] = r
	case mailbox.Mailbox:
		r.Version++
		s.Mailboxes[r.Key] = r
	case mailbox.Alike:
		s.Alike[r.Variant] = r
	case grant.Grant:
		r.Version++
		s.Grants[r.Key()] = r
	case contact.Contact:
		r.Version++
		s.Contacts[r.ID] = r
	case account.Account:
		r.Version++
		s.Accounts[r.ID] = r
	case message.Message:
		s.messages = append(s.messages, r)
	case audit.Entry:
		s.entries = append(s.entries, r)
	case History:
		s.history = append(s.history, r)
	case seat.Seat:
		if s.seats == nil {
			s.seats = map[seat.Key]seat.Seat{}
		}
		r.Version++
		s.seats[seat.Key{Role: r.Role, Contact: r.Contact}] = r
	case seat.Change:
		c, there := s.counts[r.Role]
		if !there {
			c = seat.Count{Role: r.Role, Free: r.Limit}
		}
		if s.counts == nil {
			s.counts = map[id.Role]seat.Count{}
		}
		c.Used, c.Free = c.Used+r.Used, c.Free-r.Used
		s.counts[r.Role] = c
	case contact.History:
		s.past = append(s.past, r)
	}
}

const (
	portalA id.Portal   = "por_01jd0h5m3w8q4v9x2c6k7n1t5a"
	portalB id.Portal   = "por_01jd0h5m3w8q4v9x2c6k7n1t5b"
	roleA   id.Role     = "rol_01jd0h5m3w8q4v9x2c6k7n1t5a" // the default of portalA
	roleA2  id.Role     = "rol_01jd0h5m3w8q4v9x2c6k7n1t6a"
	roleB   id.Role     = "rol_01jd0h5m3w8q4v9x2c6k7n1t5b"
	acme    id.Account  = "acc_01jd0h5m3w8q4v9x2c6k7n1t5a"
	bolt    id.Account  = "acc_01jd0h5m3w8q4v9x2c6k7n1t5b"
	nowhere id.Account  = "acc_01jd0h5m3w8q4v9x2c6k7n1t5z"
	marta   id.Contact  = "con_01jd0h5m3w8q4v9x2c6k7n1t5a" // at acme, with an address
	noMail  id.Contact  = "con_01jd0h5m3w8q4v9x2c6k7n1t5b" // at acme, without
	inBoth  id.Contact  = "con_01jd0h5m3w8q4v9x2c6k7n1t5c" // at acme and bolt
	lone    id.Contact  = "con_01jd0h5m3w8q4v9x2c6k7n1t5d" // at no account
	inviter id.Identity = "idn_01jd0h5m3w8q4v9x2c6k7n1t5a"
)

// newShelf is a firm with two portals, two accounts and four contacts.
func newShelf(t testing.TB) *shelf {
	w := firm(t)
	s := &shelf{Found: Found{
		Workspace: w,
		Portals: map[id.Portal]portal.Portal{
			portalA: {ID: portalA, Workspace: w.ID, Name: "clients", Title: "Clients", DefaultRole: roleA},
			portalB: {ID: portalB, Workspace: w.ID, Name: "partners", Title: "Partners", DefaultRole: roleB},
		},
		Roles:    map[id.Role]role.Role{roleA: {ID: roleA, Portal: portalA}, roleA2: {ID: roleA2, Portal: portalA}, roleB: {ID: roleB, Portal: portalB}},
		Accounts: map[id.Account]account.Account{acme: {ID: acme, Name: "Acme"}, bolt: {ID: bolt, Name: "Bolt"}},
		Contacts: map[id.Contact]contact.Contact{
			marta:  {ID: marta, Workspace: w.ID, Name: "Marta", Address: "marta@acme.example", Accounts: []id.Account{acme}, Language: "en", Zone: "Atlantic/Canary"},
			noMail: {ID: noMail, Workspace: w.ID, Accounts: []id.Account{acme}},
			inBoth: {ID: inBoth, Workspace: w.ID, Address: "both@acme.example", Accounts: []id.Account{acme, bolt}},
			lone:   {ID: lone, Workspace: w.ID, Address: "lone@acme.example"},
		},
		Identities: map[id.Identity]identity.Identity{}, Alike: map[email.Key]mailbox.Alike{}, Mailboxes: map[email.Key]mailbox.Mailbox{},
		Invitations: map[id.Invitation]Invitation{}, Grants: map[grant.Key]grant.Grant{},
	}}
	for _, c := range s.Contacts {
		box := mailbox.Mailbox{Workspace: w.ID, Key: c.Address.Key(), Address: c.Address, Version: 1}
		for _, a := range c.Accounts {
			box, _ = box.With(mailbox.Holder{Account: a, Contact: c.ID})
		}
		if c.Address != "" {
			s.Mailboxes[box.Key] = box
		}
	}
	return s
}

// admin's desk at noon.
func (s *shelf) desk() Desk {
	return Desk{
		Store: s, Now: noon, Self: identity.Identity{ID: inviter, Name: "Ana"},
		Actor: access.Actor{Kind: access.Person, Workspace: s.Workspace.ID, Identity: inviter, Level: access.Admin},
	}
}

// draft invites lines to portalA.
func draft(key string, lines ...Line) Draft {
	for n := range lines {
		lines[n].Number = n
	}
	return Draft{Portal: portalA, Key: key, Lines: lines}
}

func to(address string) Line { return Line{Address: address} }

// invite commits what a draft comes to and returns its outcomes.
func (s *shelf) invite(t testing.TB, d Desk, draft Draft) []Outcome {
	t.Helper()
	a, err := d.Invite(context.Background(), draft)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range a.Parties {
		if err := s.commit(p.Set); err != nil {
			t.Fatal(err)
		}
	}
	return a.Outcomes
}

// one invites one address and returns the invitation.
func (s *shelf) one(t testing.TB, address string) Invitation {
	t.Helper()
	o := s.invite(t, s.desk(), draft(address, to(address)))[0]
	if !o.Verdict.Good() {
		t.Fatalf("%s: %s", address, o.Code)
	}
	return s.Invitations[o.Invitation]
}

// accept makes a member of whoever has the invitation.
func (s *shelf) accept(t testing.TB, one id.Invitation) {
	t.Helper()
	i, err := s.Invitations[one].Accept(noon)
	if err != nil {
		t.Fatal(err)
	}
	box := s.Mailboxes[i.Key]
	box.Identity = identity.IDOf(s.Workspace.ID, i.Key)
	s.Identities[box.Identity] = identity.Identity{ID: box.Identity, Workspace: s.Workspace.ID, Key: i.Key, Address: i.Address, Member: true}
	s.put(box.Release(i.Portal, i.ID))
	s.put(i)
	for _, o := range i.Grants {
		s.put(s.Grants[i.GrantKey(o)].Accept(box.Identity, noon))
	}
}

func verdictsOf(all []Outcome) []string {
	var out []string
	for _, o := range all {
		out = append(out, string(o.Verdict))
	}
	return out
}

func wantVerdicts(t *testing.T, got []Outcome, want ...string) {
	t.Helper()
	if !slices.Equal(verdictsOf(got), want) {
		t.Fatalf("verdicts %v, want %v", verdictsOf(got), want)
	}
}
