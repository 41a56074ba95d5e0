package invitation

import (
	"bytes"
	"context"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/change"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
)

// inState puts an invitation of Marta's into a state, as the services do.
func inState(t *testing.T, s *shelf, state State) Invitation {
	t.Helper()
	i := s.one(t, "marta@acme.example")
	switch state {
	case Accepted:
		s.accept(t, i.ID)
	case Declined:
		i, _ = i.Decline(noon)
		s.put(i)
		s.put(s.Mailboxes[i.Key].Release(i.Portal, i.ID))
	case Cancelled:
		s.do(t, i.ID, DoCancel)
	case Expired:
		i.ExpiresAt = noon.Add(-time.Second)
		i, _ = i.Expire(noon)
		s.put(i)
		s.put(s.Mailboxes[i.Key].Release(i.Portal, i.ID))
	}
	return s.Invitations[i.ID]
}

// do commits one action for one invitation; the set is what was committed.
func (s *shelf) do(t testing.TB, one id.Invitation, a Action) (Deed, error) {
	t.Helper()
	deeds, err := s.desk().Many(context.Background(), Batch{Action: a, IDs: []id.Invitation{one}})
	if err != nil {
		t.Fatal(err)
	}
	if deeds[0].Err != nil {
		return deeds[0], deeds[0].Err
	}
	if err := s.commit(deeds[0].Set); err != nil {
		t.Fatal(err)
	}
	return deeds[0], nil
}

func TestF6WhatMayBeDoneInWhichState(t *testing.T) {
	cases := []struct {
		state  State
		action Action
		want   fault.Code
		after  State
	}{
		{Pending, DoResend, "", Pending},
		{Expired, DoResend, "", Pending},
		{Accepted, DoResend, "invitation_accepted", Accepted},
		{Declined, DoResend, "invitation_declined", Declined},
		{Cancelled, DoResend, "invitation_cancelled", Cancelled},
		{Pending, DoCancel, "", Cancelled},
		{Expired, DoCancel, "", Cancelled},
		{Cancelled, DoCancel, "", Cancelled},
		{Accepted, DoCancel, "invitation_accepted", Accepted},
		{Declined, DoCancel, "invitation_declined", Declined},
		{Pending, DoLink, "", Pending},
		{Expired, DoLink, "invitation_expired", Expired},
		{Cancelled, DoLink, "invitation_cancelled", Cancelled},
		{Accepted, DoLink, "invitation_accepted", Accepted},
		{Declined, DoLink, "invitation_declined", Declined},
	}
	for _, c := range cases {
		t.Run(string(c.action)+" of one that is "+string(c.state), func(t *testing.T) {
			s := newShelf(t)
			i := inState(t, s, c.state)
			mails := len(s.messages)
			_, err := s.do(t, i.ID, c.action)
			if f := fault.As(err); c.want == "" && err != nil || c.want != "" && (f == nil || f.Code != c.want || f.Kind != fault.Conflict) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if got := s.Invitations[i.ID].State; got != c.after {
				t.Errorf("it is %s after, want %s", got, c.after)
			}
			if c.want != "" && len(s.messages) != mails {
				t.Error("what was refused mailed something")
			}
		})
	}
}

func TestF6AResendRenews(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	d := s.desk()
	d.Now = noon.Add(5 * 24 * time.Hour)
	next, set, err := d.Resend(context.Background(), i.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Writes) != 4 {
		t.Errorf("%d writes, want grant, invitation, mail, audit", len(set.Writes))
	}
	if !next.ExpiresAt.After(i.ExpiresAt) || next.Sends != 2 || next.Message == i.Message || next.SentAt != d.Now || next.Reminded != 0 {
		t.Errorf("resent: %+v", next)
	}
}

