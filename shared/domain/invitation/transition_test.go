package invitation

import (
	"errors"
	"testing"
	"time"

	"portero/shared/domain/id"
	"portero/shared/domain/localtime"
	"portero/shared/domain/message"
)

var defaults = Terms{Policy: localtime.DefaultPolicy()}

// sent is an invitation sent at noon on a Monday, for 14 days, in Madrid.
func sent(t testing.TB) Invitation {
	t.Helper()
	i, err := Invitation{ID: "inv_a", Zone: "Europe/Madrid", Address: "a@client.example", Key: "a@client.example", Reminders: localtime.DefaultPlan()}.Send("msg_1", defaults, noon)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// in puts it into a state.
func in(t testing.TB, s State) Invitation {
	t.Helper()
	i := sent(t)
	switch s {
	case Accepted:
		i, _ = i.Accept(noon)
	case Declined:
		i, _ = i.Decline(noon)
	case Cancelled:
		i, _ = i.Cancel(noon)
	case Expired:
		i.ExpiresAt = noon
		i, _ = i.Expire(noon)
	}
	if i.State != s {
		t.Fatalf("it is %s", i.State)
	}
	return i
}

// lapsed is one past its end that the job has not recorded.
const lapsed State = "lapsed"

func TestEveryTransitionFromEveryState(t *testing.T) {
	deeds := map[string]func(Invitation) (Invitation, error){
		"resend":  func(i Invitation) (Invitation, error) { return i.Resend("msg_2", defaults, noon) },
		"cancel":  func(i Invitation) (Invitation, error) { return i.Cancel(noon) },
		"accept":  func(i Invitation) (Invitation, error) { return i.Accept(noon) },
		"decline": func(i Invitation) (Invitation, error) { return i.Decline(noon) },
		"expire":  func(i Invitation) (Invitation, error) { return i.Expire(noon) },
		"readdress": func(i Invitation) (Invitation, error) {
			return i.Readdress("b@client.example", "msg_2", defaults, noon)
		},
		"retime": func(i Invitation) (Invitation, error) { return i.Retime(localtime.Validity{Days: 30}, defaults, noon) },
		"remind": func(i Invitation) (Invitation, error) {
			i, _, err := i.Remind("msg_2", defaults, noon)
			return i, err
		},
	}
	type end struct {
		state State
		err   error
	}
	table := map[string]map[State]end{
		"resend":    {Pending: {Pending, nil}, lapsed: {Pending, nil}, Expired: {Pending, nil}, Accepted: {Accepted, ErrAccepted}, Declined: {Declined, ErrDeclined}, Cancelled: {Cancelled, ErrCancelled}},
		"cancel":    {Pending: {Cancelled, nil}, lapsed: {Cancelled, nil}, Expired: {Cancelled, nil}, Accepted: {Accepted, ErrAccepted}, Declined: {Declined, ErrDeclined}, Cancelled: {Cancelled, nil}},
		"accept":    {Pending: {Accepted, nil}, lapsed: {Pending, ErrExpired}, Expired: {Expired, ErrExpired}, Accepted: {Accepted, ErrAccepted}, Declined: {Declined, ErrDeclined}, Cancelled: {Cancelled, ErrCancelled}},
		"decline":   {Pending: {Declined, nil}, lapsed: {Pending, ErrExpired}, Expired: {Expired, ErrExpired}, Accepted: {Accepted, ErrAccepted}, Declined: {Declined, nil}, Cancelled: {Cancelled, ErrCancelled}},
		"expire":    {Pending: {Pending, ErrNotDue}, lapsed: {Expired, nil}, Expired: {Expired, ErrNotDue}, Accepted: {Accepted, ErrNotDue}, Declined: {Declined, ErrNotDue}, Cancelled: {Cancelled, ErrNotDue}},
		"readdress": {Pending: {Pending, nil}, lapsed: {Pending, nil}, Expired: {Pending, nil}, Accepted: {Accepted, ErrAccepted}, Declined: {Declined, ErrDeclined}, Cancelled: {Cancelled, ErrCancelled}},
		"retime":    {Pending: {Pending, nil}, lapsed: {Pending, ErrExpired}, Expired: {Expired, ErrExpired}, Accepted: {Accepted, ErrAccepted}, Declined: {Declined, ErrDeclined}, Cancelled: {Cancelled, ErrCancelled}},
		"remind":    {Pending: {Pending, ErrNotDue}, lapsed: {Pending, ErrNotDue}, Expired: {Expired, ErrNotDue}, Accepted: {Accepted, ErrNotDue}, Declined: {Declined, ErrNotDue}, Cancelled: {Cancelled, ErrNotDue}},
	}
	for deed, do := range deeds {
		for from, want := range table[deed] {
			t.Run(deed+" of one that is "+string(from), func(t *testing.T) {
				var i Invitation
				if from == lapsed {
					i = sent(t)
					i.ExpiresAt = noon
				} else {
					i = in(t, from)
				}
				got, err := do(i)
				if got.State != want.state || !errors.Is(err, want.err) && err != want.err {
					t.Errorf("%s, %v, want %s, %v", got.State, err, want.state, want.err)
				}
				if over := got.State != Pending; over != (got.Next == Due{}) || over != !got.EndedAt.IsZero() {
					t.Errorf("the clock looks after what is open, and only that: next %v, ended %v", got.Next, got.EndedAt)
				}
			})
		}
		if len(table[deed]) != 6 {
			t.Errorf("%s is not tried from every state", deed)
		}
	}
}

func TestPendingEndsAtItsInstant(t *testing.T) {
	i := sent(t)
	if i.ExpiresAt != time.Date(2026, 12, 7, 22, 59, 59, 0, time.UTC) {
		t.Fatalf("ends %s, want 23:59:59 in Madrid on the 14th day after", i.ExpiresAt)
	}
	if s := i.StateAt(i.ExpiresAt.Add(-time.Second)); s != Pending {
		t.Errorf("a second before its end it is %s", s)
	}
	if s := i.StateAt(i.ExpiresAt); s != Expired {
		t.Errorf("at its end it is %s", s)
	}
}

func TestC1RemindersUseEachSlotOnce(t *testing.T) {
	day := func(d, hour, minute int) time.Time {
		zone, _ := localtime.Load("Europe/Madrid")
		return time.Date(2026, 11, d, hour, minute, 0, 0, zone).UTC()
	}
	cases := []struct {
		name string
		at   time.Time
		want int // the slot used; 0: none
		next time.Time
	}{
		{"before the first slot nothing is due", day(26, 8, 59), 0, day(26, 9, 0)},
		{"at its instant the first is used", day(26, 9, 0), 1, day(30, 9, 0)},
		{"of two that passed only the last is used, and the next moves to a Monday", day(30, 9, 30), 2, day(37, 9, 0)},
		{"a late job keeps quiet hours", day(26, 21, 0), 0, day(27, 8, 0)},
		{"a late job keeps the night before a working day", day(27, 3, 0), 0, day(27, 8, 0)},
		{"a late job keeps the weekend, then the plan's hour", day(28, 10, 0), 0, day(30, 9, 0)},
		{"and the night before it", day(27, 22, 0), 0, day(30, 9, 0)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, number, err := sent(t).Remind("msg_2", defaults, c.at)
			if err != nil && !errors.Is(err, ErrNotDue) {
				t.Fatal(err)
			}
			if number != c.want || !got.Next.At.Equal(c.next) || got.Next.Job != JobRemind {
				t.Errorf("slot %d, next %s at %s; want %d, %s", number, got.Next.Job, got.Next.At, c.want, c.next)
			}
			if (number > 0) != (got.Message == "msg_2") {
				t.Errorf("message %s", got.Message)
			}
			if again, number, err := got.Remind("msg_3", defaults, c.at); !errors.Is(err, ErrNotDue) {
				t.Errorf("running twice used slot %d: %+v", number, again.Next)
			}
		})
	}
}

