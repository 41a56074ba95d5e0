package invitation

import (
	"errors"
	"testing"
	"time"

	"portero/shared/domain/access"
	"portero/shared/domain/audit"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/identity"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/workspace"
)

// noon is the instant all rules are tried at.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// firm is a workspace in Madrid, two weeks old.
func firm(t testing.TB) workspace.Workspace {
	t.Helper()
	s := workspace.Defaults()
	s.Zone, s.Language = "Europe/Madrid", "es"
	w, err := workspace.New(id.New[id.Workspace](noon), "Gestoría Sol", s, noon.Add(-14*24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestStaffIsInvitedWithLockMailAndAudit(t *testing.T) {
	w := firm(t)
	m := mailbox.Mailbox{Workspace: w.ID, Key: "ana@firm.example"}
	i, set, err := NewStaff(StaffDraft{Address: "Ana@firm.example", Level: access.Admin}, w, m, access.Actor{Kind: access.Ops, Workspace: w.ID}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if i.State != Pending || i.Kind != Staff || i.Level != access.Admin || i.Language != "es" || i.Sends != 1 || i.Next.Job != JobRemind {
		t.Errorf("invitation: %+v", i)
	}
	if len(set.Writes) != 4 {
		t.Fatalf("%d writes, want invitation, lock, mail, audit", len(set.Writes))
	}
	lock := set.Writes[1].Record.(mailbox.Mailbox)
	if held, _ := lock.OpenAt(""); held != i.ID {
		t.Errorf("the staff entrance is held by %q", held)
	}
	letter := set.Writes[2].Record.(message.Message)
	if letter.Kind != message.StaffInvitation || letter.Delivery != message.Queued || letter.Invitation != i.ID || letter.ID != i.Message {
		t.Errorf("mail: %+v", letter)
	}
	if entry := set.Writes[3].Record.(audit.Entry); entry.Subject != string(i.ID) || entry.Workspace != w.ID || entry.Actor != "ops" {
		t.Errorf("audit: %+v", entry)
	}
}

func TestStaffIsNotInvited(t *testing.T) {
	w := firm(t)
	open := Invitation{ID: "inv_open", State: Pending, ExpiresAt: noon.Add(time.Hour)}
	lapsed := Invitation{ID: "inv_open", State: Pending, ExpiresAt: noon}
	good := StaffDraft{Address: "ana@firm.example", Level: access.Member}
	with := func(change func(*StaffDraft)) StaffDraft {
		d := good
		change(&d)
		return d
	}
	held := mailbox.Mailbox{Workspace: w.ID, Key: "ana@firm.example", Version: 1}.Hold("", "inv_open")
	cases := []struct {
		name  string
		draft StaffDraft
		box   mailbox.Mailbox
		want  fault.Code
	}{
		{"who is staff already", with(func(d *StaffDraft) { d.Existing = identity.Identity{Level: access.Member} }), mailbox.Mailbox{}, "already_staff"},
		{"who has an open invitation", with(func(d *StaffDraft) { d.Held = open }), held, "already_pending"},
		{"whose invitation was not looked at", good, held, "already_pending"},
		{"whose mail bounced", good, mailbox.Mailbox{Stop: &mailbox.Stop{Reason: mailbox.Bounced}}, "bounced"},
		{"who complained", good, mailbox.Mailbox{Stop: &mailbox.Stop{Reason: mailbox.Complained}}, "complained"},
		{"whom the mail service refuses", good, mailbox.Mailbox{Stop: &mailbox.Stop{Reason: mailbox.Suppressed}}, "suppressed"},
		{"who opted out", good, mailbox.Mailbox{Stop: &mailbox.Stop{Reason: mailbox.OptedOut}}, "opted_out"},
		{"to no level", with(func(d *StaffDraft) { d.Level = access.None }), mailbox.Mailbox{}, "level_unknown"},
		{"in a language nobody wrote", with(func(d *StaffDraft) { d.Language = "fr" }), mailbox.Mailbox{}, "language_unknown"},
		{"for longer than a year", with(func(d *StaffDraft) { d.Validity.Days = 366 }), mailbox.Mailbox{}, "validity_malformed"},
		{"with a line break in the name", with(func(d *StaffDraft) { d.Name = "Ana\nBcc: x" }), mailbox.Mailbox{}, "name_malformed"},
		{"with a control character in the note", with(func(d *StaffDraft) { d.Note = "a\x00b" }), mailbox.Mailbox{}, "note_malformed"},
		{"though the former invitation ran out unrecorded", with(func(d *StaffDraft) { d.Held = lapsed }), held, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, set, err := NewStaff(c.draft, w, c.box, access.Actor{Workspace: w.ID}, noon)
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if f := fault.As(err); f == nil || f.Code != c.want || !set.Empty() {
				t.Fatalf("got %v and %d writes, want %s", err, len(set.Writes), c.want)
			}
			if !errors.Is(err, fault.As(err)) {
				t.Fatal("not itself")
			}
		})
	}
}
