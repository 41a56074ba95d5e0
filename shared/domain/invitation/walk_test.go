package invitation

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"portero/shared/domain/email"
	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/testkit/soak"
)

// walkSteps is how many random steps the walk takes (issue 2 §4).
const walkSteps = 100_000

// walk is one invitation's life under random hands: two devices that looked
// some time ago, staff, the clock's jobs, mail feedback, and a clock that now
// and then goes back. The store's condition (the version that was read) is all
// that stands between them.
type walk struct {
	t       *testing.T
	random  *rand.Rand
	now     time.Time
	stored  Invitation
	devices [2]Invitation // as each last saw it
	mails   int
	members map[email.Key]bool // who got in by this life
	ends    map[State]int      // over all lives
	slots   map[string]bool    // reminders, by send and slot
}

func TestNothingEndsWithoutAWordAndNobodyGetsInTwice(t *testing.T) {
	seed := uint64(20261123)
	w := &walk{t: t, random: rand.New(rand.NewPCG(seed, 2)), ends: map[State]int{}}
	lives, steps := 0, soak.Trials(t, walkSteps)
	for step := range steps {
		if w.stored.ID == "" || (w.stored.State != Pending && w.stored.State != Expired && w.random.IntN(20) == 0) {
			w.begin(lives)
			lives++
		}
		w.step()
		if t.Failed() {
			t.Fatalf("at step %d of seed %d: %+v", step, seed, w.stored)
		}
	}
	for _, end := range []State{Accepted, Declined, Cancelled, Expired} {
		if w.ends[end] < steps/1000 {
			t.Errorf("the walk tries too little: %v", w.ends)
		}
	}
}

func (w *walk) begin(life int) {
	w.now = noon.Add(time.Duration(w.random.IntN(400*24)) * time.Hour)
	plan := localtime.Plan{Days: []int{1, 2, 5, 9}[:w.random.IntN(5)], At: localtime.Clock{Hour: w.random.IntN(24)}}
	zones := []string{"Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "UTC"}
	i := Invitation{ID: id.Invitation(fmt.Sprintf("inv_%d", life)), Address: "a@x.example", Key: "a@x.example",
		Zone: zones[w.random.IntN(len(zones))], Reminders: plan, Validity: w.validity()}
	w.members, w.slots, w.mails = map[email.Key]bool{}, map[string]bool{}, 0
	next, err := i.Send(w.letter(), defaults, w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	w.stored = next
	w.devices = [2]Invitation{next, next}
}

func (w *walk) validity() localtime.Validity {
	if w.random.IntN(2) == 0 {
		return localtime.Validity{Days: 1 + w.random.IntN(20)}
	}
	return localtime.Validity{Hours: 1 + w.random.IntN(300)}
}

func (w *walk) letter() id.Message {
	w.mails++
	return id.Message(fmt.Sprintf("msg_%d", w.mails))
}

// step lets one of the hands do one thing.
func (w *walk) step() {
	device := w.random.IntN(2)
	seen := w.devices[device]
	switch w.random.IntN(16) {
	case 0, 1, 2:
		w.now = w.now.Add(time.Duration(w.random.IntN(30*3600)) * time.Second)
	case 3:
		w.now = w.now.Add(-time.Duration(w.random.IntN(3*3600)) * time.Second)
	case 4, 5, 6:
		w.devices[device] = w.stored // opens the page
	case 7:
		w.accept(seen, "a@x.example")
	case 8:
		w.accept(seen, "somebody.else@x.example") // the wrong account is signed in
	case 9:
		if w.random.IntN(4) == 0 {
			next, err := seen.Decline(w.now)
			w.commit(seen, next, err, "decline")
		}
	case 10:
		next, err := w.stored.Resend(w.letter(), defaults, w.now)
		w.commit(w.stored, next, err, "resend")
	case 11:
		if w.random.IntN(4) == 0 {
			next, err := w.stored.Cancel(w.now)
			w.commit(w.stored, next, err, "cancel")
		}
	case 12:
		next, err := w.stored.Expire(w.now)
		w.commit(w.stored, next, err, "expire")
	case 13:
		w.remind()
	case 14:
		w.commit(w.stored, w.stored.Silence(), nil, "silence")
	case 15:
		w.staffCorrects()
	}
}

func (w *walk) staffCorrects() {
	if w.random.IntN(2) == 0 {
		next, err := w.stored.Retime(w.validity(), defaults, w.now)
		w.commit(w.stored, next, err, "retime")
		return
	}
	to := []email.Address{"a@x.example", "b@x.example"}[w.random.IntN(2)]
	next, err := w.stored.Readdress(to, w.letter(), defaults, w.now)
	w.commit(w.stored, next, err, "readdress")
}

// accept is what the service does: only whoever has the invitation's address
// gets in, on what the device saw.
func (w *walk) accept(seen Invitation, who email.Key) {
	if who != seen.Key {
		return
	}
	next, err := seen.Accept(w.now)
	if w.commit(seen, next, err, "accept") {
		w.members[who] = true
	}
}

func (w *walk) remind() {
	before := w.stored
	next, number, err := before.Remind(w.letter(), defaults, w.now)
	if !w.commit(before, next, err, "remind") || number == 0 {
		return
	}
	slot := fmt.Sprintf("%d/%d", before.Sends, number)
	if w.slots[slot] {
		w.t.Errorf("slot %s was used twice", slot)
	}
	w.slots[slot] = true
	if before.StateAt(w.now) != Pending || before.Quiet {
		w.t.Errorf("somebody was reminded of an invitation that is %s, quiet %v", before.StateAt(w.now), before.Quiet)
	}
}

// commit is the store: it takes what was decided on the version it has.
func (w *walk) commit(read, next Invitation, err error, deed string) bool {
	if err != nil {
		if next.State != read.State || next.ExpiresAt != read.ExpiresAt {
			w.t.Errorf("%s was refused and changed something", deed)
		}
		return false
	}
	if read.Version != w.stored.Version || read.ID != w.stored.ID {
		return false
	}
	before := w.stored
	next.Version++
	w.stored = next
	w.check(before, deed)
	return true
}

func (w *walk) check(before Invitation, deed string) {
	i := w.stored
	enders := map[State]string{Accepted: "accept", Declined: "decline", Cancelled: "cancel", Expired: "expire"}
	if i.State != before.State && i.State != Pending && enders[i.State] != deed {
		w.t.Errorf("%s ended it as %s", deed, i.State)
	}
	if i.State != before.State && before.State != Pending && (before.State != Expired || deed == "accept" || deed == "decline") {
		w.t.Errorf("%s led from %s to %s", deed, before.State, i.State)
	}
	if i.State != before.State {
		w.ends[i.State]++
	}
	if open := i.State == Pending; open != i.EndedAt.IsZero() || open == (i.Next == Due{}) {
		w.t.Errorf("%s: ended %v, next %v", i.State, i.EndedAt, i.Next)
	}
	if i.State == Pending && (i.Next.At.After(i.ExpiresAt) || i.Quiet && i.Next.Job != JobExpire) {
		w.t.Errorf("the clock looks at %v, it ends at %s", i.Next, i.ExpiresAt)
	}
	if len(w.members) > 1 || (len(w.members) == 1 && i.State != Accepted) {
		w.t.Errorf("%d members of an invitation that is %s", len(w.members), i.State)
	}
}
