package invitation

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/account"
	"portero/shared/domain/audit"
	"portero/shared/domain/change"
	"portero/shared/domain/contact"
	"portero/shared/domain/fault"
	"portero/shared/domain/grant"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/seat"
)

func TestF2EachLineHasItsOwnVerdict(t *testing.T) {
	s := newShelf(t)
	got := s.invite(t, s.desk(), draft("k",
		to("new@client.example"), to("not an address"), to("ñandú@client.example"), to("NEW@client.example"),
		Line{Address: "x@client.example", Role: roleB}, Line{Address: "x@client.example", Language: "fr"},
		Line{Address: "x@client.example", Account: nowhere}, Line{Contact: "con_01jd0h5m3w8q4v9x2c6k7n1t5z"}, Line{Contact: noMail},
		Line{Contact: marta, Account: bolt}, Line{Contact: inBoth}, Line{Contact: marta, Address: "x@client.example"}, Line{},
		Line{Address: "x@client.example", Zone: "Mars/Base"}, Line{Address: "x@client.example", Name: "a\nb"},
		Line{Address: "x@client.example", Role: "nonsense"}, Line{Contact: "nonsense"}, Line{Address: "x@client.example", Account: "nonsense"},
		to("x@client.example"),
	))
	want := []struct {
		verdict Verdict
		code    fault.Code
	}{
		{Invited, ""}, {Malformed, "address_malformed"}, {Malformed, "address_unsupported"}, {Twice, "twice"},
		{RoleUnknown, "role_unknown"}, {LanguageUnknown, "language_unknown"}, {AccountUnknown, "account_unknown"},
		{ContactUnknown, "contact_unknown"}, {ContactWithoutAddress, "contact_without_address"},
		{AccountUnknown, "contact_not_at_account"}, {AccountUnknown, "account_ambiguous"}, {Malformed, "address_or_contact"},
		{Malformed, "address_missing"}, {Malformed, "zone_unknown"}, {Malformed, "name_malformed"},
		{RoleUnknown, "role_unknown"}, {ContactUnknown, "contact_unknown"}, {AccountUnknown, "account_unknown"}, {Invited, ""},
	}
	for n, w := range want {
		if got[n].Verdict != w.verdict || got[n].Code != w.code || got[n].Line != n {
			t.Errorf("line %d: %s %s, want %s %s", n, got[n].Verdict, got[n].Code, w.verdict, w.code)
		}
		if w.verdict.Good() == (got[n].Detail != "") {
			t.Errorf("line %d: a sentence stands beside every refusal and no success: %q", n, got[n].Detail)
		}
	}
	if len(s.messages) != 2 || len(s.Invitations) != 2 {
		t.Errorf("%d mails, %d invitations, want 2 of each", len(s.messages), len(s.Invitations))
	}
}