func TestAReminderIsNeverSentAtOrAfterTheEnd(t *testing.T) {
	i := sent(t)
	got, number, err := i.Remind("msg_2", defaults, i.ExpiresAt)
	if err != nil || number != 0 || got.Next != (Due{Job: JobExpire, At: i.ExpiresAt}) {
		t.Errorf("slot %d, next %v, %v", number, got.Next, err)
	}
	late, number, err := i.Remind("msg_2", defaults, i.ExpiresAt.Add(-time.Hour)) // in quiet hours until after the end
	if err != nil || number != 0 || late.Next.Job != JobExpire {
		t.Errorf("slot %d, next %v, %v", number, late.Next, err)
	}
}

func TestASilencedInvitationOnlyExpires(t *testing.T) {
	i := sent(t).Silence()
	if i.State != Pending || i.Next != (Due{Job: JobExpire, At: i.ExpiresAt}) || len(i.Upcoming(defaults, noon)) != 0 {
		t.Errorf("next %v", i.Next)
	}
	if again, _ := i.Resend("msg_2", defaults, noon); again.Quiet || again.Next.Job != JobRemind {
		t.Error("a resend reminds again")
	}
}

func TestUpcomingIsWhatTheClockWillDo(t *testing.T) {
	i := sent(t)
	for _, want := range i.Upcoming(defaults, noon) {
		if !i.Next.At.Equal(want) {
			t.Fatalf("next at %s, want %s", i.Next.At, want)
		}
		i, _, _ = i.Remind("msg_2", defaults, want)
	}
	if i.Next.Job != JobExpire || i.Reminded != 3 {
		t.Errorf("after the last reminder: %+v", i.Next)
	}
}

func TestAnOfferIsAddedToACopy(t *testing.T) {
	i := sent(t)
	one, err := i.Offering(Offer{Account: "acc_a", Contact: "con_a"})
	if err != nil || len(i.Grants) != 0 {
		t.Fatalf("%v, %d", err, len(i.Grants))
	}
	if _, ok := one.Offers("acc_a", "con_a"); !ok {
		t.Error("it does not offer it")
	}
	if _, ok := one.Offers("acc_a", "con_b"); ok {
		t.Error("it offers what nobody added")
	}
	for range MaxOffers - 1 {
		one, err = one.Offering(Offer{Account: id.Account("acc_b")})
	}
	if _, full := one.Offering(Offer{}); err != nil || !errors.Is(full, ErrTooMany) {
		t.Errorf("%v, %v", err, full)
	}
}

func TestASendQueuesTheNewestMail(t *testing.T) {
	i := sent(t)
	if i.Delivery != message.Queued || i.Message != "msg_1" || i.DeliveryAt != noon {
		t.Errorf("%+v", i)
	}
}

func TestALateReminderIsStillThatOfItsSlot(t *testing.T) {
	i := Invitation{State: Pending, Kind: Client, Zone: "Europe/Madrid", SentAt: time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC),
		ExpiresAt: time.Date(2026, time.December, 7, 22, 59, 59, 0, time.UTC), Reminders: localtime.DefaultPlan()}
	terms := Terms{Policy: localtime.DefaultPolicy()}
	if at := i.SlotAt(1, terms); !at.Equal(time.Date(2026, time.November, 26, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("the first slot is at %v", at)
	}
	if at := i.SlotAt(4, terms); !at.IsZero() {
		t.Errorf("a fourth slot at %v", at)
	}
}