func TestAnExpiredOneIsReopenedWithDoorAndGrants(t *testing.T) {
	s := newShelf(t)
	i := inState(t, s, Expired)
	if _, err := s.do(t, i.ID, DoResend); err != nil {
		t.Fatal(err)
	}
	if held, _ := s.Mailboxes[i.Key].OpenAt(portalA); held != i.ID {
		t.Errorf("the door is held by %q", held)
	}
	wantVerdicts(t, s.invite(t, s.desk(), draft("again", Line{Contact: marta})), "already_pending")
}

func TestAnExpiredOneIsNotReopened(t *testing.T) {
	t.Run("while a newer one is open", func(t *testing.T) {
		s := newShelf(t)
		i := inState(t, s, Expired)
		newer := s.one(t, "marta@acme.example ")
		if _, err := s.do(t, i.ID, DoResend); fault.As(err) == nil || fault.As(err).Code != "already_pending" {
			t.Errorf("got %v", err)
		}
		if held, _ := s.Mailboxes[i.Key].OpenAt(portalA); held != newer.ID {
			t.Error("the newer one lost its door")
		}
	})
	t.Run("once the person is in by a newer one", func(t *testing.T) {
		s := newShelf(t)
		i := inState(t, s, Expired)
		s.accept(t, s.one(t, "marta@acme.example ").ID)
		if _, err := s.do(t, i.ID, DoResend); fault.As(err) == nil || fault.As(err).Code != "already_member" {
			t.Errorf("got %v", err)
		}
	})
}

func TestStoppedAddressesAreNotResent(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	box := s.Mailboxes[i.Key]
	box.Stop = &mailbox.Stop{Reason: mailbox.OptedOut, At: noon}
	s.Mailboxes[i.Key] = box
	if _, err := s.do(t, i.ID, DoResend); fault.As(err) == nil || fault.As(err).Code != "opted_out" {
		t.Errorf("got %v", err)
	}
}

func TestCancelLeavesTheGrantUnlessWithdrawn(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	k := i.GrantKey(i.Grants[0])
	cancel := func(withdraw bool) change.Set {
		_, set, err := s.desk().Cancel(context.Background(), i.ID, withdraw)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.commit(set); err != nil {
			t.Fatal(err)
		}
		return set
	}
	cancel(false)
	if g := s.Grants[k]; !g.SignIn || g.Invitation != "" {
		t.Errorf("granted, never sent: %+v", g)
	}
	if _, held := s.Mailboxes[i.Key].OpenAt(portalA); held {
		t.Error("the door is still held")
	}
	if set := cancel(false); !set.Empty() {
		t.Error("cancelling twice changes something")
	}
	cancel(true)
	if s.Grants[k].SignIn {
		t.Error("withdrawing after all must switch sign-in off")
	}
}