func TestAnUnknownAddressBringsContactAccountGrantAndMail(t *testing.T) {
	s := newShelf(t)
	d := draft("k", Line{Address: "New@client.example", Name: "Nora"})
	d.Source, d.Note = "your tax adviser", "Hola"
	a, err := s.desk().Invite(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, w := range a.Parties[0].Set.Writes {
		if _, counts := w.Record.(seat.Change); w.Op != change.Insert && !counts {
			t.Errorf("%T is not new", w.Record)
		}
		kinds[fmt.Sprintf("%T", w.Record)]++
	}
	for _, record := range []change.Record{Invitation{}, mailbox.Mailbox{}, grant.Grant{}, message.Message{}, audit.Entry{}, contact.Contact{}, account.Account{}, account.Link{}, seat.Seat{}, seat.Change{}} {
		if kinds[fmt.Sprintf("%T", record)] != 1 {
			t.Errorf("%d of %T", kinds[fmt.Sprintf("%T", record)], record)
		}
	}
	if err := s.commit(a.Parties[0].Set); err != nil {
		t.Fatal(err)
	}
	i := s.Invitations[a.Outcomes[0].Invitation]
	offer := i.Grants[0]
	if !s.Accounts[offer.Account].Personal || s.Accounts[offer.Account].Name != "Nora" || s.Contacts[offer.Contact].Source != "your tax adviser" {
		t.Errorf("account %+v, contact %+v", s.Accounts[offer.Account], s.Contacts[offer.Contact])
	}
	if i.Language != "es" || i.Zone != "Europe/Madrid" || i.Name != "Nora" || i.Note != "Hola" || i.Address != "New@client.example" {
		t.Errorf("invitation %+v", i)
	}
	g := s.Grants[i.GrantKey(offer)]
	if !g.SignIn || g.Owner != inviter || g.Role != roleA || g.Invitation != i.ID || !g.AcceptedAt.IsZero() {
		t.Errorf("grant %+v", g)
	}
	m := s.messages[0]
	if m.Kind != message.Invitation || m.To != "New@client.example" || m.Language != "es" || m.Model.Note != "Hola" || m.Model.Inviter != "Ana" {
		t.Errorf("mail %+v", m)
	}
}

func TestAKnownContactCostsSevenItems(t *testing.T) {
	s := newShelf(t)
	for _, line := range []Line{{Contact: marta}, {Address: "MARTA@acme.example", Account: acme}, {Address: "marta@acme.example"}} {
		a, err := s.desk().Invite(context.Background(), draft("k", line))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(a.Parties[0].Set.Writes); n != 7 {
			t.Errorf("%d items, want invitation, mail, mailbox, grant, audit, seat and its count (design.md §6)", n)
		}
		i := a.Outcomes[0].Offer
		if i.Language != "en" || i.Zone != "Atlantic/Canary" || i.Name != "Marta" || i.Grants[0].Contact != marta {
			t.Errorf("the contact's own language, zone and name count: %+v", i)
		}
	}
}

func TestOneOpenInvitationPerPortalAndAddress(t *testing.T) {
	s := newShelf(t)
	first := s.one(t, "marta@acme.example")
	steps := []struct {
		name  string
		draft Draft
		want  Verdict
	}{
		{"the same grant again is already pending", draft("2", Line{Contact: marta}), AlreadyPending},
		{"at another account it is added", draft("3", Line{Address: "marta@acme.example", Account: bolt}), AddedToOpen},
		{"and then pending, too", draft("4", Line{Address: "marta@acme.example", Account: bolt}), AlreadyPending},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			got := s.invite(t, s.desk(), step.draft)
			wantVerdicts(t, got, string(step.want))
			if got[0].Invitation != first.ID {
				t.Errorf("invitation %s, want %s", got[0].Invitation, first.ID)
			}
		})
	}
	if i := s.Invitations[first.ID]; len(i.Grants) != 2 || len(s.messages) != 1 {
		t.Errorf("%d grants and %d mails, want 2 and 1", len(i.Grants), len(s.messages))
	}
	other := draft("5", Line{Contact: marta})
	other.Portal = portalB
	got := s.invite(t, s.desk(), other)
	wantVerdicts(t, got, "invited")
	if got[0].Invitation == first.ID {
		t.Error("another portal has an invitation of its own")
	}
}

func TestTwoLinesOfOneAddressMakeOneInvitation(t *testing.T) {
	s := newShelf(t)
	got := s.invite(t, s.desk(), draft("k",
		Line{Address: "new@client.example", Account: acme}, to("other@client.example"), Line{Address: "New@client.example", Account: bolt},
		Line{Address: "new@client.example", Account: acme}))
	wantVerdicts(t, got, "invited", "invited", "added_to_open", "twice")
	if got[0].Invitation != got[2].Invitation || got[0].Invitation == got[1].Invitation {
		t.Error("one address has one invitation")
	}
}

func TestAMemberIsOfferedWhatTheyDoNotHave(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	s.accept(t, i.ID)
	wantVerdicts(t, s.invite(t, s.desk(), draft("2", Line{Contact: marta})), "already_member")
	got := s.invite(t, s.desk(), draft("3", Line{Address: "marta@acme.example", Account: bolt}))
	wantVerdicts(t, got, "offered")

	k := i.GrantKey(i.Grants[0])
	over := s.Grants[k]
	over.Until = localtime.Date{Year: 2026, Month: 11, Day: 22}
	s.Grants[k] = over
	got = s.invite(t, s.desk(), draft("4", Line{Address: "marta@acme.example", Account: acme}))
	if got[0].Code != "access_ended" {
		t.Errorf("code %s: dates are changed on the grant", got[0].Code)
	}
	off := s.Grants[k]
	off.SignIn, off.Until = false, localtime.Date{}
	s.Grants[k] = off
	got = s.invite(t, s.desk(), draft("5", Line{Address: "marta@acme.example", Account: acme}))
	wantVerdicts(t, got, "added_to_open") // to the offer at bolt
	if g := s.Grants[k]; !g.SignIn || !g.AcceptedAt.IsZero() {
		t.Errorf("a member who was switched off must accept again: %+v", g)
	}
}

