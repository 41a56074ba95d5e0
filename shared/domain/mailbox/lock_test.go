package mailbox

import (
	"testing"

	"portero/shared/domain/id"
)

const (
	blue  id.Portal     = "por_blue"
	first id.Invitation = "inv_first"
	later id.Invitation = "inv_later"
)

func TestADoorIsHeldByOneInvitation(t *testing.T) {
	m := Mailbox{}.Hold(blue, first)
	if held, ok := m.OpenAt(blue); !ok || held != first {
		t.Fatalf("held by %q, %v", held, ok)
	}
	if _, ok := m.OpenAt(""); ok {
		t.Fatal("the staff entrance is another door")
	}
	m = m.Hold(blue, later)
	if held, _ := m.Release(blue, first).OpenAt(blue); held != later {
		t.Fatalf("an older invitation freed a newer one's door: %q", held)
	}
	if _, ok := m.Release(blue, later).OpenAt(blue); ok {
		t.Fatal("the door is still held")
	}
	if held, _ := m.OpenAt(blue); held != later {
		t.Fatal("Release changed the mailbox it was called on")
	}
}

func TestAMailboxHoldsContactsOnce(t *testing.T) {
	h := Holder{Account: "acc_a", Contact: "con_a"}
	m, ok := Mailbox{}.With(h)
	if !ok || !m.Holds(h) {
		t.Fatal("the contact was not added")
	}
	if again, ok := m.With(h); !ok || len(again.Contacts) != 1 {
		t.Fatal("the contact stands twice")
	}
	if at, ok := m.HolderAt("acc_a"); !ok || at != h {
		t.Fatal("the contact was not found at its account")
	}
	if len(m.Without("con_a").Contacts) != 0 || len(m.Contacts) != 1 {
		t.Fatal("Without must take it away from a copy")
	}
	for i := range MaxHolders {
		m, ok = m.With(Holder{Account: id.Account(rune('a' + i))})
	}
	if ok || len(m.Contacts) != MaxHolders {
		t.Fatalf("%d contacts share the address", len(m.Contacts))
	}
}