func TestCancelLeavesWhatAnotherInvitationOffers(t *testing.T) {
	s := newShelf(t)
	old := inState(t, s, Expired)
	newer := s.one(t, "marta@acme.example ")
	_, set, err := s.desk().Cancel(context.Background(), old.ID, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.commit(set); err != nil {
		t.Fatal(err)
	}
	if g := s.Grants[newer.GrantKey(newer.Grants[0])]; !g.SignIn || g.Invitation != newer.ID {
		t.Errorf("the newer offer was taken away: %+v", g)
	}
	if held, _ := s.Mailboxes[newer.Key].OpenAt(portalA); held != newer.ID {
		t.Error("the newer one lost its door")
	}
}

func TestACopiedLinkIsNeverMailedAndKeptAsAHash(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	token, set, err := s.desk().Link(context.Background(), i.ID)
	if err != nil {
		t.Fatal(err)
	}
	m := set.Writes[0].Record.(message.Message)
	if m.Kind != message.CopiedLink || m.Delivery != "" || !m.Due.IsZero() || m.Invitation != i.ID || m.Key != i.Key {
		t.Errorf("message %+v", m)
	}
	if len(m.Secrets) != 1 || !token.Opens(m.Secrets...) || bytes.Contains(m.Secrets[0], []byte(token.Reveal())) {
		t.Error("the message keeps the hash of the secret, and nothing else")
	}
	fresh, _, err := s.desk().LinkAgain(m)
	if err != nil || fresh.Thing != token.Thing || fresh.Reveal() == token.Reveal() {
		t.Errorf("a repeat: the same object, a new secret (%v)", err)
	}
	if _, _, err := s.desk().LinkAgain(s.messages[0]); err == nil {
		t.Error("a mailed message was given a secret to copy")
	}
}

func TestOnlyWhoGivesLevelsLooksAfterInvitationsToStaff(t *testing.T) {
	s := newShelf(t)
	s.Workspace.Settings.MembersInvite = true
	i, set, err := NewStaff(StaffDraft{Address: "c@firm.example", Level: access.Admin}, s.Workspace, mailbox.Mailbox{Workspace: s.Workspace.ID, Key: "c@firm.example"}, s.desk().Actor, noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.commit(set); err != nil {
		t.Fatal(err)
	}
	member := s.desk()
	member.Actor.Level = access.Member
	elsewhere := "mine@evil.example"
	if _, _, err := member.Change(context.Background(), i.ID, Correction{Address: &elsewhere}); fault.As(err) == nil || fault.As(err).Code != "not_found" {
		t.Errorf("a member moved an invitation to admin: %v", err)
	}
	deeds, err := member.Many(context.Background(), Batch{Action: DoLink, IDs: []id.Invitation{i.ID}})
	if err != nil || deeds[0].Err == nil || !deeds[0].Token.Zero() {
		t.Error("a member copied the link of an invitation to admin")
	}
	if _, _, err := s.desk().Change(context.Background(), i.ID, Correction{Address: &elsewhere}); err != nil {
		t.Errorf("an admin may: %v", err)
	}
}

func TestManyAreDecidedOneByOne(t *testing.T) {
	s := newShelf(t)
	a, b := s.one(t, "a@client.example"), s.one(t, "b@client.example")
	other := draft("other", to("a@client.example"))
	other.Portal = portalB
	twoDoors := s.invite(t, s.desk(), other)[0].Invitation
	deeds, err := s.desk().Many(context.Background(), Batch{Action: DoCancel, IDs: []id.Invitation{a.ID, "nonsense", b.ID, a.ID, "inv_01jd0h5m3w8q4v9x2c6k7n1t5z", twoDoors}})
	if err != nil {
		t.Fatal(err)
	}
	want := []fault.Code{"", "not_found", "", "twice", "not_found", ""}
	for n, d := range deeds {
		got := fault.Code("")
		if f := fault.As(d.Err); f != nil {
			got = f.Code
		}
		if got != want[n] || d.Later != (n == 5) {
			t.Errorf("%d: %q later %v, want %q", n, got, d.Later, want[n])
		}
	}
	for _, bad := range []Batch{{Action: "delete", IDs: []id.Invitation{a.ID}}, {Action: DoLink}, {Action: DoLink, IDs: make([]id.Invitation, 1001)}} {
		if _, err := s.desk().Many(context.Background(), bad); fault.As(err) == nil {
			t.Errorf("%v: %v", bad.Action, err)
		}
	}
}

func TestTheDailyCapIsForeseen(t *testing.T) {
	s := newShelf(t)
	s.Workspace.Settings.DailyMails = 2
	q := NewQueue(s.Workspace, noon)
	q.Counted = 1
	midnight := func(day int) time.Time {
		zone, _ := localtime.Load("Europe/Madrid")
		return time.Date(2026, 11, 23+day, 0, 0, 0, 0, zone).UTC()
	}
	for n, want := range []time.Time{noon, midnight(1), midnight(1), midnight(2), midnight(2)} {
		if got := q.Next(); !got.Equal(want) {
			t.Errorf("mail %d goes at %s, want %s", n, got, want)
		}
	}
}