func TestPain6EveryEndedInvitationMayBeFollowedByAnother(t *testing.T) {
	ends := map[string]func(s *shelf, i Invitation){
		"declined": func(s *shelf, i Invitation) {
			i, _ = i.Decline(noon)
			s.put(i)
			s.put(s.Mailboxes[i.Key].Release(i.Portal, i.ID))
		},
		"cancelled": func(s *shelf, i Invitation) {
			i, _ = i.Cancel(noon)
			s.put(i)
			s.put(s.Mailboxes[i.Key].Release(i.Portal, i.ID))
		},
		"expired, and recorded": func(s *shelf, i Invitation) {
			i.ExpiresAt = noon
			i, _ = i.Expire(noon)
			s.put(i)
			s.put(s.Mailboxes[i.Key].Release(i.Portal, i.ID))
		},
		"expired, the job being late": func(s *shelf, i Invitation) { i.ExpiresAt = noon; s.put(i) },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			s := newShelf(t)
			first := s.one(t, "marta@acme.example")
			end(s, first)
			second := s.one(t, "marta@acme.example ")
			if second.ID == first.ID {
				t.Error("the ended one was reused")
			}
			if held, _ := s.Mailboxes[second.Key].OpenAt(portalA); held != second.ID {
				t.Errorf("the door is held by %s", held)
			}
			if len(s.Grants) != 1 {
				t.Errorf("%d grants, want the same one reused", len(s.Grants))
			}
		})
	}
}

func TestStoppedAddressesAreNotInvited(t *testing.T) {
	for _, reason := range []mailbox.Reason{mailbox.Bounced, mailbox.Complained, mailbox.Suppressed, mailbox.OptedOut} {
		s := newShelf(t)
		box := s.Mailboxes["marta@acme.example"]
		box.Stop = &mailbox.Stop{Reason: reason, At: noon}
		s.Mailboxes[box.Key] = box
		got := s.invite(t, s.desk(), draft("k", Line{Contact: marta}))
		wantVerdicts(t, got, "suppressed")
		if string(got[0].Code) != string(reason) {
			t.Errorf("code %s, want %s", got[0].Code, reason)
		}
		if len(s.Invitations)+len(s.messages)+len(s.Grants) != 0 {
			t.Error("something was made")
		}
	}
}

func TestPain9VariantsOnlyWarn(t *testing.T) {
	s := newShelf(t)
	s.one(t, "ana@gmail.com")
	got := s.invite(t, s.desk(), draft("k", to("a.na+x@gmail.com"), to("b@client.example"), to("c+1@client.example"), to("c+2@client.example")))
	wantVerdicts(t, got, "invited", "invited", "invited", "invited")
	want := []string{"[like_existing:ana@gmail.com]", "[]", "[]", "[like_line:c+1@client.example]"}
	for n, w := range want {
		if fmt.Sprint(got[n].Warnings) != w {
			t.Errorf("line %d: %v, want %s", n, got[n].Warnings, w)
		}
	}
}

func TestPain9WhoeverIsKnownInAnotherFormIsWarnedOf(t *testing.T) {
	s := newShelf(t)
	s.one(t, "ana@gmail.com")
	s.one(t, "b.c@gmail.com")
	s.one(t, "two+x@client.example")
	got := s.invite(t, s.desk(), draft("k", to("bc@gmail.com"), to("b.c+z@googlemail.com"), to("two@client.example"), to("two+x@client.example"), to("ana@gmail.com"), to("three@client.example")))
	want := []string{"[like_existing:b.c@gmail.com]", "[like_existing:b.c@gmail.com]", "[]", "[like_line:two@client.example]", "[]", "[]"}
	for n, w := range want {
		if fmt.Sprint(got[n].Warnings) != w {
			t.Errorf("line %d: %v, want %s", n, got[n].Warnings, w)
		}
	}
}

func TestB2ARepeatUnderTheSameKeyFindsItsOwn(t *testing.T) {
	s := newShelf(t)
	lines := []Line{to("new@client.example"), {Contact: marta}, {Address: "marta@acme.example", Account: bolt}}
	first := s.invite(t, s.desk(), draft("k", lines...))
	later := s.desk()
	later.Now = noon.Add(time.Minute)
	again, err := later.Invite(context.Background(), draft("k", lines...))
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Parties) != 0 {
		t.Error("a repeat changes nothing")
	}
	for n := range first {
		if first[n].Verdict != again.Outcomes[n].Verdict || first[n].Invitation != again.Outcomes[n].Invitation {
			t.Errorf("line %d: %s %s, then %s %s", n, first[n].Verdict, first[n].Invitation, again.Outcomes[n].Verdict, again.Outcomes[n].Invitation)
		}
	}
	wantVerdicts(t, s.invite(t, later, draft("another", lines...)), "already_pending", "already_pending", "already_pending")
}

