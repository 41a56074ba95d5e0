package invitation

import (
	"context"
	"testing"
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/localtime"
	"portero/shared/domain/mailbox"
)

// correct commits a correction.
func (s *shelf) correct(t *testing.T, one id.Invitation, c Correction) (Invitation, error) {
	t.Helper()
	i, set, err := s.desk().Change(context.Background(), one, c)
	if err == nil {
		if err := s.commit(set); err != nil {
			t.Fatal(err)
		}
	}
	return i, err
}

func wantCode(t *testing.T, err error, want fault.Code) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Code != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func ptr[T any](v T) *T { return &v }

func TestPain17WordsAreCorrectedInPlaceAndMailNothing(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	got, err := s.correct(t, i.ID, Correction{Role: ptr(roleA2), Language: ptr("es"), Note: ptr("¿Recuerdas?"), Validity: &localtime.Validity{Days: 30}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Grants[0].Role != roleA2 || got.Language != "es" || got.Note != "¿Recuerdas?" || !got.ExpiresAt.After(i.ExpiresAt) || got.SentAt != i.SentAt {
		t.Errorf("corrected: %+v", got)
	}
	if s.Grants[i.GrantKey(i.Grants[0])].Role != roleA2 {
		t.Error("the grant has its old role")
	}
	if len(s.messages) != 1 {
		t.Error("a correction of words mailed something")
	}
	entry := s.entries[len(s.entries)-1]
	if entry.Action != "invitation.changed" || entry.Before["role"] != string(roleA) || entry.After["role"] != string(roleA2) || entry.After["note"] != "changed" {
		t.Errorf("audit %+v", entry)
	}
	if h := s.history[0]; h.Entry != entry.ID || h.After["note"] != "¿Recuerdas?" || h.Before["note"] != "" {
		t.Errorf("history %+v", h)
	}
	before := len(s.entries)
	if _, err := s.correct(t, i.ID, Correction{Role: ptr(roleA2), Note: ptr("¿Recuerdas?")}); err != nil || len(s.entries) != before {
		t.Errorf("correcting nothing writes nothing (%v)", err)
	}
}

func TestPain17ANewAddressMovesTheInvitation(t *testing.T) {
	s := newShelf(t)
	i := s.one(t, "typo@clint.example")
	got, err := s.correct(t, i.ID, Correction{Address: ptr("typo@client.example"), Validity: &localtime.Validity{Hours: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Key != "typo@client.example" || got.Sends != 2 || got.ExpiresAt != noon.Add(2*time.Hour) {
		t.Errorf("moved: %+v", got)
	}
	if m := s.messages[len(s.messages)-1]; m.Key != got.Key || m.ID != got.Message || len(s.messages) != 2 {
		t.Errorf("mail %+v", m)
	}
	if _, held := s.Mailboxes["typo@clint.example"].OpenAt(portalA); held || len(s.Mailboxes["typo@clint.example"].Contacts) != 0 {
		t.Error("the old address still holds door or contact")
	}
	there := s.Mailboxes["typo@client.example"]
	if held, _ := there.OpenAt(portalA); held != i.ID || len(there.Contacts) != 1 {
		t.Errorf("the new address: %+v", there)
	}
	if c := s.Contacts[i.Grants[0].Contact]; c.Address != "typo@client.example" {
		t.Errorf("the contact has %s", c.Address)
	}
	if h := s.history[0]; h.Before["address"] != "typo@clint.example" || h.After["address"] != "typo@client.example" {
		t.Errorf("history %+v", h)
	}
	if len(s.past) != 1 || s.past[0].Before["address"] != "typo@clint.example" || s.past[0].Entry != s.entries[len(s.entries)-1].ID {
		t.Errorf("the contact's history %+v", s.past)
	}
	for _, e := range s.entries {
		for _, v := range e.After {
			if v == "typo@client.example" {
				t.Error("an address stands in the audit trail")
			}
		}
	}
}

func TestAnExpiredInvitationIsMovedOpen(t *testing.T) {
	s := newShelf(t)
	i := inState(t, s, Expired)
	got, err := s.correct(t, i.ID, Correction{Address: ptr("m@acme.example"), Role: ptr(roleA2)})
	if err != nil || got.State != Pending {
		t.Fatalf("%v, state %s", err, got.State)
	}
	if g := s.Grants[i.GrantKey(i.Grants[0])]; g.Role != roleA2 || g.Invitation != i.ID {
		t.Errorf("grant %+v", g)
	}
}

func TestAnInvitationIsNotMoved(t *testing.T) {
	stop := func(s *shelf, key string, why mailbox.Reason) {
		box := s.found(key)
		box.Stop = &mailbox.Stop{Reason: why, At: noon}
		s.put(box)
	}
	cases := []struct {
		name    string
		prepare func(s *shelf)
		address string
		want    fault.Code
	}{
		{"to what is no address", nil, "nobody", "address_malformed"},
		{"to an address mail cannot reach", nil, "ñ@client.example", "address_unsupported"},
		{"to one that has an open invitation", func(s *shelf) { s.one(t, "busy@client.example") }, "busy@client.example", "already_pending"},
		{"to one that opted out", func(s *shelf) { stop(s, "out@client.example", mailbox.OptedOut) }, "out@client.example", "opted_out"},
		{"to one that bounced", func(s *shelf) { stop(s, "out@client.example", mailbox.Bounced) }, "out@client.example", "bounced"},
		{"from one that somebody signs in with", func(s *shelf) {
			box := s.found("marta@acme.example")
			box.Identity = identity.IDOf(s.Workspace.ID, box.Key)
			s.put(box)
		}, "other@client.example", "address_in_use"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newShelf(t)
			i := s.one(t, "marta@acme.example")
			if c.prepare != nil {
				c.prepare(s)
			}
			mails := len(s.messages)
			_, err := s.correct(t, i.ID, Correction{Address: &c.address})
			wantCode(t, err, c.want)
			if s.Invitations[i.ID].Key != i.Key || len(s.messages) != mails {
				t.Error("it moved, or mailed")
			}
		})
	}
}

func (s *shelf) found(key string) mailbox.Mailbox {
	return s.Found.mailbox(s.Workspace.ID, email.Key(key))
}

func TestTheSameAddressConfirmsIt(t *testing.T) {
	for reason, want := range map[mailbox.Reason]fault.Code{
		mailbox.Bounced: "", mailbox.Suppressed: "", mailbox.Complained: "complained", mailbox.OptedOut: "opted_out",
	} {
		t.Run(string(reason), func(t *testing.T) {
			s := newShelf(t)
			i := s.one(t, "marta@acme.example")
			box := s.Mailboxes[i.Key]
			box.Stop = &mailbox.Stop{Reason: reason, At: noon}
			s.put(box)
			_, err := s.correct(t, i.ID, Correction{Address: ptr("marta@acme.example")})
			if want != "" {
				wantCode(t, err, want)
				return
			}
			if err != nil || s.Mailboxes[i.Key].Stop != nil || len(s.messages) != 2 {
				t.Errorf("%v, stop %v, %d mails", err, s.Mailboxes[i.Key].Stop, len(s.messages))
			}
		})
	}
	t.Run("and changes nothing while mail arrives", func(t *testing.T) {
		s := newShelf(t)
		i := s.one(t, "marta@acme.example")
		if _, err := s.correct(t, i.ID, Correction{Address: ptr("marta@acme.example")}); err != nil || len(s.messages) != 1 {
			t.Errorf("%v, %d mails", err, len(s.messages))
		}
	})
	t.Run("or its spelling", func(t *testing.T) {
		s := newShelf(t)
		i := s.one(t, "marta@acme.example")
		got, err := s.correct(t, i.ID, Correction{Address: ptr("Marta@acme.example")})
		if err != nil || got.Address != "Marta@acme.example" || got.Key != i.Key {
			t.Errorf("%v: %s", err, got.Address)
		}
	})
}

func TestWhatCannotBeCorrected(t *testing.T) {
	cases := []struct {
		name  string
		state State
		c     Correction
		want  fault.Code
	}{
		{"an accepted one", Accepted, Correction{Language: ptr("en")}, "invitation_accepted"},
		{"a declined one", Declined, Correction{Language: ptr("en")}, "invitation_declined"},
		{"a cancelled one", Cancelled, Correction{Address: ptr("x@client.example")}, "invitation_cancelled"},
		{"an unknown role", Pending, Correction{Role: ptr(id.Role("rol_01jd0h5m3w8q4v9x2c6k7n1t5z"))}, "role_unknown"},
		{"no role", Pending, Correction{Role: ptr(id.Role(""))}, "role_unknown"},
		{"a role of another portal", Pending, Correction{Role: ptr(roleB)}, "role_unknown"},
		{"an unknown language", Pending, Correction{Language: ptr("")}, "language_unknown"},
		{"a note with control characters", Pending, Correction{Note: ptr("\x00")}, "note_malformed"},
		{"a validity of 400 days", Pending, Correction{Validity: &localtime.Validity{Days: 400}}, "validity_malformed"},
		{"the validity of an expired one", Expired, Correction{Validity: &localtime.Validity{Days: 30}}, "invitation_expired"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newShelf(t)
			_, err := s.correct(t, inState(t, s, c.state).ID, c.c)
			wantCode(t, err, c.want)
		})
	}
	s := newShelf(t)
	i := s.one(t, "marta@acme.example")
	i.SentAt = noon.Add(-3 * time.Hour)
	s.Invitations[i.ID] = i
	_, err := s.correct(t, i.ID, Correction{Validity: &localtime.Validity{Hours: 3}})
	wantCode(t, err, "validity_over")
	if _, err := s.correct(t, "inv_01jd0h5m3w8q4v9x2c6k7n1t5z", Correction{}); err == nil {
		t.Error("what is not there was corrected")
	}
}