func TestZ11TheInviterOwnsUnlessStaffChoseSomebody(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	k := i.GrantKey(i.Grants[0])
	berta := s.desk()
	berta.Self.ID = "idn_01jd0h5m3w8q4v9x2c6k7n1t5b"
	reinvite := func(owner id.Identity) grant.Grant {
		cancelled, _ := s.Invitations[i.ID].Cancel(noon)
		s.put(cancelled)
		s.put(s.Mailboxes[i.Key].Release(portalA, i.ID))
		g := s.Grants[k]
		g.Owner = owner
		s.Grants[k] = g
		o := s.invite(t, berta, draft(string(owner), Line{Contact: marta}))[0]
		i = s.Invitations[o.Invitation]
		return s.Grants[k]
	}
	if g := reinvite(inviter); g.Owner != berta.Self.ID || g.InvitedBy != berta.Self.ID {
		t.Errorf("owner %s: who invites last owns", g.Owner)
	}
	if g := reinvite("idn_chosen"); g.Owner != "idn_chosen" {
		t.Errorf("owner %s: staff chose another", g.Owner)
	}
}

func TestAWholeRequestIsRefused(t *testing.T) {
	s := newShelf(t)
	member := s.desk()
	member.Actor.Level = access.Member
	with := func(change func(*Draft)) Draft {
		d := draft("k", to("new@client.example"))
		change(&d)
		return d
	}
	cases := []struct {
		name  string
		desk  Desk
		draft Draft
		want  fault.Code
	}{
		{"without lines", s.desk(), Draft{Portal: portalA, Key: "k"}, "lines_missing"},
		{"with 1,001 lines", s.desk(), with(func(d *Draft) { d.Lines = make([]Line, MaxLines+1) }), "too_many_lines"},
		{"to a portal that is not there", s.desk(), with(func(d *Draft) { d.Portal = "por_01jd0h5m3w8q4v9x2c6k7n1t5z" }), "portal_unknown"},
		{"to no portal", s.desk(), with(func(d *Draft) { d.Portal = "" }), "portal_unknown"},
		{"with a role of another portal", s.desk(), with(func(d *Draft) { d.Role = roleB }), "role_unknown"},
		{"in a language nobody wrote", s.desk(), with(func(d *Draft) { d.Language = "fr" }), "language_unknown"},
		{"valid for 366 days", s.desk(), with(func(d *Draft) { d.Validity.Days = 366 }), "validity_malformed"},
		{"reminded on descending days", s.desk(), with(func(d *Draft) { d.Reminders = &localtime.Plan{Days: []int{3, 2}} }), "reminders_malformed"},
		{"with a control character in the note", s.desk(), with(func(d *Draft) { d.Note = "\x1b[31m" }), "note_malformed"},
		{"with a line break in the source", s.desk(), with(func(d *Draft) { d.Source = "a\nb" }), "source_malformed"},
		{"by a member of staff while members may not invite", member, with(func(*Draft) {}), "not_allowed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.desk.Invite(context.Background(), c.draft)
			if f := fault.As(err); f == nil || f.Code != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	s.Workspace.Settings.MembersInvite = true
	if _, err := member.Invite(context.Background(), draft("k", to("new@client.example"))); err != nil {
		t.Errorf("a member may invite while the switch is on: %v", err)
	}
}

func TestOneInvitationHoldsTwentyGrantsAsFarAsTheyFit(t *testing.T) {
	for _, c := range []struct {
		says  string
		known bool
		holds int
	}{
		{"contacts who are known", true, MaxOffers},
		{"contacts and links that are new: 5 items each", false, 18},
	} {
		t.Run(c.says, func(t *testing.T) { holds(t, c.known, c.holds) })
	}
}

// holds invites one address at more accounts than one invitation holds.
func holds(t *testing.T, known bool, most int) {
	s := newShelf(t)
	var lines []Line
	one := contact.Contact{ID: "con_many", Address: "many@client.example", Version: 1}
	box := mailbox.Mailbox{Workspace: s.Workspace.ID, Key: one.Address.Key(), Address: one.Address, Version: 1}
	for n := range MaxOffers + 1 {
		a := id.Account(fmt.Sprintf("acc_%026d", n))
		s.Accounts[a] = account.Account{ID: a}
		one.Accounts = append(one.Accounts, a)
		box, _ = box.With(mailbox.Holder{Account: a, Contact: one.ID})
		lines = append(lines, Line{Address: "many@client.example", Account: a})
	}
	if known {
		s.Contacts[one.ID], s.Mailboxes[box.Key] = one, box
	}
	a, err := s.desk().Invite(context.Background(), draft("k", lines...))
	if err != nil {
		t.Fatal(err)
	}
	if was, got := a.Outcomes[most-1], a.Outcomes[most]; !was.Verdict.Good() || got.Verdict != CapReached || got.Code != "too_many_grants" {
		t.Errorf("lines %d and %d: %s, %s %s", most, most+1, was.Verdict, got.Verdict, got.Code)
	}
	if n := len(a.Parties[0].Set.Writes); n > 99 {
		t.Errorf("%d writes do not fit one transaction", n)
	}
	if err := s.commit(a.Parties[0].Set); errors.Is(err, errStale) {
		t.Error("a record stands twice in the set")
	}
}
